from inspect import signature
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.account.models.account_move import AccountMove
from odoo.addons.auth_signup.models.res_users import ResUsers
from odoo.addons.base.models.res_partner import ResPartner
from odoo.addons.base.wizard.base_partner_merge import (
    BasePartnerMergeAutomaticWizard,
)
from odoo.addons.iap.tools.iap_tools import mail_prepare_for_domain_search
from odoo.addons.sale.models.sale_order import SaleOrder
from odoo.addons.sale.models.sale_order_line import SaleOrderLine

from ..models.member_referral_judging import FREE_DOMAINS
from .common import MemberCommon

HOOKED = [
    (SaleOrder, "write", "(self, vals)"),
    (SaleOrderLine, "create", "(self, vals_list)"),
    (SaleOrderLine, "write", "(self, vals)"),
    (SaleOrder, "action_confirm", "(self)"),
    (SaleOrder, "_action_cancel", "(self)"),
    (SaleOrder, "action_draft", "(self)"),
    (AccountMove, "write", "(self, vals)"),
    (AccountMove, "button_draft", "(self)"),
    (ResPartner, "write", "(self, vals)"),
    (ResUsers, "signup", "(self, values, token=None)"),
    (
        BasePartnerMergeAutomaticWizard,
        "_update_foreign_keys",
        "(self, src_partners, dst_partner)",
    ),
]
STORED = {
    "sale.order": ("state", "date_order", "currency_id", "partner_id", "company_id"),
    "sale.order.line": (
        "price_subtotal",
        "display_type",
        "is_downpayment",
        "reward_id",
    ),
    "account.move": ("state", "move_type", "invoice_date", "reversed_entry_id"),
    "account.move.line": ("price_subtotal", "display_type", "sale_line_ids"),
    "res.partner": ("commercial_partner_id", "parent_id", "tz"),
}


@tagged("post_install", "-at_install")
class TestNativeSeams(MemberCommon):
    """What we assume of Odoo; a failure here says which assumption no longer holds."""

    def _collect_writes(self, record, act):
        """Return the values that ``act`` writes on the record's model."""
        written = []
        model = type(record)
        write = model.write

        def listen(records, vals):
            written.append(vals)
            return write(records, vals)

        with patch.object(model, "write", listen):
            act()
        return written

    def _assert_writes_state(self, record, act, state):
        written = self._collect_writes(record, act)
        self.assertIn(state, [vals.get("state") for vals in written])

    def test_hooked_methods_take_what_we_pass_on(self):
        found = {
            f"{owner.__name__}.{name}": str(signature(getattr(owner, name)))
            for owner, name, _expected in HOOKED
        }

        self.assertEqual(
            found, {f"{owner.__name__}.{name}": text for owner, name, text in HOOKED}
        )

    def test_what_our_statements_read_is_stored(self):
        for model, names in STORED.items():
            for name in names:
                self.assertTrue(self.env[model]._fields[name].store, f"{model}.{name}")

    def test_lines_of_a_sale_are_linked_to_invoice_lines_in_this_table(self):
        link = self.env["sale.order.line"]._fields["invoice_lines"]

        self.assertEqual(
            (link.relation, link.column1, link.column2),
            ("sale_order_line_invoice_rel", "order_line_id", "invoice_line_id"),
        )

    def test_orders_change_state_by_write(self):
        order = self._create_order(self._create_customer(), 100)

        self._assert_writes_state(order, order.action_confirm, "sale")
        self._assert_writes_state(order, order._action_cancel, "cancel")
        self._assert_writes_state(order, order.action_draft, "draft")

    def test_moves_change_state_by_write(self):
        order = self._confirm_order(self._create_customer(), 100)
        invoice = order._create_invoices()

        self._assert_writes_state(invoice, invoice.action_post, "posted")
        self._assert_writes_state(invoice, invoice.button_draft, "draft")
        self._assert_writes_state(invoice, invoice.button_cancel, "cancel")

    def test_a_confirmation_dates_the_order(self):
        order = self._create_order(self._create_customer(), 1, date_order="2020-01-01")
        order.action_confirm()

        self.assertEqual(str(order.date_order), "2026-03-15 10:00:00")

    def test_only_these_states_of_an_order_exist(self):
        states = self.env["sale.order"]._fields["state"].get_values(self.env)

        self.assertEqual(states, ["draft", "sent", "sale", "cancel"])

    def test_merging_goes_through_the_hooked_method(self):
        double, kept = self._create_customer("A"), self._create_customer("B")
        Wizard = type(self.env["base.partner.merge.automatic.wizard"])

        with patch.object(
            Wizard,
            "_update_foreign_keys",
            autospec=True,
            side_effect=Wizard._update_foreign_keys,
        ) as hooked:
            self.env["base.partner.merge.automatic.wizard"]._merge(
                (double | kept).ids, kept
            )

        self.assertEqual(hooked.mock_calls[0].args[1:], (double, kept))

    def test_odoo_s_mail_providers_are_those_that_its_search_leaves_out(self):
        self.assertLessEqual({"gmail.com", "qq.com", "web.de"}, FREE_DOMAINS)
        for domain in FREE_DOMAINS:
            mail = f"ann@{domain}"
            self.assertEqual(mail_prepare_for_domain_search(mail), mail)
        self.assertEqual(mail_prepare_for_domain_search("ann@acme.test"), "@acme.test")
