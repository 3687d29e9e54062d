from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .reward_common import RewardCommon


@tagged("post_install", "-at_install")
class TestPointReward(RewardCommon):
    """Who may have a reward, and what it costs them, on every path."""

    def test_a_reward_costs_its_points(self):
        reward = self._create_reward(100)
        self._give_points(self.acme, 150)
        order = self._prepare_quotation(self.acme)

        line = self._claim(order, reward)

        self.assertRecordValues(line, [{"points_cost": 100, "price_unit": -20}])

    def test_a_tier_pays_less_than_everybody(self):
        reward = self._create_reward(100, [(self.gold, 60)])
        self._enroll(self.acme, tier=self.gold)
        self._give_points(self.acme, 70)
        order = self._prepare_quotation(self.acme)

        line = self._claim(order, reward)

        self.assertEqual(line.points_cost, 60)

    def test_everybody_else_pays_the_price_for_everybody(self):
        reward = self._create_reward(100, [(self.gold, 60)])
        self._give_points(self.acme, 70)
        order = self._prepare_quotation(self.acme)

        self.assertNotIn(reward, self._get_claimable(order))
        with self.assertRaisesRegex(UserError, "costs 100 points; 70 can be used"):
            self._apply(order, reward)

    def test_a_tier_pays_more_than_everybody(self):
        reward = self._create_reward(100, [(self.ordinary, 150)])
        self._give_points(self.acme, 120)
        order = self._prepare_quotation(self.acme)

        self.assertNotIn(reward, self._get_claimable(order))
        self._give_points(self.acme, 30)
        self.assertEqual(self._claim(order, reward).points_cost, 150)

    def test_odoos_own_price_is_the_lowest(self):
        reward = self._create_reward(100, [(self.gold, 60), (self.silver, 120)])
        self.assertEqual(reward.required_points, 60)

        reward.required_points = 50
        self.assertRecordValues(reward, [{"required_points": 50, "member_points": 50}])
        reward.member_points = 90
        self.assertEqual(reward.required_points, 60)
        reward.member_price_ids[0].unlink()
        self.assertEqual(reward.required_points, 90)

    def test_every_kind_of_reward_costs_the_tiers_price(self):
        self._enroll(self.acme, tier=self.gold)
        prices = [(self.ordinary, 40), (self.gold, 60)]
        kinds = {
            "percent": {"discount_mode": "percent", "discount": 10},
            "voucher": {"discount_mode": "per_order"},
            "specific": {
                "discount_mode": "per_order",
                "discount_applicability": "specific",
                "discount_product_ids": self.product.ids,
            },
            "cheapest": {
                "discount_mode": "percent",
                "discount_applicability": "cheapest",
            },
            "product": {
                "reward_type": "product",
                "reward_product_id": self._create_product("Mug", 5).id,
            },
        }
        for name, values in kinds.items():
            with self.subTest(name):
                reward = self._create_reward(100, prices, **values)
                card = self._give_points(self.acme, 0)
                card.points = 70
                order = self._prepare_quotation(self.acme)

                self._apply(order, reward)

                self.assertEqual(self._get_lines(order, reward).points_cost, 60)

    def test_free_products_are_counted_by_the_tiers_price(self):
        mug = self._create_product("Mug", 5)
        reward = self._create_reward(
            50, [(self.gold, 20)], reward_type="product", reward_product_id=mug.id
        )
        self._give_points(self.acme, 120)
        order = self._prepare_quotation(self.acme)

        line = self._claim(order, reward)

        self.assertRecordValues(line, [{"product_uom_qty": 2, "points_cost": 100}])

    def test_a_step_of_points_buys_the_same_whatever_it_costs(self):
        reward = self._create_reward(
            100, [(self.gold, 50)], discount_mode="per_point", discount=0.1
        )
        self._enroll(self.acme, tier=self.gold)
        self._give_points(self.acme, 130)
        order = self._prepare_quotation(self.acme)

        line = self._claim(order, reward)

        self.assertRecordValues(line, [{"price_unit": -20, "points_cost": 100}])

    def test_only_members_of_its_tiers_may_have_a_reward(self):
        reward = self._create_reward(member_tier_ids=self.gold.ids)
        self._give_points(self.acme, 500)
        order = self._prepare_quotation(self.acme)

        self.assertNotIn(reward, self._get_claimable(order))
        with self.assertRaisesRegex(UserError, "for members of the tier Gold"):
            self._apply(order, reward)
        self._enroll(self.acme, tier=self.gold)
        self.env.invalidate_all()
        self.assertIn(reward, self._get_claimable(order))

    def test_a_member_who_falls_loses_the_reward_of_a_quotation(self):
        reward = self._create_reward(member_tier_ids=self.gold.ids)
        membership = self._enroll(self.acme, tier=self.gold)
        self._give_points(self.acme, 500)
        order = self._prepare_quotation(self.ann)
        self._claim(order, reward)

        membership._assign_tier(self.ordinary, "For the test")
        order._update_programs_and_rewards()

        self.assertFalse(self._get_lines(order, reward))
        self.assertEqual(order.amount_total, 200)

    def test_a_member_who_rises_pays_the_new_price_on_a_quotation(self):
        reward = self._create_reward(100, [(self.gold, 60)])
        membership = self._enroll(self.acme)
        self._give_points(self.acme, 100)
        order = self._prepare_quotation(self.acme)
        self._claim(order, reward)

        membership._assign_tier(self.gold, "For the test")
        order._update_programs_and_rewards()

        self.assertEqual(self._get_lines(order, reward).points_cost, 60)

    def test_only_customers_with_a_tag_may_have_a_reward(self):
        tag = self.env["member.tag"].create({"name": "Partner"})
        reward = self._create_reward(member_tag_ids=tag.ids)
        self._give_points(self.acme, 500)
        order = self._prepare_quotation(self.ann)

        with self.assertRaisesRegex(UserError, "for chosen members only"):
            self._apply(order, reward)
        self.acme.member_tag_ids = tag
        self.assertIn(reward, self._get_claimable(order))

    def test_where_only_chosen_contacts_spend_the_others_earn(self):
        reward = self._create_reward()
        self.program.purse_spenders = "chosen"
        self.ann.member_may_spend = True
        self._give_points(self.acme, 500)

        claimable = {
            partner: self._get_claimable(self._prepare_quotation(partner))
            for partner in (self.ann, self.bob, self.acme)
        }

        self.assertEqual(
            claimable,
            {self.ann: reward, self.bob: self.env["loyalty.reward"], self.acme: reward},
        )
        order = self._prepare_quotation(self.bob)
        with self.assertRaisesRegex(UserError, "Bob may not spend the points of Acme"):
            self._apply(order, reward)

    def test_rewards_of_other_programs_are_left_alone(self):
        promotion = self.env["loyalty.program"].create(
            {
                "name": "Ten off",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [Command.create({"minimum_qty": 1})],
                "reward_ids": [Command.create({"discount": 10})],
            }
        )
        order = self._prepare_quotation(self.acme)

        self.assertIn(promotion.reward_ids, self._get_claimable(order))

    def test_a_salesperson_claims_rewards_without_seeing_them_all(self):
        reward = self._create_reward(100, [(self.gold, 60)])
        self._give_points(self.acme, 500)
        order = self._prepare_quotation(self.acme)
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        order.user_id = seller

        order.with_user(seller)._apply_program_reward(
            reward.with_user(seller), self._get_card(self.acme).with_user(seller)
        )

        self.assertEqual(self._get_lines(order, reward).points_cost, 100)

    def test_pressing_promotions_on_a_confirmed_order_keeps_its_rewards(self):
        reward = self._create_reward(100)
        self._give_points(self.acme, 100)
        self.rule.active = False
        order = self._prepare_quotation(self.acme)
        self._claim(order, reward)
        order.action_confirm()

        order._update_programs_and_rewards()

        line = self._get_lines(order, reward)
        self.assertRecordValues(line, [{"points_cost": 100, "price_unit": -20}])
        self.assertEqual(self._get_points(self.acme), 0)

    def test_a_tier_that_is_lost_later_leaves_confirmed_orders_alone(self):
        reward = self._create_reward(member_tier_ids=self.gold.ids)
        membership = self._enroll(self.acme, tier=self.gold)
        self._give_points(self.acme, 100)
        order = self._prepare_quotation(self.acme)
        self._claim(order, reward)
        order.action_confirm()

        membership._assign_tier(self.ordinary, "For the test")
        order._update_programs_and_rewards()

        self.assertEqual(order.amount_total, 180)
