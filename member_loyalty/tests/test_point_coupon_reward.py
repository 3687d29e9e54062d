from datetime import date

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .reward_common import RewardCommon


@tagged("post_install", "-at_install")
class TestPointCouponReward(RewardCommon):
    """Points buy a coupon for the next order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coupons = cls.env["loyalty.program"].create(
            {
                "name": "Five off",
                "program_type": "coupons",
                "trigger": "with_code",
                "applies_on": "current",
                "reward_ids": [
                    Command.create(
                        {
                            "discount_mode": "per_order",
                            "discount": 5,
                            "required_points": 1,
                        }
                    )
                ],
                "communication_plan_ids": [
                    Command.create(
                        {
                            "trigger": "create",
                            "mail_template_id": cls.env.ref(
                                "loyalty.mail_template_loyalty_card"
                            ).id,
                        }
                    )
                ],
            }
        )
        cls.coupon_reward = cls._create_reward(
            40,
            reward_type="member_coupon",
            member_coupon_program_id=cls.coupons.id,
            member_coupon_days=30,
        )

    def _order_with_coupon(self, partner=None):
        self._give_points(self.acme, 100)
        order = self._prepare_quotation(partner or self.ann)
        self._claim(order, self.coupon_reward)
        return order

    def _get_coupons(self, order):
        return self.coupons.with_context(active_test=False).coupon_ids.filtered(
            lambda card: card.order_id == order
        )

    def test_a_confirmed_order_gives_one_coupon(self):
        order = self._order_with_coupon()
        self.assertFalse(self._get_coupons(order))

        order.action_confirm()

        self.assertRecordValues(
            self._get_lines(order, self.coupon_reward),
            [{"points_cost": 40, "price_total": 0}],
        )
        self.assertRecordValues(
            self._get_coupons(order),
            [
                {
                    "partner_id": self.ann.id,
                    "points": 1,
                    "expiration_date": date(2026, 4, 14),
                }
            ],
        )
        self.assertEqual(order.amount_total, 200)

    def test_each_claim_gives_a_coupon(self):
        order = self._order_with_coupon()
        self._claim(order, self.coupon_reward)

        order.action_confirm()

        self.assertEqual(len(self._get_coupons(order)), 2)

    def test_the_coupon_is_mailed_once(self):
        order = self._order_with_coupon()

        order.action_confirm()

        mails = self.env["mail.mail"].search(
            [
                ("model", "=", "loyalty.card"),
                ("res_id", "in", self._get_coupons(order).ids),
            ]
        )
        self.assertEqual(len(mails), 1)
        self.assertIn(self._get_coupons(order).code, mails.body_html)

    def test_the_coupon_pays_on_the_next_order(self):
        order = self._order_with_coupon()
        order.action_confirm()
        following = self._prepare_quotation(self.ann)

        status = following._try_apply_code(self._get_coupons(order).code)
        card, rewards = next(iter(status.items()))
        following._apply_program_reward(rewards, card)

        self.assertEqual(following.amount_total, 195)

    def test_a_cancelled_order_withdraws_an_unused_coupon(self):
        order = self._order_with_coupon()
        order.action_confirm()
        coupon = self._get_coupons(order)

        order._action_cancel()

        self.assertRecordValues(coupon, [{"active": False, "points": 0}])
        status = self._prepare_quotation(self.ann)._try_apply_code(coupon.code)
        self.assertIn("error", status)

    def test_a_used_coupon_stays_when_its_order_is_cancelled(self):
        order = self._order_with_coupon()
        order.action_confirm()
        coupon = self._get_coupons(order)
        self._use(coupon)

        order._action_cancel()

        self.assertTrue(coupon.active)

    def test_confirming_again_gives_no_second_coupon(self):
        order = self._order_with_coupon()
        order.action_confirm()
        order.write({"state": "sale"})
        coupon = self._get_coupons(order)

        order._action_cancel()
        order.action_draft()
        order._update_programs_and_rewards()
        self._claim(order, self.coupon_reward)
        order.action_confirm()

        self.assertEqual(self._get_coupons(order), coupon)
        self.assertRecordValues(coupon, [{"active": True, "points": 1}])

    def test_a_used_coupon_counts_when_its_order_is_confirmed_again(self):
        order = self._order_with_coupon()
        order.action_confirm()
        coupon = self._get_coupons(order)
        self._use(coupon)

        order._action_cancel()
        order.action_draft()
        order._update_programs_and_rewards()
        self._claim(order, self.coupon_reward)
        order.action_confirm()

        self.assertEqual(self._get_coupons(order), coupon)

    def test_a_coupon_claimed_on_a_confirmed_order_is_given_at_once(self):
        self._give_points(self.acme, 100)
        order = self._prepare_quotation(self.ann)
        order.action_confirm()

        order._apply_program_reward(self.coupon_reward, self._get_card(self.ann))

        self.assertEqual(len(self._get_coupons(order)), 1)

    def test_a_salespersons_order_gives_the_coupon(self):
        order = self._order_with_coupon()
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        order.user_id = seller

        order.with_user(seller).action_confirm()

        self.assertEqual(len(self._get_coupons(order)), 1)

    def test_only_the_points_of_a_membership_buy_coupons(self):
        with self.assertRaisesRegex(ValidationError, "Only the points of a membership"):
            self.coupons.reward_ids.write(
                {
                    "reward_type": "member_coupon",
                    "member_coupon_program_id": self.coupons.id,
                }
            )

    def test_a_reward_gives_coupons_of_a_coupon_program(self):
        with self.assertRaisesRegex(ValidationError, "Choose the coupon program"):
            self.coupon_reward.member_coupon_program_id = self.wallet

    def _use(self, coupon):
        order = self._prepare_quotation(self.ann)
        status = order._try_apply_code(coupon.code)
        card, rewards = next(iter(status.items()))
        order._apply_program_reward(rewards, card)
        order.action_confirm()
        self.assertEqual(coupon.points, 0)
