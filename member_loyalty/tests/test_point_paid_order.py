from odoo.exceptions import UserError
from odoo.tests import tagged

from .reservation_common import ReservationCommon


@tagged("post_install", "-at_install")
class TestPointPaidOrder(ReservationCommon):
    """No paid order is left behind for lack of points."""

    def test_a_paid_order_spends_the_points_once(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()

        self._finish(self._pay(order))

        self.assertRecordValues(order, [{"state": "sale", "amount_total": 180}])
        self.assertEqual(self._kinds(self.acme)[:2], [("adjusted", 50), ("spent", -50)])
        self.assertEqual(self._get_worth(), (180, 0))

    def test_two_carts_paid_with_the_same_points_are_both_confirmed(self):
        """The second buyer owes what the first one spent."""
        self._give_points(self.acme, 50)
        first, second = self._begin_order(self.ann), self._begin_order(self.bob)
        late = self._pay(first)
        self._release_lapsed()
        self._finish(self._pay(second))
        points, debt = self._get_worth()
        self.assertEqual((points, debt), (180, 0))
        self._give_points(self.acme, -180)

        self._finish(late)

        self.assertEqual((first.state, second.state), ("sale", "sale"))
        self.assertEqual((first.amount_total, second.amount_total), (180, 180))
        self.assertEqual(self._get_spent(first), 50)
        self.assertEqual(self._get_spent(second), 50)

    def test_a_paid_order_whose_points_are_gone_owes_them(self):
        self.rule.active = False
        self._give_points(self.acme, 50)
        order = self._begin_order()
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        order.user_id = seller
        payment = self._pay(order)
        self._release_lapsed()
        self._give_points(self.acme, -50)

        self._finish(payment)

        self.assertRecordValues(order, [{"state": "sale", "amount_total": 180}])
        self.assertEqual(self._get_worth(), (0, 50))
        self.assertRecordValues(
            order.activity_ids, [{"user_id": seller.id, "summary": "Points owed"}]
        )
        self.assertIn("50 points", order.activity_ids.note)

    def test_a_paid_order_whose_points_expired_is_confirmed(self):
        self.rule.active = False
        self.program.write({"points_expiry": "months", "points_expiry_months": 1})
        self._give_points(self.acme, 50)
        order = self._begin_order()
        payment = self._pay(order)
        self._release_lapsed()
        self._travel_to("2026-06-01 10:00:00")

        self._finish(payment)

        self.assertRecordValues(order, [{"state": "sale", "amount_total": 180}])
        self.assertEqual(self._get_card(self.acme).member_debt, 50)

    def test_a_paid_order_keeps_the_reward_of_a_tier_that_was_lost(self):
        membership = self._enroll(self.acme, tier=self.gold)
        self.voucher.member_tier_ids = self.gold
        self._give_points(self.acme, 50)
        order = self._begin_order()
        payment = self._pay(order)
        membership._assign_tier(self.ordinary, "For the test")

        self._finish(payment)

        self.assertRecordValues(order, [{"state": "sale", "amount_total": 180}])

    def test_a_reward_lost_in_the_cart_comes_back_with_the_old_payment(self):
        self.rule.active = False
        self._give_points(self.acme, 50)
        order = self._begin_order()
        payment = self._pay(order)
        self._release_lapsed()
        self._give_points(self.acme, -50)
        order._update_programs_and_rewards()
        self.assertEqual(order.amount_total, 200)

        self._finish(payment)

        self.assertRecordValues(order, [{"state": "sale", "amount_total": 180}])
        self.assertEqual(self._get_worth(), (0, 50))

    def test_an_old_payment_does_not_pay_for_a_bigger_cart(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        payment = self._pay(order)
        order.order_line[0].price_unit = 500
        order._release_points()
        order._update_programs_and_rewards()

        self._finish(payment)

        self.assertRecordValues(order, [{"state": "draft", "amount_total": 480}])

    def test_an_unpaid_order_is_not_confirmed_without_its_points(self):
        self._give_points(self.acme, 50)
        first, second = self._begin_order(self.ann), self._begin_order(self.bob)
        first.action_confirm()
        self._give_points(self.acme, -self._get_points(self.acme))

        with self.assertRaises(UserError):
            second.action_confirm()

    def test_an_authorized_payment_confirms_the_order_as_well(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        payment = self._pay(order)
        self._release_lapsed()
        self._give_points(self.acme, -50)

        self.provider.support_manual_capture = "full_only"
        payment._set_authorized()
        payment._post_process()

        self.assertRecordValues(order, [{"state": "sale", "amount_total": 180}])
