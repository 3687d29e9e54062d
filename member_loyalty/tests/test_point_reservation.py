from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.payment.tests.common import PaymentCommon

from .reward_common import RewardCommon


@tagged("post_install", "-at_install")
class TestPointReservation(RewardCommon, PaymentCommon):
    """Points are kept while an online payment is under way: 50 pay 20 of an order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voucher = cls._create_reward(50)

    def _begin_order(self, partner=None):
        """Make a cart of 200 with a voucher of 20 for 50 points."""
        order = self._prepare_quotation(partner or self.ann, require_payment=True)
        self._claim(order, self.voucher)
        return order

    def _pay(self, order, **values):
        """Begin a payment of the whole order."""
        return self._create_transaction(
            "redirect",
            amount=order.amount_total,
            currency_id=order.currency_id.id,
            partner_id=order.partner_id.id,
            sale_order_ids=order.ids,
            reference=f"{order.name}-{len(order.transaction_ids)}",
            **values,
        )

    def _finish(self, transaction):
        transaction._set_done()
        transaction._post_process()

    def _get_worth(self):
        card = self._get_card(self.acme)
        return card.points, card.member_debt

    def _release_lapsed(self, hours=2):
        self._travel_to(fields.Datetime.now() + timedelta(hours=hours))
        self._run_points_cron()

    def _run_points_cron(self):
        self.env["member.order.points"].search([])._release()
        self.env.invalidate_all()

    def test_beginning_to_pay_takes_the_points_at_once(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()
        self.assertEqual(self._get_worth(), (50, 0))

        self._pay(order)

        self.assertEqual(self._get_worth(), (0, 0))
        self.assertEqual(order.state, "draft")

    def test_a_paid_order_spends_the_points_once(self):
        self._give_points(self.acme, 50)
        order = self._begin_order()

        self._finish(self._pay(order))

        self.assertRecordValues(order, [{"state": "sale", "amount_total": 180}])
        self.assertEqual(self._kinds(self.acme)[:2], [("adjusted", 50), ("spent", -50)])
        self.assertEqual(self._get_worth(), (180, 0))

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

    def _get_spent(self, order):
        """Return what an order has taken from the member, paid or owed."""
        entries = self.env["member.point.entry"].search(
            [
                ("source_model", "=", "sale.order"),
                ("source_id", "=", order.id),
                ("kind", "in", ("spent", "reversed")),
            ]
        )
        return sum(entries.mapped("debt")) - sum(entries.mapped("points"))

    def _run_cron_of(self, model, method):
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            getattr(self.env[model], method)()
        self.env.invalidate_all()
