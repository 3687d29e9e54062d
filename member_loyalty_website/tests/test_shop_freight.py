from odoo import Command
from odoo.tests import tagged

from .shop_common import ShopCommon


@tagged("post_install", "-at_install")
class TestShopFreight(ShopCommon):
    """Half of the freight is paid for members in the shop, where that is granted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["delivery.carrier"].search([]).active = False
        cls.post = cls._create_carrier("Post", 20)
        cls.courier = cls._create_carrier("Courier", 50)
        cls.lamp.type = "consu"

    def setUp(self):
        super().setUp()
        kinds = self.env["member.benefit"]._fields["kind"].get_values(self.env)
        if "freight" not in kinds:
            self.skipTest("needs member_loyalty_delivery")
        self._enroll_gold()
        self.benefit = self.env["member.benefit"].create(
            {
                "program_id": self.program.id,
                "name": "Half the freight",
                "kind": "freight",
                "freight_percent": 50,
                "freight_carrier_ids": [Command.set(self.post.ids)],
                "tier_ids": [Command.set(self.gold.ids)],
            }
        )
        self._log_in("ann")
        self.order = self._add_lamp()

    @classmethod
    def _create_carrier(cls, name, price):
        service = cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "taxes_id": False,
                "invoice_policy": "order",
            }
        )
        return cls.env["delivery.carrier"].create(
            {
                "name": name,
                "delivery_type": "fixed",
                "product_id": service.id,
                "fixed_price": price,
                "website_published": True,
            }
        )

    def _choose(self, carrier):
        """Choose a delivery method at checkout and return the totals shown."""
        answer = self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": carrier.id}
        )
        self.env.invalidate_all()
        return answer

    def test_the_totals_at_checkout_have_the_subsidy(self):
        answer = self._choose(self.post)

        self.assertEqual(self.order.amount_total, 210)
        self.assertIn("20.00", answer["amount_delivery"])
        self.assertIn("210.00", answer["amount_total"])

    def test_the_buyer_reads_what_is_paid_of_the_freight(self):
        self._choose(self.post)

        page = self.url_open("/shop/checkout").text

        self.assertIn("Half the freight", page)

    def test_another_delivery_method_is_looked_at_anew(self):
        self._choose(self.post)

        self._choose(self.courier)
        self.assertEqual(self.order.amount_total, 250)

        self._choose(self.post)
        self.assertEqual(self.order.amount_total, 210)

    def test_a_delivery_address_elsewhere_is_looked_at_anew(self):
        self.benefit.freight_country_ids = self.country_belgium
        self._choose(self.post)
        self.assertEqual(self.order.amount_total, 210)

        self.order.partner_shipping_id = self.env["res.partner"].create(
            {
                "name": "Ann abroad",
                "type": "delivery",
                "parent_id": self.ann.id,
                "country_id": self.env.ref("base.fr").id,
            }
        )

        self.assertEqual(self.order.amount_total, 220)

    def test_more_in_the_cart_keeps_the_subsidy(self):
        self._choose(self.post)

        self._add_lamp()

        self.assertEqual(self.order.amount_total, 410)

    def test_the_subsidy_cannot_be_multiplied_in_the_cart(self):
        self._choose(self.post)
        line = self.order.order_line.filtered("member_benefit_part")

        self.make_jsonrpc_request(
            "/shop/cart/update",
            {"line_id": line.id, "product_id": line.product_id.id, "quantity": 10},
        )

        self.env.invalidate_all()
        self.assertEqual(self.order.amount_total, 210)

    def test_a_paid_cart_is_confirmed_with_its_subsidy_and_use(self):
        self._choose(self.post)

        payment = self._begin_payment(self.order)
        self.assertEqual(payment.amount, 210)
        self._finish(payment)

        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.order.amount_total, 210)
        self.assertRecordValues(
            self.order.member_benefit_usage_ids,
            [{"benefit_id": self.benefit.id, "quantity": 1, "cost": 10}],
        )

    def test_a_member_who_fell_pays_the_freight_at_the_next_touch(self):
        self._choose(self.post)
        membership = self.env["member.membership"].search(
            [("partner_id", "=", self.acme.id)]
        )
        membership._assign_tier(self.ordinary, "For the test")

        self._choose(self.courier)
        self._choose(self.post)

        self.assertEqual(self.order.amount_total, 220)
