from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
class TestFirstOrder(PriceCommon):
    """A reduction on the first order of the customer's whole company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.discount.unlink()
        cls.welcome = cls._create_benefit(
            kind="first_order",
            name="Welcome",
            reduction_by="amount",
            reduction_amount=30,
        )
        cls.taxes = cls.env["account.tax"].create(
            [{"name": f"{rate}%", "amount": rate} for rate in (10, 20)]
        )

    def _get_reductions(self, order):
        lines = order.order_line.filtered("member_benefit_part")
        return lines.mapped("price_subtotal")

    def test_the_first_order_is_cheaper(self):
        order = self._create_order(self.ada, 100)

        self.assertEqual(self._get_reductions(order), [-30])
        self.assertEqual(order.amount_total, 70)

    def test_it_follows_changes_of_the_quotation(self):
        self.welcome.write({"reduction_by": "percent", "discount_percent": 10})
        order = self._create_order(self.ada, 100)

        order.order_line[0].price_unit = 200

        self.assertEqual(self._get_reductions(order), [-20])

    def test_it_is_never_more_than_the_order(self):
        order = self._create_order(self.ada, 20)

        self.assertEqual(order.amount_total, 0)

    def test_it_is_capped_and_asks_for_a_minimum(self):
        self.welcome.write(
            {
                "reduction_by": "percent",
                "discount_percent": 50,
                "reduction_cap": 40,
                "reduction_minimum": 60,
            }
        )

        self.assertEqual(self._get_reductions(self._create_order(self.ada, 59)), [])
        self.assertEqual(self._get_reductions(self._create_order(self.ada, 60)), [-30])
        self.assertEqual(self._get_reductions(self._create_order(self.ada, 999)), [-40])

    def test_it_is_shared_among_taxes_in_proportion(self):
        ten, twenty = self.taxes
        order = self._create_order(self.ada)
        order.order_line = [
            self._prepare_line(price_unit=50, tax_ids=[Command.set(ten.ids)]),
            self._prepare_line(price_unit=100, tax_ids=[Command.set(twenty.ids)]),
        ]

        self.assertEqual(sorted(self._get_reductions(order)), [-20, -10])
        self.assertAlmostEqual(order.amount_tax, 40 * 0.1 + 80 * 0.2)

    def test_the_order_of_taxes_is_no_change_of_the_line(self):
        self.taxes[0].sequence, self.taxes[1].sequence = 9, 1
        order = self._create_order(self.ada)
        order.order_line = [
            self._prepare_line(price_unit=50, tax_ids=[Command.set(self.taxes.ids)])
        ]

        self.env.invalidate_all()
        held = order._get_reduction_lines()

        self.assertEqual(
            [line._get_benefit_line() for line in held], order._get_benefit_lines_due()
        )

    def test_it_is_in_the_currency_of_the_order(self):
        euro = self._enable_currency("EUR")
        self.env["res.currency.rate"].create(
            {
                "name": "2026-03-01",
                "currency_id": euro.id,
                "rate": 2.0,
                "company_id": self.env.company.id,
            }
        )
        export = self._create_pricelist(0, "Export", currency_id=euro.id)
        order = self._create_order(self.ada, 100, pricelist_id=export.id)

        self.assertEqual(self._get_reductions(order), [-60])
        order.action_confirm()
        self.assertEqual(self._get_uses(self.welcome), [(1, 30)])

    def test_it_holds_for_its_product_line_only(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        self.welcome.category_ids = line
        order = self._create_order(self.ada, 100)
        self.assertEqual(self._get_reductions(order), [])

        desk = self._create_product("Desk lamp", categ_id=line.id)
        order.order_line = [
            self._prepare_line(product_id=desk.id, price_unit=20),
        ]

        self.assertEqual(self._get_reductions(order), [-20])

    def test_after_the_first_order_there_is_none(self):
        self._confirm_order(self.ada, 100)

        self.assertEqual(self._get_reductions(self._create_order(self.ada, 100)), [])

    def test_after_imported_purchases_there_is_none(self):
        self._book(self.ada, 500)

        self.assertEqual(self._get_reductions(self._create_order(self.ada, 100)), [])

    def test_it_is_listed_until_the_first_order_was_made(self):
        membership = self._get_membership(self.ada)
        self.assertIn(self.welcome, membership.benefit_entitlement_ids.benefit_id)

        self._confirm_order(self.ada, 100)

        self.env.invalidate_all()
        self.assertNotIn(self.welcome, membership.benefit_entitlement_ids.benefit_id)

    def test_colleagues_share_the_one_first_order(self):
        acme = self._create_member("Acme", tier=self.silver, is_company=True)
        ann = self._create_customer("Ann", parent_id=acme.id)
        bob = self._create_customer("Bob", parent_id=acme.id)
        self.assertEqual(self._get_reductions(self._confirm_order(ann, 100)), [-30])

        self.assertEqual(self._get_reductions(self._create_order(bob, 100)), [])

    def test_a_second_quotation_loses_it_when_it_is_confirmed(self):
        first, second = (self._create_order(self.ada, 100) for _number in range(2))
        first.action_confirm()

        second.action_confirm()

        self.assertEqual(second.amount_total, 100)
        self.assertEqual(self._get_uses(self.welcome), [(1, 30)])

    def test_of_two_confirmed_together_one_keeps_it(self):
        first, second = (self._create_order(self.ada, 100) for _number in range(2))

        (first | second).action_confirm()

        self.assertEqual((first.amount_total, second.amount_total), (70, 100))

    def test_a_paid_order_keeps_it(self):
        first, second = (self._create_order(self.ada, 100) for _number in range(2))
        self._pay(second)
        first.action_confirm()

        second.action_confirm()

        self.assertEqual(second.amount_total, 70)
        self.assertEqual(self._get_uses(self.welcome), [(1, 30), (1, 30)])

    def _pay(self, order):
        provider = self.env["payment.provider"].create(
            {"name": "Bank", "code": "none", "state": "test"}
        )
        self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env["payment.method"].search([], limit=1).id,
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": order.name,
                "sale_order_ids": [Command.set(order.ids)],
                "state": "done",
            }
        )

    def test_a_cancelled_order_gives_it_back(self):
        order = self._confirm_order(self.ada, 100)
        order.action_cancel()

        again = self._confirm_order(self.ada, 100)

        self.assertEqual(self._get_reductions(again), [-30])
        self.assertEqual(self._get_uses(self.welcome), [(1, 30), (-1, -30), (1, 30)])

    def test_it_lowers_what_counts_for_tiers(self):
        order = self._confirm_order(self.ada, 100)

        activities = self.env["member.activity"].search(
            [("partner_id", "=", self.ada.id)]
        )
        self.assertEqual(sum(activities.mapped("amount")), 70)
        self.assertEqual(order.amount_untaxed, 70)

    def test_it_keeps_its_price_and_words_when_prices_are_recomputed(self):
        order = self._create_order(self.ada, 100)

        order._recompute_prices()

        self.assertEqual(self._get_reductions(order), [-30])
        self.assertEqual(
            order.order_line.filtered("member_benefit_part").name, "Welcome"
        )

    def test_a_changed_quantity_is_set_right_again(self):
        order = self._create_order(self.ada, 100)

        order.order_line.filtered("member_benefit_part").product_uom_qty = 3

        self.assertEqual(order.amount_total, 70)

    def test_a_reduction_that_is_taken_off_comes_back(self):
        order = self._create_order(self.ada, 100)

        order.order_line.filtered("member_benefit_part").unlink()

        self.assertEqual(order.amount_total, 70)

    def test_who_falls_before_confirming_has_it_no_more_on_a_changed_quotation(self):
        order = self._create_order(self.ada, 100)
        self._move_to(self.ada, self.ordinary)

        order.order_line[0].price_unit = 90

        self.assertEqual(self._get_reductions(order), [])

    def test_bad_reductions_are_refused(self):
        bad = (
            {"reduction_by": "percent", "discount_percent": 0},
            {"reduction_by": "percent", "discount_percent": 101},
            {"reduction_by": "percent", "discount_percent": float("nan")},
            {"reduction_by": "amount", "reduction_amount": 0},
            {"reduction_by": "amount", "reduction_amount": -1},
            {"reduction_by": "amount", "reduction_amount": 5, "reduction_cap": -1},
            {"reduction_by": "amount", "reduction_amount": 5, "reduction_minimum": -1},
        )
        for values in bad:
            with self.subTest(values=str(values)), self.assertRaises(ValidationError):
                self._create_benefit(kind="first_order", **values)
