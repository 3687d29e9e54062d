from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .point_common import PointsCommon


@tagged("post_install", "-at_install")
class TestPointOrderChanges(PointsCommon):
    """Nobody gains or loses a point by what happens to orders later."""

    def setUp(self):
        super().setUp()
        self.ada = self._create_customer()

    def _paid_with_points(self, earn=200, amount=500, reward=None):
        self._confirm_order(self.ada, earn)
        order = self._create_order(self.ada, amount)
        self._claim(order, reward)
        order.action_confirm()
        return order

    def _again(self, order):
        order._action_cancel()
        order.action_draft()
        order.action_confirm()

    def test_pressing_promotions_on_a_confirmed_order_spends_no_more(self):
        order = self._paid_with_points()
        before = self._get_points(self.ada), order.amount_total
        order._update_programs_and_rewards()
        self.assertEqual((self._get_points(self.ada), order.amount_total), before)

    def test_what_came_back_undelivered_is_credited_like_anything(self):
        product = self._create_product("D", invoice_policy="delivery")
        order = self._create_order(
            self.ada,
            order_line=[self._prepare_line(product_id=product.id, price_unit=100)],
        )
        order.action_confirm()
        order.order_line.qty_delivered = 1
        self._invoice(order)
        order.order_line.qty_delivered = 0
        self._invoice(order)
        self.assertEqual(order.invoice_status, "no")
        self.assertEqual(self._get_points(self.ada), 0)
        order.order_line.write({"name": "x", "discount": 0})
        self.assertEqual(self._get_points(self.ada), 0)

    def test_an_order_confirmed_for_somebody_else_earns_nothing_for_the_first(self):
        order = self._confirm_order(self.ada, 100)
        order._action_cancel()
        order.action_draft()
        self.program.enroll_on_order = False
        bob = self._create_customer("Bob")
        order.partner_id = bob
        order.action_confirm()
        self.assertEqual(self._get_points(self.ada), 0)

    def test_an_order_confirmed_again_earns_for_its_new_customer(self):
        order = self._confirm_order(self.ada, 100)
        order._action_cancel()
        order.action_draft()
        bob = self._create_customer("Bob")
        order.partner_id = bob
        order.action_confirm()
        self.assertEqual((self._get_points(self.ada), self._get_points(bob)), (0, 100))

    def test_points_go_with_a_confirmed_order_to_another_customer(self):
        order = self._confirm_order(self.ada, 100)
        bob = self._create_customer("Bob")
        order.partner_id = bob
        self.assertEqual((self._get_points(self.ada), self._get_points(bob)), (0, 100))
        order._action_cancel()
        self.assertEqual((self._get_points(self.ada), self._get_points(bob)), (0, 0))

    def test_an_order_confirmed_again_waits_again(self):
        self.program.points_available = "paid"
        order = self._confirm_order(self.ada, 100)
        pending = self.env["member.point.pending"].search([("order_id", "=", order.id)])
        pending._release()
        self.assertEqual(self._get_points(self.ada), 100)
        order._action_cancel()
        self.assertEqual(self._get_points(self.ada), 0)
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._get_points(self.ada), 0)
        self.assertEqual(pending.state, "waiting")
        pending._release()
        self.assertEqual(self._get_points(self.ada), 100)

    def test_pending_points_are_those_of_the_new_customer(self):
        self.program.points_available = "paid"
        order = self._confirm_order(self.ada, 100)
        order._action_cancel()
        order.action_draft()
        bob = self._create_customer("Bob")
        order.partner_id = bob
        order.action_confirm()
        pending = self.env["member.point.pending"].search([("order_id", "=", order.id)])
        self.assertEqual(pending.owner_id, bob)

    def test_a_limit_leaves_room_for_an_order_confirmed_again(self):
        self.rule.write({"cap_period": "month", "cap_points": 100})
        order = self._confirm_order(self.ada, 100)
        self._again(order)
        self.assertEqual(self._get_points(self.ada), 100)

    def test_a_reward_of_quantity_zero_costs_nothing(self):
        order = self._paid_with_points(earn=200, amount=500)
        line = order.order_line.filtered("reward_id")
        line.product_uom_qty = 0
        self.assertEqual(self._get_points(self.ada), 200 + 500)

    def test_an_invoice_gives_no_points_back_for_an_order_of_no_worth(self):
        gift = self._create_product("Gift", price=30)
        reward = self._create_reward(
            reward_type="product", reward_product_id=gift.id, required_points=50
        )
        self._confirm_order(self.ada, 200)
        order = self._create_order(self.ada, 0)
        self._claim(order, reward)
        order.action_confirm()
        self.assertEqual(self._get_points(self.ada), 0)
        self._invoice(order)
        self.assertEqual(self._get_points(self.ada), 0)

    def test_a_credit_note_without_a_sale_takes_its_share_both_ways(self):
        order = self._paid_with_points(200, 500)
        self.assertEqual(self._get_points(self.ada), 300)
        invoice = self._invoice(order)
        note = invoice._reverse_moves([{"invoice_date": "2026-03-15"}])
        note.invoice_line_ids.sale_line_ids = False
        note.invoice_line_ids = [
            Command.clear(),
            Command.create(
                {
                    "product_id": self.product.id,
                    "price_unit": 300,
                    "quantity": 1,
                    "tax_ids": False,
                }
            ),
        ]
        note.action_post()
        self.assertEqual(self._get_points(self.ada), 200)

    def test_the_first_order_is_paid_once(self):
        self._create_rule("first_order", points=500)
        first = self._confirm_order(self.ada, 100)
        first._action_cancel()
        second = self._confirm_order(self.ada, 100)
        self.assertEqual(self._get_points(self.ada), 600)
        first.action_draft()
        first.action_confirm()
        self.assertEqual(self._get_points(self.ada), 700)
        second._action_cancel()
        self.assertEqual(self._get_points(self.ada), 100)

    def test_a_state_written_earns_like_a_button(self):
        order = self._create_order(self.ada, 100)
        order.write({"state": "sale"})
        self.assertEqual(self._get_points(self.ada), 100)
        order.write({"state": "cancel"})
        self.assertEqual(self._get_points(self.ada), 0)

    def test_a_copy_of_an_order_has_points_of_its_own(self):
        order = self._paid_with_points()
        points = self._get_points(self.ada)
        other = order.copy()
        self.assertEqual(self._get_points(self.ada), points)
        other.action_confirm()
        self.assertEqual(self._get_points(self.ada), points + 500)
        other._action_cancel()
        order._action_cancel()
        self.assertEqual(self._get_points(self.ada), 200)

    def test_a_cancelled_order_can_be_deleted(self):
        order = self._paid_with_points()
        order._action_cancel()
        order.unlink()
        self.assertEqual(self._get_points(self.ada), 200)

    def test_negative_lines_and_several_taxes_come_back_to_the_point(self):
        taxes = [
            self.env["account.tax"].create({"name": f"T{n}", "amount": n})
            for n in (7, 19)
        ]
        self._confirm_order(self.ada, 100)
        order = self._create_order(
            self.ada,
            order_line=[
                self._prepare_line(price_unit=100, tax_ids=[Command.set(taxes[0].ids)]),
                self._prepare_line(
                    price_unit=200, tax_ids=[Command.set(taxes[1].ids)], discount=10
                ),
                self._prepare_line(price_unit=-30),
            ],
        )
        self._claim(order)
        order.action_confirm()
        invoice = self._invoice(order)
        note = self._credit(invoice)
        self.assertEqual(self._get_points(self.ada), 100)
        note.button_draft()
        note.button_cancel()
        order._action_cancel()
        self.assertEqual(self._get_points(self.ada), 100)

    def test_an_archived_rule_keeps_what_it_promised(self):
        order = self._confirm_order(self.ada, 100)
        self.rule.active = False
        self._set_line(order, product_uom_qty=2)
        self.assertEqual(self._get_points(self.ada), 200)
        order._action_cancel()
        self.assertEqual(self._get_points(self.ada), 0)

    def test_a_rule_that_promised_points_cannot_be_deleted(self):
        self.program.points_available = "paid"
        rule = self._create_rule("order", points=10)
        order = self._confirm_order(self.ada, 100)
        with self.assertRaises(UserError):
            rule.unlink()
        pending = self.env["member.point.pending"].search([("order_id", "=", order.id)])
        pending._release()
        self.assertEqual(self._get_points(self.ada), 110)

    def test_down_payments_earn_and_take_nothing(self):
        order = self._confirm_order(self.ada, 100)
        self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": 50,
            }
        ).create_invoices()
        down = order.invoice_ids
        down.invoice_date = "2026-03-15"
        down.action_post()
        self.assertEqual(self._get_points(self.ada), 100)
        final = self._invoice(order)
        self.assertEqual(self._get_points(self.ada), 100)
        self._credit(down)
        self.assertEqual(self._get_points(self.ada), 100)
        self._credit(final)
        self.assertEqual(self._get_points(self.ada), 0)

    def test_two_programs_keep_their_points_apart(self):
        other = self._create_program(name="Other")
        other._start_points()
        self._confirm_order(self.ada, 200)
        self.assertEqual(self._get_card(self.ada, other).points, 200)
        order = self._create_order(self.ada, 500)
        self._claim(order, self.reward)
        order.action_confirm()
        self.assertEqual(self._get_points(self.ada), 300)
        self.assertEqual(self._get_card(self.ada, other).points, 500)
        self._credit(self._invoice(order))
        self.assertEqual(self._get_points(self.ada), 200)
        self.assertEqual(self._get_card(self.ada, other).points, 200)

    def test_points_that_expired_while_spent_come_back_expired(self):
        self.program.write({"points_expiry": "months", "points_expiry_months": 1})
        order = self._paid_with_points(200, 200)
        self.assertEqual(self._get_points(self.ada), 0)
        self._travel_to("2026-05-20 10:00:00")
        order._action_cancel()
        card = self._get_card(self.ada)
        card.invalidate_recordset()
        self.assertEqual(card.member_usable_points, 0)
        order.action_draft()
        order.order_line.filtered("reward_id").unlink()
        order.action_confirm()
        card.invalidate_recordset()
        self.assertEqual(card.member_usable_points, 200)

    def test_a_raised_order_is_not_paid_with_its_own_points(self):
        order = self._paid_with_points()
        self._set_line(order, product_uom_qty=2, price_unit=500)
        order._update_programs_and_rewards()
        # 1000 - 200 paid by points
        self.assertEqual(order.amount_total, 800)
        self.assertEqual(self._get_points(self.ada), 800)

    def test_a_reward_claimed_later_is_not_paid_by_the_order_itself(self):
        self._confirm_order(self.ada, 200)
        order = self._confirm_order(self.ada, 500)
        self._claim(order)
        self.assertEqual(order.amount_total, 300)
        self.assertEqual(self._get_points(self.ada), 300)
