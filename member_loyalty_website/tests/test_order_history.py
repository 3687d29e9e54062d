from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .orders_common import MemberOrdersCommon

URL = "/my/membership/orders"


@tagged("post_install", "-at_install")
class TestOrderHistory(MemberOrdersCommon):
    def test_the_newest_order_comes_first_and_carts_stay_out(self):
        older, newer = self._order(self.acme), self._order(self.amy)
        cart = self._order(self.acme, state="draft")
        quotation = self._order(self.acme, state="sent")

        page = self._read(URL)

        self.assertLess(page.index(newer.name), page.index(older.name))
        self.assertIn(quotation.name, page)
        self.assertNotIn(cart.name, page)
        self.assertIn(f'href="/my/orders/{newer.id}"', page)
        self.assertIn("Order again", page)

    def test_another_company_sees_none(self):
        order = self._order(self.acme)

        page = self._read(URL, "bob")

        self.assertNotIn(order.name, page)
        self.assertIn("No orders yet", page)

    def test_the_overview_has_the_latest_three(self):
        orders = [self._order(self.acme) for _number in range(4)]

        page = self._read("/my/membership")
        page = page[page.index('id="member_orders"') :]

        self.assertIn(orders[3].name, page)
        self.assertIn(orders[1].name, page)
        self.assertNotIn(orders[0].name, page)

    def test_nonsense_for_a_page_is_the_first_page(self):
        orders = [self._order(self.acme) for _number in range(12)]

        for nonsense in ("x", "-3", "0", "²", "9" * 5000, "", "1e3"):
            page = self._read(f"{URL}?page={nonsense}")
            self.assertIn(orders[11].name, page, nonsense[:9])
        for too_far in (f"{URL}?page=99999999999", f"{URL}/page/99"):
            self.assertIn(orders[0].name, self._read(too_far))
        self.assertEqual(self.url_open(f"{URL}/page/x").status_code, 404)

    def test_a_delivery_says_when_it_comes_and_how_to_follow_it(self):
        if "carrier_tracking_ref" not in self.env["stock.picking"]._fields:
            self.skipTest("no carriers are installed")
        order = self._deliver()
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Post",
                "product_id": self.product.id,
                "tracking_url": "https://post.example/<shipmenttrackingnumber>",
            }
        )
        order.picking_ids.write(
            {"carrier_id": carrier.id, "carrier_tracking_ref": 'P"1<2'}
        )

        page = self._read(URL)

        self.assertIn("In preparation", page)
        self.assertIn("Planned for", page)
        self.assertIn("P&#34;1&lt;2", page)
        self.assertIn('href="https://post.example/P&#34;1&lt;2"', page)

    def test_an_address_that_is_no_web_page_is_no_link(self):
        if "carrier_tracking_ref" not in self.env["stock.picking"]._fields:
            self.skipTest("no carriers are installed")
        order = self._deliver()
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Post",
                "product_id": self.product.id,
                "tracking_url": "javascript:alert(<shipmenttrackingnumber>)",
            }
        )
        order.picking_ids.write(
            {"carrier_id": carrier.id, "carrier_tracking_ref": "77"}
        )

        page = self._read(URL)

        self.assertIn("77", page)
        self.assertNotIn("javascript:alert", page)

    def test_a_delivered_order_says_so(self):
        if "delivery_status" not in self.env["sale.order"]._fields:
            self.skipTest("nothing is delivered from a stock")
        order = self._deliver()
        order.picking_ids.move_ids.write({"quantity": 1, "picked": True})
        order.picking_ids.button_validate()

        page = self._read(URL)

        self.assertIn("Delivered", page)
        self.assertIn("Shipped on", page)

    def test_what_is_missing_comes_later_and_is_planned(self):
        if "carrier_tracking_ref" not in self.env["stock.picking"]._fields:
            self.skipTest("no carriers are installed")
        order = self._deliver(2)
        first = order.picking_ids
        self._ship(first, quantity=1)
        later = order.picking_ids - first
        first.carrier_tracking_ref, later.carrier_tracking_ref = "FIRST1", "LATER2"

        page = self._read(URL)

        self.assertIn("Partly delivered", page)
        self.assertLess(page.index("Shipped on"), page.index("FIRST1"))
        self.assertLess(page.index("FIRST1"), page.index("Planned for"))
        self.assertLess(page.index("Planned for"), page.index("LATER2"))

    def test_each_parcel_of_a_delivery_has_its_link(self):
        if "carrier_tracking_ref" not in self.env["stock.picking"]._fields:
            self.skipTest("no carriers are installed")
        order = self._deliver()
        parcels = [("A<1", "https://post.example/1"), ("B2", "javascript:alert(2)")]
        order.picking_ids.carrier_tracking_ref = "A<1,B2"
        picking_class = self.env.registry["stock.picking"]

        with patch.object(
            picking_class, "get_multiple_carrier_tracking", lambda _self: parcels
        ):
            page = self._read(URL)

        self.assertIn('href="https://post.example/1"', page)
        self.assertIn("A&lt;1", page)
        self.assertIn("B2", page)
        self.assertNotIn("javascript:alert", page)

    def test_returns_and_cancelled_transfers_are_no_deliveries(self):
        if "carrier_tracking_ref" not in self.env["stock.picking"]._fields:
            self.skipTest("no carriers are installed")
        order, cancelled = self._deliver(), self._deliver()
        self._ship(order.picking_ids)
        order.picking_ids.carrier_tracking_ref = "SENT1"
        back = order.picking_ids.copy(
            {"picking_type_id": order.warehouse_id.in_type_id.id}
        )
        back.carrier_tracking_ref = "BACK2"
        cancelled.picking_ids.carrier_tracking_ref = "GONE3"
        cancelled.picking_ids.action_cancel()

        page = self._read(URL)

        self.assertIn(back, order.picking_ids)
        self.assertIn("SENT1", page)
        self.assertNotIn("BACK2", page)
        self.assertNotIn("GONE3", page)

    def _ship(self, picking, quantity=1):
        """Send goods; what is missing comes with a delivery of its own."""
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()

    def _deliver(self, quantity=1):
        """Let Acme order something that is sent."""
        goods = self.env["product.product"].create(
            {"name": "Gear", "type": "consu", "is_storable": False, "taxes_id": False}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.acme.id,
                "company_id": self.seller.id,
                "order_line": [
                    Command.create(
                        {"product_id": goods.id, "product_uom_qty": quantity}
                    )
                ],
            }
        )
        order.action_confirm()
        return order
