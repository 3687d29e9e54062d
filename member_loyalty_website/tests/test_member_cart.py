import re

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .cart_common import MemberCartCommon


@tagged("post_install", "-at_install")
class TestMemberCart(MemberCartCommon):
    def test_what_a_benefit_takes_off_is_a_row_of_the_totals_and_no_product(self):
        with self._brings(-15, -5):
            cart = self._add()
            products, totals = self._read_cart()

        self.assertEqual(cart.amount_total, 180)
        self.assertNotIn("First order reduction", products)
        self.assertEqual(totals.count("First order reduction"), 1)
        row = totals.split("o_member_benefit_row")[2].split("</tr>")[0]
        self.assertIn("-20.00", re.sub(r"<[^>]*>|[$ \ufeff]", "", row))
        self.assertEqual(cart.cart_quantity, 1)

    def test_a_cart_without_benefits_has_no_such_rows(self):
        self._add()

        _products, totals = self._read_cart()

        self.assertNotIn("o_member_benefit_row ", totals)
        self.assertNotIn("First order reduction", totals)

    def test_a_row_cannot_be_multiplied_or_taken_off(self):
        with self._brings(-20):
            cart = self._add()
            line = cart.order_line.filtered("member_benefit_part")

            for quantity in (10, 0, -1):
                self._update(line, quantity)
                self.assertEqual(cart.amount_total, 180)
                self.assertEqual(line.product_uom_qty, 1)

    def test_its_product_cannot_be_put_into_the_cart(self):
        product = self.benefit._get_line_product()
        self._add()

        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._add(product)

    def test_a_bought_product_does_not_join_the_free_one(self):
        cart = self._add()
        free = self._give(cart)

        self._add(self.sample)

        self.assertEqual(free.product_uom_qty, 1)
        self.assertEqual(cart.amount_total, 230)

    def test_a_free_product_keeps_its_price_and_quantity(self):
        cart = self._add()
        free = self._give(cart)

        self._update(free, 5)
        cart._recompute_prices()

        self.assertEqual(free.product_uom_qty, 1)
        self.assertEqual(cart.amount_total, 200)

    def test_a_free_product_can_be_taken_off(self):
        cart = self._add()
        free = self._give(cart)

        self._update(free, 0)

        self.assertFalse(free.exists())

    def test_a_free_product_shows_its_benefit_and_no_quantity_buttons(self):
        cart = self._add(self.sample)
        cart.order_line.unlink()
        self._give(cart)

        products, _totals = self._read_cart()

        self.assertIn("Sample of the year", products)
        self.assertNotIn("oi oi-plus", products)
        self.assertIn("Remove from cart", products)

    def test_what_was_free_is_not_ordered_again(self):
        cart = self._add()
        free = self._give(cart)

        self.assertFalse(free._is_reorder_allowed())

    def test_what_lowers_the_freight_belongs_to_the_freight(self):
        with self._brings(-20):
            cart = self._add()
            self.assertEqual(cart._get_amount_total_excluding_delivery(), 180)

            line = cart.order_line.filtered("member_benefit_part")
            self.patch(type(cart), "_get_member_freight_lines", lambda order: line)

            self.assertEqual(cart._get_amount_total_excluding_delivery(), 200)

    def _give(self, cart):
        """Put a free sample into a cart."""
        benefit = self._create_benefit("Sample of the year", kind="promise")
        return self.env["sale.order.line"].create(
            {
                "order_id": cart.id,
                "product_id": self.sample.id,
                "price_unit": 0,
                "tax_ids": False,
                "member_benefit_id": benefit.id,
            }
        )
