from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .reward_common import RewardCommon


@tagged("post_install", "-at_install")
class TestPointReward(RewardCommon):
    """Who may have a reward, and what it costs them, on every path."""

    def _apply(self, order, reward, partner=None):
        card = self._get_card(partner or order.partner_id)
        return order._apply_program_reward(reward, card)

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

    def test_a_reward_asks_for_an_order_amount(self):
        reward = self._create_reward(member_minimum_amount=200)
        self._give_points(self.acme, 500)
        small = self._prepare_quotation(self.acme, 199.99)
        exact = self._prepare_quotation(self.acme, 200)

        self.assertNotIn(reward, self._get_claimable(small))
        with self.assertRaisesRegex(UserError, r"from an order of .*200"):
            self._apply(small, reward)
        self.assertIn(reward, self._get_claimable(exact))

    def test_the_order_amount_is_asked_in_the_orders_currency(self):
        currency = self._enable_currency("EUR" if self._is_dollar() else "USD")
        self._set_rate(currency, 2)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": currency.id}
        )
        reward = self._create_reward(member_minimum_amount=100)
        self._give_points(self.acme, 500)
        low = self._prepare_quotation(self.acme, 150, pricelist_id=pricelist.id)
        high = self._prepare_quotation(self.acme, 200, pricelist_id=pricelist.id)

        self.assertNotIn(reward, self._get_claimable(low))
        self.assertIn(reward, self._get_claimable(high))

    def test_an_order_that_shrinks_below_the_amount_loses_the_reward(self):
        reward = self._create_reward(member_minimum_amount=200)
        self._give_points(self.acme, 500)
        order = self._prepare_quotation(self.acme, 200)
        self._claim(order, reward)

        order.order_line[0].price_unit = 150
        order._update_programs_and_rewards()

        self.assertFalse(self._get_lines(order, reward))

    def test_points_pay_their_part_of_the_order_and_no_more(self):
        reward = self._create_reward(
            1, discount_mode="per_point", discount=0.1, member_maximum_share=30
        )
        self._give_points(self.acme, 5000)
        order = self._prepare_quotation(self.acme, 200)

        line = self._claim(order, reward)

        self.assertRecordValues(line, [{"price_unit": -60, "points_cost": 600}])
        order.order_line[0].price_unit = 100
        order._update_programs_and_rewards()
        line = self._get_lines(order, reward)
        self.assertRecordValues(line, [{"price_unit": -30, "points_cost": 300}])

    def test_a_voucher_above_the_part_of_the_order_is_not_cut_but_refused(self):
        reward = self._create_reward(member_maximum_share=10)
        self._give_points(self.acme, 500)
        low = self._prepare_quotation(self.acme, 199)
        high = self._prepare_quotation(self.acme, 200)

        with self.assertRaisesRegex(UserError, "Points may pay 10% of an order"):
            self._apply(low, reward)
        self.assertEqual(self._claim(high, reward).price_unit, -20)

    def test_the_part_of_the_order_counts_all_that_points_pay(self):
        voucher = self._create_reward()
        rest = self._create_reward(
            1, discount_mode="per_point", discount=0.1, member_maximum_share=30
        )
        self._give_points(self.acme, 5000)
        order = self._prepare_quotation(self.acme, 200)

        self._claim(order, voucher)
        line = self._claim(order, rest)

        self.assertEqual(line.price_unit, -40)

    def test_the_part_of_the_order_counts_taxes(self):
        tax = self.env["account.tax"].create({"name": "VAT", "amount": 20})
        reward = self._create_reward(
            1, discount_mode="per_point", discount=0.1, member_maximum_share=50
        )
        self._give_points(self.acme, 5000)
        order = self._create_order(self.acme)
        order.order_line = [self._prepare_line(price_unit=100, tax_ids=tax.ids)]
        order._update_programs_and_rewards()

        self._claim(order, reward)

        self.assertEqual(order.amount_total, 60)

    def test_a_reward_that_takes_all_points_has_no_limit(self):
        with self.assertRaisesRegex(ValidationError, "cannot be limited"):
            self._create_reward(
                discount_mode="per_point", clear_wallet=True, member_maximum_share=50
            )

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

    def test_free_shipping_burns_no_points_without_a_delivery(self):
        if "is_delivery" not in self.env["sale.order.line"]._fields:
            self.skipTest("needs delivery")
        reward = self._create_reward(reward_type="shipping")
        self._give_points(self.acme, 500)
        order = self._prepare_quotation(self.acme)

        self.assertNotIn(reward, self._get_claimable(order))
        with self.assertRaisesRegex(UserError, "no delivery with a price"):
            self._apply(order, reward)

    def test_free_shipping_waits_without_cost_while_the_delivery_changes(self):
        if "is_delivery" not in self.env["sale.order.line"]._fields:
            self.skipTest("needs delivery")
        reward = self._create_reward(100, [(self.gold, 70)], reward_type="shipping")
        self._give_points(self.acme, 500)
        order = self._prepare_quotation(self.acme)
        order.order_line = [self._prepare_line(price_unit=15, is_delivery=True)]
        line = self._claim(order, reward)
        self.assertRecordValues(line, [{"price_unit": -15, "points_cost": 100}])

        order.order_line.filtered("is_delivery").price_unit = 0
        order._update_programs_and_rewards()
        line = self._get_lines(order, reward)
        self.assertRecordValues(line, [{"price_unit": 0, "points_cost": 0}])
        order.order_line.filtered("is_delivery").price_unit = 9
        order._update_programs_and_rewards()

        line = self._get_lines(order, reward)
        self.assertRecordValues(line, [{"price_unit": -9, "points_cost": 100}])

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

    def _is_dollar(self):
        return self.env.company.currency_id.name == "USD"

    def _set_rate(self, currency, rate):
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "rate": rate,
                "name": "2026-01-01",
                "company_id": self.env.company.id,
            }
        )
