from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
class TestRepricing(PriceCommon):
    """Quotations keep their prices after a tier change until somebody says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls._create_member("Bob")
        cls.order = cls._quote(cls.bob, quantity=2)

    def _open_wizard(self, orders):
        action = orders.action_reprice()
        return (
            self.env[action["res_model"]].with_context(**action["context"]).create({})
        )

    def test_a_quotation_keeps_its_prices_and_says_what_is_due(self):
        self.assertFalse(self.order.member_is_price_outdated)

        self._move_to(self.bob, self.silver)
        self.order.invalidate_recordset()

        self.assertEqual(self._get_prices(self.order), [100])
        self.assertTrue(self.order.member_is_price_outdated)
        self.assertEqual(self.order.member_due_pricelist_id, self.silver_list)

    def test_the_difference_is_shown_and_applied(self):
        self._move_to(self.bob, self.silver)
        wizard = self._open_wizard(self.order)

        self.assertRecordValues(
            wizard.line_ids,
            [{"old_price": 100, "new_price": 95, "difference": -10, "quantity": 2}],
        )
        self.assertEqual(wizard.difference, -10)
        self.assertEqual(self._get_prices(self.order), [100])
        wizard.action_apply()

        self.assertEqual(self._get_prices(self.order), [95])
        self.assertEqual(self.order.pricelist_id, self.silver_list)
        self.assertFalse(self.order.member_is_price_outdated)
        self.assertIn("Re-priced", self.order.message_ids[0].body)

    def test_after_a_fall_the_normal_prices_come_back(self):
        order = self._quote(self.ada)
        self._move_to(self.ada, self.ordinary)

        self._open_wizard(order).action_apply()

        self.assertEqual(self._get_prices(order), [100])
        self.assertFalse(order.pricelist_id)

    def test_prices_by_hand_stay_unless_ticked(self):
        self.order.order_line.price_unit = 80
        self._move_to(self.bob, self.silver)
        wizard = self._open_wizard(self.order)
        self.assertRecordValues(
            wizard.line_ids, [{"is_manual": True, "is_repriced": False}]
        )
        self.assertEqual(wizard.difference, 0)

        wizard.action_apply()
        self.assertEqual(self._get_prices(self.order), [80])

    def test_a_price_by_hand_that_is_ticked_is_replaced(self):
        self.order.order_line.price_unit = 80
        self._move_to(self.bob, self.silver)
        wizard = self._open_wizard(self.order)

        wizard.line_ids.is_repriced = True

        self.assertEqual(wizard.difference, 30)
        wizard.action_apply()
        self.assertEqual(self._get_prices(self.order), [95])

    def test_a_price_by_hand_that_stays_is_converted_to_the_new_currency(self):
        euro = self._enable_currency("EUR")
        self.env["res.currency.rate"].create(
            {
                "name": "2026-03-01",
                "currency_id": euro.id,
                "rate": 2.0,
                "company_id": self.env.company.id,
            }
        )
        self.discount.base_pricelist_id = self._create_pricelist(
            0, "Export", currency_id=euro.id
        )
        self.order.order_line.price_unit = 80
        self._move_to(self.bob, self.silver)

        self._open_wizard(self.order).action_apply()

        self.assertEqual(self.order.currency_id, euro)
        self.assertEqual(self._get_prices(self.order), [160])

    def test_several_quotations_at_once(self):
        second = self._quote(self.bob)
        current = self._quote(self.ada)
        self._move_to(self.bob, self.silver)

        wizard = self._open_wizard(self.order | second | current)
        self.assertEqual(wizard.order_ids, self.order | second)
        wizard.action_apply()

        self.assertEqual(self._get_prices(self.order | second), [95, 95])

    def test_without_a_change_there_is_nothing_to_reprice(self):
        with self.assertRaisesRegex(UserError, "Nothing to re-price"):
            self._open_wizard(self.order)

    def test_an_order_confirmed_meanwhile_keeps_its_prices(self):
        self._move_to(self.bob, self.silver)
        wizard = self._open_wizard(self.order)
        self.order.action_confirm()

        with self.assertRaisesRegex(UserError, "no quotation any more"):
            wizard.action_apply()

    def test_the_member_shows_the_quotations_to_reprice(self):
        membership = self._get_membership(self.bob)
        self.assertEqual(membership.quotation_to_reprice_count, 0)

        self._move_to(self.bob, self.silver)
        membership.invalidate_recordset()

        self.assertEqual(membership.quotation_to_reprice_count, 1)
        action = membership.action_open_quotations_to_reprice()
        self.assertEqual(self.env["sale.order"].search(action["domain"]), self.order)

    def test_a_salesperson_reprices_their_quotation_by_the_form(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        self.order.user_id = seller
        self._move_to(self.bob, self.silver)
        order = self.order.with_user(seller)
        wizard = self.env["member.order.repricing.wizard"].with_user(seller)
        context = order.action_reprice()["context"]

        form = Form(wizard.with_context(**context))
        form.save().action_apply()

        self.assertEqual(self._get_prices(self.order), [95])

    def test_a_salesperson_does_not_reprice_quotations_of_others(self):
        self._move_to(self.bob, self.silver)
        other = self._create_user("seller", "sales_team.group_sale_salesman")
        self.order.user_id = self.env.user
        context = self.order.action_reprice()["context"]
        wizard = self.env["member.order.repricing.wizard"].with_user(other)

        with self.assertRaises(AccessError):
            wizard.with_context(**context).create({}).action_apply()

    def test_the_wizard_shows_no_order_of_a_colleague(self):
        order = self._quote(self.ada)
        order.user_id = self._create_user("ann", "sales_team.group_sale_salesman")
        ben = self._create_user("ben", "sales_team.group_sale_salesman")
        self.order.user_id = ben
        self._move_to(self.bob, self.silver)
        context = {"active_model": "sale.order", "active_ids": self.order.ids}
        wizards = self.env["member.order.repricing.wizard"].with_user(ben)
        wizard = wizards.with_context(**context).create({})
        values = {"wizard_id": wizard.id, "order_line_id": order.order_line.id}

        with self.assertRaises(AccessError):
            line = wizard.line_ids.create(values)
            self.env.invalidate_all()
            line.read(["quantity", "order_id"])
