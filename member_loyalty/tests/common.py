from datetime import date, datetime
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import freeze_time, new_test_user

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.base.tests.common import BaseCommon

TODAY = date(2026, 3, 15)
GROUP = "member_loyalty.member_loyalty_group_%s"


@freeze_time("2026-03-15 10:00:00")
class MemberCommon(BaseCommon):
    """A company whose club has the tiers Ordinary, Silver (1,000) and Gold (10,000).

    Today is 15 March 2026. Nothing here comes from demonstration data.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cr._now = datetime.now()
        cls._archive_programs()
        cls.program = cls._create_program()
        cls.ordinary, cls.silver, cls.gold = cls.program.tier_ids.sorted("sequence")
        cls.product = cls._create_product()

    @classmethod
    def _archive_programs(cls):
        cls.env["member.program"].search([]).active = False

    def _travel_to(self, moment):
        """Let it be another moment (UTC) until the end of the test."""
        traveller = freeze_time(moment)
        traveller.start()
        self.addCleanup(traveller.stop)
        self.env.cr._now = datetime.now()

    # What a test needs, as verbs with defaults

    @classmethod
    def _create_program(cls, silver=1000, gold=10000, company=None, **values):
        rungs = (("Ordinary", None), ("Silver", silver), ("Gold", gold))
        return cls.env["member.program"].create(
            {
                "name": "Club",
                "company_id": (company or cls.env.company).id,
                "tier_ids": [
                    cls._prepare_tier(name, sequence, amount)
                    for sequence, (name, amount) in enumerate(rungs)
                ],
                **values,
            }
        )

    @classmethod
    def _prepare_tier(cls, name, sequence, amount=None, **condition):
        conditions = [{"value": amount, **condition}] if amount else []
        return Command.create(
            {
                "name": name,
                "sequence": sequence,
                "rule_ids": [cls._prepare_rule(*conditions)] if conditions else [],
            }
        )

    @classmethod
    def _prepare_rule(cls, *conditions, **values):
        return Command.create(
            {
                "condition_ids": [Command.create(one) for one in conditions],
                **values,
            }
        )

    @classmethod
    def _create_customer(cls, name="Ada", **values):
        return cls.env["res.partner"].create({"name": name, **values})

    @classmethod
    def _create_company(cls, name="Northwind", currency="EUR", **values):
        company = cls.env["res.company"].create(
            {"name": name, "currency_id": cls._enable_currency(currency).id, **values}
        )
        cls.env.user.company_ids += company
        return company

    @classmethod
    def _create_product(cls, name="Lamp", price=100, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "invoice_policy": "order",
                "list_price": price,
                "taxes_id": False,
                **values,
            }
        )

    @classmethod
    def _create_order(cls, customer, *amounts, **values):
        """Make a quotation with one line for each amount."""
        company = cls.env["res.company"].browse(values.get("company_id"))
        return (
            cls.env["sale.order"]
            .with_company(company or cls.env.company)
            .create(
                {
                    "partner_id": customer.id,
                    "order_line": [
                        cls._prepare_line(price_unit=amount) for amount in amounts
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _prepare_line(cls, **values):
        return Command.create(
            {"product_id": cls.product.id, "tax_ids": False, **values}
        )

    @classmethod
    def _confirm_order(cls, customer, *amounts, **values):
        order = cls._create_order(customer, *(amounts or (100,)), **values)
        order.action_confirm()
        return order

    @classmethod
    def _invoice(cls, order, on=None):
        """Post an invoice of everything that is to be invoiced."""
        invoice = order._create_invoices(final=True)
        invoice.invoice_date = on or fields.Date.today()
        invoice.action_post()
        return invoice

    @classmethod
    def _credit(cls, invoice, amount=None, on=None, **values):
        """Post a credit note for an invoice, or for an amount of its first line."""
        on = on or fields.Date.today()
        note = invoice._reverse_moves([{"invoice_date": on, "date": on, **values}])
        if amount is not None:
            line, *others = note.invoice_line_ids
            line.write({"quantity": 1, "price_unit": amount})
            note.invoice_line_ids -= note.invoice_line_ids.browse(
                other.id for other in others
            )
        note.action_post()
        return note

    @classmethod
    def _book(cls, partner, amount, on=TODAY, count=1, company=None, **values):
        """Enter an activity as an import or another module would."""
        company = company or cls.env.company
        Activity = cls.env["member.activity"].sudo()
        return Activity.create(
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "partner_id": partner.id,
                "commercial_partner_id": partner.commercial_partner_id.id,
                "country_id": partner.commercial_partner_id.country_id.id,
                "kind": "purchase",
                "event": "imported",
                "date": on,
                "amount": amount,
                "order_count": count,
                "document_amount": amount,
                "document_currency_id": company.currency_id.id,
                "document_rate": 1,
                "source_key": f"test,{Activity.search_count([]) + 1}",
                "revision": 1,
                **values,
            }
        )

    @classmethod
    def _enroll(cls, *partners, program=None, tier=None):
        program = program or cls.program
        members = cls.env["res.partner"].browse(partner.id for partner in partners)
        memberships = program._enroll_partners(members, "hand")
        if tier:
            memberships._assign_tier(tier, "For the test")
            memberships._write_tier({"granted_tier_id": False, "granted_until": False})
        return memberships

    @classmethod
    def _draft_rules(cls, program=None):
        """Make a draft of the rules in force."""
        action = (program or cls.program).action_change_rules()
        return cls.env["member.ladder.version"].browse(action["res_id"])

    @classmethod
    def _get_rules(cls, version, tier):
        return version.rule_ids.filtered(lambda rule: rule.tier_id == tier)

    @classmethod
    def _change_rules(cls, tier, **values):
        """Put other conditions for a tier in force, by a new version."""
        draft = cls._draft_rules(tier.program_id)
        cls._get_rules(draft, tier).condition_ids.write(values)
        draft._activate()
        return draft

    @classmethod
    def _create_user(cls, login, *groups, **values):
        """Make a user of groups, ours by their short names."""
        names = [name if "." in name else GROUP % name for name in groups]
        return new_test_user(cls.env, login, groups=",".join(names), **values)

    def _get_membership(self, partner, program=None):
        return self.env["member.membership"].search(
            [
                ("partner_id", "=", partner.id),
                ("program_id", "=", (program or self.program).id),
            ]
        )

    def _get_tier(self, partner, program=None):
        return self._get_membership(partner, program).tier_id.name

    @staticmethod
    def _without_commits():
        """Return a context in which scheduled actions commit nothing."""
        return patch.object(
            IrCron, "_commit_progress", lambda *_args, **_values: float("inf")
        )

    def _run_cron(self, name="evaluate"):
        """Run our scheduled action without committing."""
        with self._without_commits():
            getattr(self.env["member.program"], f"_cron_{name}")()
        self.env.invalidate_all()
