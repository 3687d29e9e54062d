from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.member_loyalty.tests.reward_common import RewardCommon

from .freight_common import FreightCommon


@tagged("post_install", "-at_install")
class TestFreightRewards(FreightCommon, RewardCommon):
    """Subsidies beside Odoo's own programs: points, discounts, free shipping."""

    def setUp(self):
        super().setUp()
        self.ada = self._create_member(tier=self.silver)

    def _create_promotion(self, **reward):
        return self.env["loyalty.program"].create(
            {
                "name": "Promotion",
                "program_type": "promotion",
                "applies_on": "current",
                "trigger": "auto",
                "rule_ids": [Command.create(reward.pop("rule", {}))],
                "reward_ids": [Command.create(reward)],
            }
        )

    def _apply_promotion(self, order, program):
        order._update_programs_and_rewards()
        for card, rewards in order._get_claimable_rewards().items():
            if rewards.program_id == program:
                order._apply_program_reward(rewards, card)
        order._update_programs_and_rewards()

    def test_a_subsidy_costs_and_earns_no_points(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada, 100)

        order.action_confirm()

        self.assertEqual(self._get_points(self.ada), 100)

    def test_points_are_the_same_where_delivery_earns_them(self):
        self.program.points_base_delivery = True
        self._create_freight(50)
        order = self._create_shipped(self.ada, 100)

        order.action_confirm()

        self.assertEqual(self._get_points(self.ada), 120)

    def test_free_shipping_for_points_is_paid_in_full_by_them(self):
        reward = self._create_reward(100, reward_type="shipping")
        self._give_points(self.ada, 500)
        benefit = self._create_freight(50)
        order = self._create_shipped(self.ada, 100)

        line = RewardCommon._claim(self, order, reward)

        self.assertEqual(line.price_unit, -20)
        self.assertEqual(self._get_subsidies(order), [])
        order.action_confirm()
        self.assertEqual(order.amount_total, 100)
        self.assertEqual(self._get_uses(benefit), [])

    def test_free_shipping_that_is_capped_leaves_a_rest_to_subsidise(self):
        promotion = self._create_promotion(
            reward_type="shipping", discount_max_amount=12
        )
        self._create_freight(50)
        order = self._create_shipped(self.ada, 100)

        self._apply_promotion(order, promotion)

        self.assertEqual(self._get_subsidies(order), [-4])
        self.assertEqual(order.amount_total, 104)

    def test_no_points_are_burnt_for_a_delivery_that_is_free(self):
        reward = self._create_reward(100, reward_type="shipping")
        self._give_points(self.ada, 500)
        self._create_freight(100)
        order = self._create_shipped(self.ada, 100)

        self.assertNotIn(reward, self._get_claimable(order))
        with self.assertRaisesRegex(UserError, "no delivery with a price"):
            self._apply(order, reward)

    def test_points_are_kept_when_a_claimed_delivery_becomes_free(self):
        reward = self._create_reward(100, reward_type="shipping")
        self._give_points(self.ada, 500)
        self._create_freight(100, freight_minimum=200)
        order = self._create_shipped(self.ada, 100)
        RewardCommon._claim(self, order, reward)

        order.order_line[0].price_unit = 200
        order._update_programs_and_rewards()

        line = self._get_lines(order, reward)
        self.assertRecordValues(line, [{"price_unit": 0, "points_cost": 0}])
        self.assertEqual(self._get_subsidies(order), [-20])
        self.assertEqual(order.amount_total, 200)

    def test_no_points_are_burnt_without_a_delivery(self):
        reward = self._create_reward(100, reward_type="shipping")
        self._give_points(self.ada, 500)
        self._create_freight(50)
        order = self._create_order(self.ada, 100)

        with self.assertRaisesRegex(UserError, "no delivery with a price"):
            self._apply(order, reward)
        order.action_confirm()

        self.assertEqual(self._get_points(self.ada), 600)

    def test_points_come_back_when_the_delivery_is_taken_off(self):
        reward = self._create_reward(100, reward_type="shipping")
        self._give_points(self.ada, 500)
        self._create_freight(50)
        order = self._create_shipped(self.ada, 100)
        RewardCommon._claim(self, order, reward)

        order._remove_delivery_line()
        order._update_programs_and_rewards()
        order.action_confirm()

        self.assertEqual(self._get_points(self.ada), 600)

    def test_a_subsidy_counts_for_no_threshold_of_a_program(self):
        promotion = self._create_promotion(
            reward_type="discount",
            discount=10,
            rule={"minimum_amount": 100},
        )
        self._create_freight(100)
        order = self._create_shipped(self.ada, 100)

        self._apply_promotion(order, promotion)

        discount = order.order_line.filtered("reward_id")
        self.assertEqual(discount.price_unit, -10)
        self.assertEqual(order.amount_total, 90)
