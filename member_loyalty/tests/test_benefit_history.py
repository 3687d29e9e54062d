from odoo.tests import tagged

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
class TestBenefitHistory(PriceCommon):
    """What was used stays used, whatever becomes of the member or the benefit."""

    def _get_left(self, benefit):
        membership = self._get_membership(self.ada)
        return benefit._get_available(membership, self.env.company._member_today())

    def test_uses_count_in_another_period_too(self):
        sample = self._create_benefit(kind="product", quota=1, cost=3)
        order = self._create_order(self.ada, 100)
        order._claim_benefit(sample)

        sample.quota_period = "month"

        self.assertEqual(self._get_left(sample), 0)

    def test_a_use_goes_back_to_the_period_where_it_counts_now(self):
        sample = self._create_benefit(kind="product", quota=1, cost=3)
        order = self._create_order(self.ada, 100)
        line = order._claim_benefit(sample)
        sample.quota_period = "ever"

        line.unlink()

        self.assertEqual(self._get_left(sample), 1)
        sample.quota_period = "month"
        self.assertEqual(self._get_left(sample), 1)

    def test_uses_of_earlier_months_stay_there(self):
        sample = self._create_benefit(quota=1, quota_period="month")
        sample._use(self._get_membership(self.ada))
        self._travel_to("2026-04-01 10:00:00")

        sample.quota_period = "quarter"

        self.assertEqual(self._get_left(sample), 1)
        sample.quota_period = "year"
        self.assertEqual(self._get_left(sample), 0)

    def test_who_leaves_the_program_has_used_it_all_the_same(self):
        sample = self._create_benefit(kind="product", quota=1, cost=3)
        order = self._quote(self.ada)
        order._claim_benefit(sample)
        order.action_confirm()
        self._get_membership(self.ada).active = False

        order.order_line[0].product_uom_qty = 2

        self.assertEqual(self._get_uses(sample), [(1, 3)])
        self.assertEqual(sum(t for t, _c in self._get_uses(self.discount)), 1)

    def test_an_order_keeps_the_use_of_a_price_list_that_is_given_no_more(self):
        first = self._create_pricelist(10)
        benefit = self._create_benefit("pricelist", self.gold, pricelist_id=first.id)
        grace = self._create_member("Grace", tier=self.gold)
        order = self._quote(grace)
        order.action_confirm()
        booked = self._get_uses(benefit)
        benefit.pricelist_id = self._create_pricelist(20)

        order.order_line.product_uom_qty = 2

        self.assertEqual(booked, [(1, 10)])
        self.assertEqual(sum(times for times, _cost in self._get_uses(benefit)), 1)
