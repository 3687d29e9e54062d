from datetime import timedelta
from decimal import Decimal

from odoo.tests import tagged

from odoo.addons.member_loyalty.logic.tier_qualification import decide
from odoo.addons.member_loyalty.tests.common import TODAY

from ..logic.tier_keeping import Need, Year, find_keeping_amount
from ..queries.tier_keeping import find_effect, find_ways
from .tier_loss_common import REVIEW, TierLossCommon

CENT = Decimal("0.01")


@tagged("post_install", "-at_install")
class TestTierLossOracle(TierLossCommon):
    """The statement says what the pure rules say, and what the evaluation then does."""

    def _measure_needs(self, program, membership, review):
        """Return the ways to keep the tier in plain Python."""
        ladder = program._get_ladder()
        figures = self._measure(program, membership.partner_id, review)
        last_day = review - timedelta(days=1)
        ways = []
        for rule in find_ways(ladder, ladder.rank(membership.tier_id.id)):
            way = []
            for condition in rule.conditions:
                first = condition.figure.window.days_as_of(
                    review, membership.joined_on or None
                ).first
                reaches = not first or first <= last_day
                way.append(
                    Need(
                        find_effect(condition.figure) if reaches else "",
                        figures[condition.figure],
                        condition.threshold,
                        condition.operator == "<",
                    )
                )
            ways.append(way)
        return figures, ways

    def _compare(self, seed):
        random = self._get_random(seed)
        program = self._create_random_program(random)
        program.next_fall_on = REVIEW
        members = self._create_crowd(random, 40, program)
        self._forecast(program)
        losses = 0
        for membership in members:
            forecast = self._get_forecast(membership.partner_id)
            figures, ways = self._measure_needs(program, membership, REVIEW)
            move = decide(
                figures,
                program._get_ladder(),
                self._get_standing(membership),
                REVIEW,
                True,
            ).move
            self.assertEqual(forecast.has_tier_loss, move == "down", (seed, figures))
            if not forecast.has_tier_loss:
                continue
            losses += 1
            expected = find_keeping_amount(ways, CENT)
            self.assertEqual(forecast.keeping_amount, float(expected), (seed, ways))
            self._try_the_order(membership, forecast, expected, ways)
        return losses

    def _try_the_order(self, membership, forecast, amount, ways):
        """Book the order, and one of a cent less, and hold the review."""
        last_day = forecast.tier_loss_on
        if not amount:
            self.assertTrue(self._falls_after(membership, 10**7, last_day), ways)
            return
        self.assertFalse(self._falls_after(membership, amount, last_day), ways)
        if amount > CENT:
            less = amount - CENT
            self.assertTrue(self._falls_after(membership, less, last_day), ways)

    def test_losses_and_orders_are_those_of_the_rules_and_of_the_review(self):
        losses = sum(self._compare(seed) for seed in range(6))

        self.assertGreater(losses, 30)

    def test_chances_are_those_of_the_pure_rules(self):
        random = self._get_random(11)
        program = self._create_random_program(random)
        program.next_fall_on = REVIEW
        members = self._create_crowd(random, 220, program)
        self._forecast(program)
        review = program._prepare_review(REVIEW, TODAY, None)
        since = TODAY - timedelta(days=364)
        compared = 0
        for membership in members:
            forecast = self._get_forecast(membership.partner_id)
            if not forecast.has_tier_loss:
                continue
            rows = self.env["member.activity"].search(
                [
                    ("partner_id", "=", membership.partner_id.id),
                    ("date", ">=", since),
                    ("date", "<=", TODAY),
                ]
            )
            year = Year(sum(rows.mapped("order_count")), sum(rows.mapped("amount")))
            _figures, ways = self._measure_needs(program, membership, REVIEW)
            chance = review.reference.loss_chance(ways, year)
            self.assertEqual(forecast.has_tier_loss_chance, chance is not None)
            if chance is not None:
                compared += 1
                self.assertAlmostEqual(forecast.tier_loss_chance, chance, delta=0.0051)
        self.assertGreater(compared, 20)
