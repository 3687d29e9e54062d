from odoo.tests import tagged

from .topup_common import BonusTopupCommon


@tagged("post_install", "-at_install")
class TestStoredValueOrders(BonusTopupCommon):
    """Stored money and points on orders that change."""

    def test_money_and_points_on_one_order_come_back_and_go_again(self):
        self._top_up(self.ada, 500)
        self._confirm_order(self.ada, 100)
        order = self._create_order(self.ada, 300)
        self._claim(order)
        self._claim(order, self.stored.reward_ids[:1])
        self.assertEqual(order.amount_total, 0)
        order.action_confirm()
        self.assertEqual(self._get_money(), 550 - 200)
        self.assertEqual(self._get_points(self.ada), 200)
        note = self._credit(self._invoice(order))
        self.assertEqual((self._get_money(), self._get_points(self.ada)), (550, 100))
        note.button_draft()
        note.button_cancel()
        self.assertEqual((self._get_money(), self._get_points(self.ada)), (350, 200))
        order._action_cancel()
        self.assertEqual((self._get_money(), self._get_points(self.ada)), (550, 100))

    def test_who_is_no_member_spends_stored_money(self):
        self.program.enroll_on_order = False
        self._top_up(self.ada, 500)
        order = self._create_order(self.ada, 300)
        self._claim(order, self.stored.reward_ids[:1])
        order.action_confirm()
        self.assertEqual(self._get_money(), 250)
        order._action_cancel()
        self.assertEqual(self._get_money(), 550)

    def test_a_top_up_confirmed_by_writing_its_state_is_stored(self):
        order = self._create_order(self.ada)
        order.order_line = [
            self._prepare_line(product_id=self.topup.id, price_unit=500)
        ]
        order.write({"state": "sale"})
        self.assertEqual(self._get_money(), 550)

    def test_a_top_up_confirmed_for_another_customer_is_theirs(self):
        order = self._top_up(self.ada, 500)
        order._action_cancel()
        order.action_draft()
        bob = self._create_customer("Bob")
        order.partner_id = bob
        order.action_confirm()
        self.assertEqual((self._get_money(), self._get_money(bob)), (0, 550))

    def test_a_cancelled_top_up_leaves_nothing_with_anybody(self):
        order = self._top_up(self.ada, 500)
        bob = self._create_customer("Bob")
        order.partner_id = bob
        order._action_cancel()
        self.assertEqual((self._get_money(), self._get_money(bob) or 0), (0, 0))

    def test_pressing_promotions_keeps_what_an_ewallet_paid(self):
        self._top_up(self.ada, 500)
        order = self._create_order(self.ada, 300)
        self._claim(order, self.stored.reward_ids[:1])
        order.action_confirm()
        order._update_programs_and_rewards()
        self.assertEqual((order.amount_total, self._get_money()), (0, 250))
