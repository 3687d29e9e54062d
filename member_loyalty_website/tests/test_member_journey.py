from unittest import SkipTest

from odoo import Command
from odoo.tests import tagged

from .cart_common import MemberCartCommon

PHONE = "390x844"


@tagged("post_install", "-at_install")
class TestMemberJourney(MemberCartCommon):
    """Acme buys, rises to Silver and has what Silver gives, until it falls again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = cls.env["member.benefit"]._fields["kind"].get_values(cls.env)
        if "freight" not in kinds:
            raise SkipTest("needs member_loyalty_delivery")
        cls.guest.name, cls.patron.name = "Ordinary", "Silver"
        cls.silver = cls.patron
        cls.program.notify_members = True
        cls.acme.email = "acme@example.com"
        cls._give_address(cls.ann)
        cls.benefit.active = False
        cls._create_silver_benefits()
        cls.lamp.type = "consu"
        cls.lorry = cls._create_lorry()

    @classmethod
    def _give_address(cls, buyer):
        address = {
            "street": "Main street 1",
            "city": "Brussels",
            "zip": "1000",
            "country_id": cls.env.ref("base.be").id,
            "phone": "+32 12345678",
        }
        buyer.parent_id.write(address)
        buyer.write({**address, "email": "ann@example.com"})

    @classmethod
    def _create_silver_benefits(cls):
        cls._create_benefit(
            "Two percent off", cls.silver, kind="discount", discount_percent=2
        )
        cls.free = cls._create_benefit(
            "Sample of the year",
            cls.silver,
            kind="product",
            product_ids=[Command.set(cls.sample.ids)],
            quota=1,
        )
        cls.freight = cls._create_benefit(
            "Half the freight", cls.silver, kind="freight", freight_percent=50
        )

    @classmethod
    def _create_lorry(cls):
        cls.env["delivery.carrier"].search([]).active = False
        product = cls._create_product("Freight", 20)
        return cls.env["delivery.carrier"].create(
            {
                "name": "Lorry",
                "delivery_type": "fixed",
                "fixed_price": 20,
                "product_id": product.id,
                "is_published": True,
            }
        )

    def _buy(self, amount):
        """Have Acme buy for an amount; what follows is followed up."""
        order = self._quote(price_unit=amount)
        order.action_confirm()
        self.env["member.follow.up"]._follow_next("tier_moves")
        return order

    def _quote(self, **values):
        """Return a quotation for a lamp."""
        line = {"product_id": self.lamp.id, **values}
        return self.env["sale.order"].create(
            {"partner_id": self.acme.id, "order_line": [Command.create(line)]}
        )

    def _fall(self):
        self.membership._assign_tier(self.guest, "For the test")
        self.env["member.follow.up"]._follow_next("tier_moves")

    def _deliver(self, order):
        rate = self.lorry.rate_shipment(order)
        order.set_delivery_line(self.lorry, rate["price"])
        return order

    def test_a_salesperson_quotes_what_the_tier_gives_and_no_more_after_the_fall(self):
        self.assertEqual(self._quote().amount_total, 200)

        self._buy(1000)

        self.assertEqual(self.membership.tier_id, self.silver)
        # 196.00, and half of a freight of 20.00 that is 2 % cheaper too
        order = self._deliver(self._quote())
        self.assertEqual(order.amount_total, 205.8)
        order._claim_benefit(self.free)
        self.assertEqual(order.amount_total, 205.8)
        self.assertFalse(self._quote()._get_claimable_benefits())

        self._fall()

        self.assertEqual(self._deliver(self._quote()).amount_total, 200 + 20)
        self.assertFalse(self._quote()._get_claimable_benefits())

    def test_the_rise_is_told_by_mail_and_on_the_website_with_the_benefits(self):
        self._buy(1000)

        message = self.env["member.notification"].search(
            [("partner_id", "=", self.acme.id), ("kind", "=", "tier_up")]
        )
        mail = self.env["mail.mail"].search([("email_to", "ilike", "acme@")]) or (
            self.env["mail.mail"].search([("recipient_ids", "in", self.acme.ids)])
        )
        self.assertEqual(len(message), 1)
        for words in ("Two percent off", "Sample of the year", "Half the freight"):
            self.assertIn(words, message.body)
            self.assertIn(words, mail[:1].body_html)

    def test_the_buyer_reads_of_the_rise_on_the_website(self):
        self._buy(1000)

        self.start_tour("/my", "member_silver_messages", login="ann")

    def test_the_buyer_reads_of_the_rise_on_a_phone(self):
        self._use_phone()
        self._buy(1000)

        self.start_tour("/my", "member_silver_messages", login="ann")

    def test_the_shop_gives_what_the_tier_gives_and_no_more_after_the_fall(self):
        self._buy(1000)

        self.start_tour("/shop", "member_silver_shop_desktop", login="ann")
        cart = self._find_cart()
        self.assertEqual(cart.amount_total, 205.8)
        self._fall()
        self.start_tour("/shop/cart", "member_fallen_shop", login="ann")

        self.env.invalidate_all()
        self.assertEqual(cart.amount_total, 220)

    def test_the_shop_gives_the_same_on_a_phone(self):
        self._use_phone()
        self._buy(1000)

        self.start_tour("/shop", "member_silver_shop_phone", login="ann")

        self.assertEqual(self._find_cart().amount_total, 205.8)

    def _use_phone(self):
        """Have the browser be a telephone."""
        self.patch(type(self), "browser_size", PHONE)
        self.patch(type(self), "touch_enabled", True)
