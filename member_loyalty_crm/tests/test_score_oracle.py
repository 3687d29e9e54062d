from datetime import timedelta
from random import Random

from odoo.tests import freeze_time, tagged

from odoo.addons.member_loyalty.tests.common import TODAY

from .score_common import ScoreCommon

GAPS = [-3, 0, 1, 5, 30, 59, 60, 61, 89, 90, 91, 120, 180, 181, 270, 360, 361, 400]
OLD_GAPS = [729, 730, 731, 800, 1100]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestScoreOracle(ScoreCommon):
    """The statement says of every member what the pure rules say."""

    def test_the_statement_says_what_the_pure_rules_say(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                self._check_random(Random(seed))

    def test_a_member_who_is_a_contact_is_scored_by_the_contact_s_purchases(self):
        for seed in range(2):
            with self.subTest(seed=seed):
                self._check_random(Random(f"contact {seed}"), member_level="contact")

    def _check_random(self, random, **values):
        self.program.active = False
        self.program = self._create_program(**values)
        self.program._start_points()
        self._change_settings(random)
        customers = self._create_crowd(random)
        company = self._create_company(f"Rival {random.random()}")
        self._book(customers[0], 7777, TODAY, company=company)

        for day in (TODAY, TODAY + timedelta(days=1)):
            self._score(day=day)

            self._check_scores(day)
            self.assertEqual(self._score(day=day), 0)

    def _check_scores(self, day):
        expected = self._expect_scores(self.program, day)
        scores = self.env["member.score"].search(
            [("company_id", "=", self.program.company_id.id)]
        )
        self.assertEqual(set(scores.partner_id.ids), set(expected))
        for score in scores:
            facts, told = expected[score.partner_id.id]
            self.assertEqual(self._read_score(score), told, (facts, day))
            self.assertEqual(score.order_count, facts.order_count)
            self.assertAlmostEqual(score.amount, float(facts.amount), 2)
            days = facts.purchase_days
            self.assertEqual(score.first_purchase_on or None, min(days, default=None))
            self.assertEqual(score.last_purchase_on or None, max(days, default=None))

    def _change_settings(self, random):
        self.program.write(
            {
                "score_months": random.choice([1, 12, 24, 60]),
                "score_weight_tier": random.randint(0, 40),
                "score_weight_points": random.randint(0, 40),
                "score_weight_inquiries": random.randint(0, 40),
                "score_warning_factor": random.choice([1, 1.5, 2.25]),
                "score_win_back_factor": random.choice([2.3, 3, 4]),
                "score_new_days": random.choice([30, 60, 90]),
                "score_rhythm_minimum": random.choice([1, 10, 30]),
                "score_won_back_days": random.choice([1, 60, 90]),
            }
        )

    def _create_crowd(self, random, size=20):
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(size)]
        )
        if self.program.member_level == "contact":
            customers[1::2].parent_id = customers[0]
        memberships = self._enroll(*customers, program=self.program)
        for membership in memberships:
            self._put_tier(membership, random.choice(self.program.tier_ids))
        for customer in customers:
            self._give_history(random, customer)
        memberships[3].active = False
        return customers

    def _put_tier(self, membership, tier):
        membership._write_tier({"tier_id": tier.id})

    def _give_history(self, random, customer):
        for number in range(random.choice([0, 1, 1, 2, 3, 5, 8])):
            gap = random.choice(GAPS if random.random() < 0.85 else OLD_GAPS)
            key = f"random,{customer.id},{number}"
            amount = random.choice([50, 99.99, 100, 100, 150, 0.01])
            on = TODAY - timedelta(days=gap)
            self._book(customer, amount, on, source_key=key)
            if random.random() < 0.25:
                self._change_mind(random, customer, key, amount, on)
        if random.random() < 0.3:
            self._set_points(customer, random.choice([1, 1, 2.5, 10]))
        if random.random() < 0.3:
            gap = random.choice([0, 364, 365, 366])
            self._inquire(customer, TODAY - timedelta(days=gap), random.randint(1, 3))

    def _change_mind(self, random, customer, key, amount, on):
        """Take an order back, in part or as a whole, and perhaps confirm it again."""
        later = on + timedelta(days=random.choice([0, 1, 40]))
        values = {"source_key": key, "revision": 2}
        if random.random() < 0.3:
            self._book(customer, -3 * amount, later, count=0, **values)
            return
        self._book(customer, -amount, later, count=-1, **values)
        if random.random() < 0.3:
            self._book(customer, amount, later, source_key=key, revision=3)
