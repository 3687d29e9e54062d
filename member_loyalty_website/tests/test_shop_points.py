from odoo.tests import tagged
from odoo.tools import mute_logger

from .shop_common import ShopCommon


@tagged("post_install", "-at_install")
class TestShopPoints(ShopCommon):
    """Contacts pay with the purse of their company in the shop."""

    def test_a_contact_buys_with_the_points_of_the_company(self):
        order = self._begin_cart()
        self.assertRecordValues(
            order, [{"partner_id": self.ann.id, "amount_total": 180}]
        )

        payment = self._begin_payment(order)
        self.assertEqual(self.purse.points, 450)
        self._finish(payment)

        self.assertEqual(order.state, "sale")
        self.assertEqual(self.purse.points, 450)
        self.assertFalse(self._get_own_cards(self.ann))

    def test_the_cart_shows_points_and_the_price_for_the_buyers_tier(self):
        self._enroll_gold()
        self.env["member.reward.price"].create(
            {"reward_id": self.voucher.id, "tier_id": self.gold.id, "points": 35}
        )
        self._log_in("ann")
        self._add_lamp()

        page = self.url_open("/shop/cart").text

        self.assertIn("500", page)
        self.assertIn("35 Points", page)

    def test_a_reward_for_another_tier_is_neither_shown_nor_given(self):
        self.voucher.member_tier_ids = self.gold
        self._log_in("ann")
        order = self._add_lamp()

        page = self.url_open("/shop/cart").text
        self._claim()

        self.assertNotIn("o_loyalty_claim", page)
        self.assertEqual(order.amount_total, 200)

    def test_a_contact_who_may_not_spend_is_offered_nothing(self):
        self.program.purse_spenders = "chosen"
        order = self._begin_cart()
        self.assertEqual(order.amount_total, 200)

        self.ann.member_may_spend = True
        self._claim()

        self.assertEqual(order.amount_total, 180)

    def test_opening_the_cart_while_paying_keeps_the_reward(self):
        self.purse.points = 50
        order = self._begin_cart()
        self._begin_payment(order)
        self.assertEqual(self.purse.points, 0)

        self.url_open("/shop/cart")
        self.env.invalidate_all()

        self.assertEqual(order.amount_total, 180)
        self.assertEqual(self.purse.points, 0)

    def test_changing_the_cart_gives_the_points_back(self):
        order = self._begin_cart()
        self._begin_payment(order)
        self.assertEqual(self.purse.points, 450)

        self._add_lamp()

        self.assertEqual(self.purse.points, 500)
        self.assertEqual(order.amount_total, 380)

    @mute_logger("odoo.http")
    def test_a_buyer_whose_points_are_gone_is_told_before_paying(self):
        order = self._begin_cart()
        self.purse.points = 10

        answer = self._ask_for_payment(order)

        message = answer["error"]["data"]["message"]
        self.assertIn("cost 50 points, and 10 can be used", message)
        self.assertFalse(order.transaction_ids)

    def test_two_contacts_pay_with_the_same_points(self):
        self.purse.points = 50
        self._create_buyer("bob", self.acme)
        first = self._begin_cart("ann")
        payment = self._begin_payment(first)
        first._release_points()
        second = self._begin_cart("bob")

        self._finish(self._begin_payment(second))
        self._finish(payment)

        self.assertEqual((first.state, second.state), ("sale", "sale"))
        self.assertEqual((first.amount_total, second.amount_total), (180, 180))
        self.assertRecordValues(self.purse, [{"points": 0, "member_debt": 50}])

    def test_abandoned_carts_leave_the_purse_alone(self):
        order = self._begin_cart()
        self.env.flush_all()

        self.env["ir.config_parameter"].set_param(
            "website_sale_coupon.abandonned_coupon_validity", -1
        )
        order.applied_coupon_ids = self.purse
        order._gc_abandoned_coupons()

        self.assertEqual(self.purse.points, 500)
        self.assertEqual(order.amount_total, 180)
