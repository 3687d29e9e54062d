from datetime import date, timedelta

from odoo.tests import tagged

from .common import TODAY
from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationScope(EvaluationCommon):
    """Looking at those with news gives what looking at everybody gives."""

    def _compare(self, seed, days):
        """Let twin programs, one of each kind, meet the same days and purchases."""
        self._travel_to("2026-03-15 10:00:00")
        random = self._get_random(seed)
        careful = self._create_random_program(random, name="Careful")
        quick = careful.copy({"name": "Quick"})
        members = self._create_crowd(random, 40, careful)
        for membership in members:
            self._put(
                membership,
                tier_id=careful._get_tiers()[0].id,
                tier_since=TODAY,
                valid_until=None,
                joined_on=TODAY,
                automatic=True,
                granted_until=None,
            )
        quick._enroll_partners(members.partner_id, "hand")
        for program in (careful, quick):
            program._evaluate(TODAY)
        looked_at = 0
        day = TODAY
        for gap in days:
            day += timedelta(days=gap)
            self._travel_to(f"{day} 10:00:00")
            self._book_news(random, members.partner_id, day)
            careful._evaluate(day, scope="all")
            looked_at += quick._evaluate(day, scope="touched").evaluated_count
            told, expected = self._tell(quick), self._tell(careful)
            differing = {
                partner: (told[partner], standing)
                for partner, standing in expected.items()
                if told[partner] != standing
            }
            self.assertFalse(differing, f"seed {seed}, {day}: told, expected")
        return looked_at

    def _book_news(self, random, partners, day):
        for partner in random.sample(list(partners), 3):
            self._book(
                partner,
                random.choice([-50, 50, 100, 150]),
                on=day - timedelta(days=random.choice([0, 0, 0, 1, 10, 40, -3])),
                count=random.choice([-1, 0, 1]),
            )

    def _tell(self, program):
        """Return each member's rank and dates; the twins have tiers of their own."""
        ladder = program._get_ladder()
        memberships = self.env["member.membership"].search(
            [("program_id", "=", program.id)]
        )
        return {
            partner: (ladder.rank(tier), since, until)
            for partner, (tier, since, until) in self._get_standings(
                memberships
            ).items()
        }

    def test_day_after_day(self):
        looked_at = sum(self._compare(seed, [1] * 6) for seed in range(4))

        self.assertLess(looked_at, 40 * 6 * 4)

    def test_with_days_left_out(self):
        for seed in range(4, 8):
            self._compare(seed, [2, 14, 1, 31, 300])

    def test_a_credit_note_that_drops_out_of_the_window_lets_a_member_rise(self):
        customer = self._create_customer()
        self._enroll(customer)
        self._book(customer, 1100, on=date(2025, 6, 1))
        self._book(customer, -200, on=date(2025, 3, 16))
        self.program._evaluate(TODAY)
        self.assertEqual(self._get_tier(customer), "Ordinary")
        self._travel_to("2026-03-25 10:00:00")

        run = self.program._evaluate(date(2026, 3, 25), scope="touched")

        self.assertEqual((run.scope, run.risen_count), ("touched", 1))

    def test_a_purchase_dated_ahead_counts_when_its_day_comes(self):
        customer = self._create_customer()
        self._enroll(customer)
        self._book(customer, 1100, on=date(2026, 3, 25))
        self.program._evaluate(TODAY)
        self.assertEqual(self._get_tier(customer), "Ordinary")
        self._travel_to("2026-03-25 10:00:00")

        self.program._evaluate(date(2026, 3, 25), scope="touched")

        self.assertEqual(self._get_tier(customer), "Silver")

    def test_who_joined_since_is_looked_at(self):
        customer = self._create_customer()
        self._book(customer, 1100)
        self.program._evaluate(TODAY)
        self._travel_to("2026-03-25 10:00:00")
        self._enroll(customer)

        self.program._evaluate(date(2026, 3, 25), scope="touched")

        self.assertEqual(self._get_tier(customer), "Silver")

    def test_who_came_back_is_looked_at(self):
        customer = self._create_customer()
        self._book(customer, 1100)
        [membership] = self._enroll(customer)
        membership.active = False
        self.program._evaluate(TODAY)
        self._travel_to("2026-04-25 10:00:00")
        self._enroll(customer)

        self.program._evaluate(date(2026, 4, 25), scope="touched")

        self.assertEqual(self._get_tier(customer), "Silver")
