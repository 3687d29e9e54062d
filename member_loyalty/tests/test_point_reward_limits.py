from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .reward_common import RewardCommon


@tagged("post_install", "-at_install")
class TestPointRewardLimits(RewardCommon):
    """What an order has to be like for a reward, and how much points pay of it."""

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
