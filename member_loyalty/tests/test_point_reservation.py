from odoo.exceptions import UserError
from odoo.tests import tagged

from .reservation_common import ReservationCommon


@tagged("post_install", "-at_install")
class TestPointReservation(ReservationCommon):
    """Points are kept while an online payment is under way."""

    def test_beginning_to_pay_takes_the_points_at_once(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        self.assertEqual(self._get_worth(), (50, 0))

        self._pay(order)

        self.assertEqual(self._get_worth(), (0, 0))
        self.assertEqual(order.state, "draft")

    def test_looking_at_the_cart_while_paying_keeps_the_reward(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        self._pay(order)

        order._update_programs_and_rewards()

        self.assertEqual(order.amount_total, 180)
        self.assertEqual(self._get_worth(), (0, 0))

    def test_a_second_cart_with_the_same_points_is_told_before_paying(self):
        self._give_points(self.acme, 50)
        first, second = self._begin_order(self.ann), self._begin_order(self.bob)
        self._pay(first)

        with self.assertRaises(UserError) as refusal:
            self._pay(second)

        self.env.invalidate_all()
        self.assertIn("cost 50 points, and 0 can be used", str(refusal.exception))
        self.assertFalse(second.transaction_ids)
        self.assertEqual(self._get_worth(), (0, 0))

    def test_trying_to_pay_twice_takes_the_points_once(self):
        self._give_points(self.acme, 80)
        order = self._begin_order()

        self._pay(order)
        self._pay(order)

        self.assertEqual(self._get_worth(), (30, 0))

    def test_points_come_back_when_every_payment_has_failed(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        first, second = self._pay(order), self._pay(order)

        first._set_canceled()
        self.assertEqual(self._get_worth(), (0, 0))
        second._set_error("Refused")

        self.assertEqual(self._get_worth(), (50, 0))
        self.assertEqual(order.amount_total, 180)

    def test_a_buyer_who_does_not_go_on_gives_the_points_back(self):
        self._give_points(self.acme, 50)
        self._pay(self._begin_order())

        self._release_lapsed(hours=0)
        self.assertEqual(self._get_worth(), (0, 0))
        self._release_lapsed(hours=2)

        self.assertEqual(self._get_worth(), (50, 0))

    def test_the_program_says_how_long_points_are_kept(self):
        self.program.points_reservation_minutes = 24 * 60
        self._give_points(self.acme, 50)
        self._pay(self._begin_order())

        self._release_lapsed(hours=23)
        self.assertEqual(self._get_worth(), (0, 0))
        self._release_lapsed(hours=1)

        self.assertEqual(self._get_worth(), (50, 0))

    def test_the_scheduled_action_gives_back_what_has_lapsed(self):
        self._give_points(self.acme, 50)
        self._pay(self._begin_order())
        self._travel_to("2026-03-15 13:00:00")

        self._run_cron_of("member.order.points", "_cron_release")

        self.assertEqual(self._get_worth(), (50, 0))

    def test_a_pending_payment_keeps_the_points_for_days(self):
        self._give_points(self.acme, 50)
        payment = self._pay(self._begin_order())
        payment._set_pending()

        for _day in range(3):
            self._release_lapsed(hours=25)

        self.assertEqual(self._get_worth(), (0, 0))
        self._finish(payment)
        self.assertEqual(payment.sale_order_ids.state, "sale")

    def test_a_changed_cart_gives_the_points_back_unless_it_is_being_paid(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        payment = self._pay(order)

        payment._set_pending()
        order._release_unless_paying()
        self.assertEqual(self._get_worth(), (0, 0))
        payment._set_canceled()
        payment = self._pay(order)
        order._release_unless_paying()

        self.assertEqual(self._get_worth(), (50, 0))

    def test_a_cancelled_or_deleted_quotation_gives_the_points_back(self):
        self._give_points(self.acme, 100)
        cancelled, deleted = self._begin_order(), self._begin_order()
        self._pay(cancelled)
        self._pay(deleted)

        cancelled._action_cancel()
        deleted.transaction_ids.sale_order_ids = False
        deleted.unlink()

        self.assertEqual(self._get_worth(), (100, 0))

    def test_an_order_given_to_another_customer_leaves_the_points(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        self._pay(order)

        order.partner_id = self._create_customer("Eve")

        self.assertEqual(self._get_worth(), (50, 0))
