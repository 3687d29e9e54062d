from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .freight_common import FreightCommon


@tagged("post_install", "-at_install")
class TestFreightConfirmed(FreightCommon):
    """What becomes of a subsidy once the order is confirmed."""

    def setUp(self):
        super().setUp()
        self.ada = self._create_member(tier=self.silver)
        self.benefit = self._create_freight(50)

    def _confirm_shipped(self, *amounts):
        order = self._create_shipped(self.ada, *amounts)
        order.action_confirm()
        return order

    def test_a_quotation_uses_nothing_and_an_order_does(self):
        order = self._create_shipped(self.ada)
        self.assertEqual(self._get_uses(self.benefit), [])

        order.action_confirm()

        self.assertEqual(self._get_uses(self.benefit), [(1, 10)])

    def test_the_cost_is_without_taxes(self):
        tax = self.env["account.tax"].create(
            {"name": "VAT", "amount": 25, "price_include_override": "tax_included"}
        )
        self.post.product_id.taxes_id = tax

        self._confirm_shipped()

        self.assertEqual(self._get_uses(self.benefit), [(1, 8)])

    def test_a_cancelled_order_gives_the_use_back(self):
        order = self._confirm_shipped()

        order.action_cancel()
        order.action_draft()
        order.action_confirm()

        self.assertEqual(self._get_uses(self.benefit), [(1, 10), (-1, -10), (1, 10)])
        self.assertEqual(self._get_subsidies(order), [-10])

    def test_orders_confirmed_together_use_it_once_each(self):
        orders = self._create_shipped(self.ada) | self._create_shipped(self.ada)

        orders.action_confirm()

        self.assertEqual(self._get_uses(self.benefit), [(1, 10), (1, 10)])

    def test_a_fall_takes_nothing_off_confirmed_orders(self):
        order = self._confirm_shipped()
        later = self._create_shipped(self.ada)

        self._get_membership(self.ada)._assign_tier(self.ordinary, "For the test")
        order.order_line[0].product_uom_qty = 2
        later.order_line[0].product_uom_qty = 2

        self.assertEqual(self._get_subsidies(order), [-10])
        self.assertEqual(self._get_subsidies(later), [])

    def test_other_terms_change_no_confirmed_order(self):
        order = self._confirm_shipped()

        self.benefit.freight_percent = 100
        order.order_line[0].product_uom_qty = 2

        self.assertEqual(self._get_subsidies(order), [-10])

    def test_a_new_benefit_changes_no_confirmed_order(self):
        bea = self._create_member("Bea", tier=self.gold)
        order = self._create_shipped(bea)
        order.action_confirm()

        self._create_freight(50, self.gold)
        order.order_line[0].product_uom_qty = 2

        self.assertEqual(self._get_subsidies(order), [])

    def test_the_subsidy_of_a_confirmed_order_follows_its_delivery(self):
        order = self._confirm_shipped()

        self._ship(order, self.courier)
        self.assertEqual(self._get_subsidies(order), [-25])
        order.order_line.filtered("is_delivery").price_unit = 60
        self.assertEqual(self._get_subsidies(order), [-30])
        order._remove_delivery_line()

        self.assertEqual(self._get_subsidies(order), [])
        uses = self._get_uses(self.benefit)
        self.assertEqual(
            (sum(times for times, _ in uses), sum(cost for _, cost in uses)), (0, 0)
        )

    def test_a_delivery_priced_when_it_is_shipped_is_subsidised_then(self):
        order = self._create_shipped(self.ada)
        order.order_line.filtered("is_delivery").price_unit = 0
        order.action_confirm()
        self.assertEqual(self._get_subsidies(order), [])

        order.order_line.filtered("is_delivery").price_unit = 14

        self.assertEqual(self._get_subsidies(order), [-7])
        self.assertEqual(self._get_uses(self.benefit), [(1, 7)])

    def test_the_warehouse_prices_a_delivery_without_sales_rights(self):
        if not self.env.ref("stock.group_stock_user", raise_if_not_found=False):
            self.skipTest("needs stock")
        order = self._confirm_shipped()
        keeper = new_test_user(self.env, "pricing_keeper", "stock.group_stock_user")
        self.env.invalidate_all()

        delivery = order.order_line.filtered("is_delivery")
        delivery.with_user(keeper).write({"price_unit": 14})

        self.assertEqual(self._get_subsidies(order), [-7])
        self.assertEqual(self._get_uses(self.benefit)[-1], (0, -3))

    def test_the_invoice_comes_to_what_the_order_does(self):
        order = self._confirm_shipped(100)

        invoice = self._invoice(order)

        self.assertEqual(invoice.amount_total, 110)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_a_subsidy_alone_is_nothing_to_invoice(self):
        self.lamp.invoice_policy = "delivery"

        order = self._confirm_shipped(100)

        self.assertEqual(order.invoice_status, "no")

    def test_an_invoiced_subsidy_stays(self):
        order = self._confirm_shipped(100)
        self._invoice(order)

        order.order_line.filtered("is_delivery").price_unit = 60

        self.assertEqual(self._get_subsidies(order), [-10])

    def test_uses_are_limited_by_the_quota(self):
        self.benefit.quota = 1
        first = self._create_shipped(self.ada)
        second = self._create_shipped(self.ada)
        first.action_confirm()

        with self.assertRaisesRegex(UserError, "as often as"), self.cr.savepoint():
            second.action_confirm()
        second.order_line.filtered("member_benefit_id").unlink()
        second.action_confirm()

        self.assertEqual(self._get_subsidies(second), [])
        self.assertEqual(self._get_subsidies(first), [-10])
        self.assertEqual(self._get_uses(self.benefit), [(1, 10)])

    def test_a_subsidy_makes_no_turnover_less(self):
        order = self._confirm_shipped(1000)
        self._invoice(order)

        rows = self.env["member.activity"].search([("partner_id", "=", self.ada.id)])

        self.assertEqual(sum(rows.mapped("amount")), 1000)
