from datetime import date, timedelta

from odoo.tests import tagged

from .evaluation_common import EvaluationCommon

JANUARY = date(2026, 1, 5)
CROWD = 12


@tagged("post_install", "-at_install")
class TestEvaluationSchedule(EvaluationCommon):
    """Members rise on the day, fall once a month, and missed days are caught up."""

    def _go(self, day):
        self._travel_to(f"{day} 08:00:00")
        self._catch_up(self.program)

    def _buy(self, customer, amount, on):
        self._travel_to(f"{on} 12:00:00")
        return self._confirm_order(customer, amount)

    def test_a_member_rises_on_the_order_that_takes_them_there(self):
        customer = self._create_customer()
        order = self._buy(customer, 999.99, "2026-03-15")
        self.assertEqual(self._get_tier(customer), "Ordinary")

        order.order_line.price_unit = 1000

        [membership] = self._get_membership(customer)
        self.assertEqual(membership.tier_id, self.silver)
        self.assertEqual(str(membership.tier_since), "2026-03-15")
        self.assertEqual(str(membership.valid_until), "2026-03-31")

    def test_one_order_can_lift_over_several_tiers(self):
        customer = self._create_customer()
        self._buy(customer, 10000, "2026-03-15")

        self.assertEqual(self._get_tier(customer), "Gold")
        decision = self._get_membership(customer).decision_ids.filtered("figures")
        self.assertEqual(decision.event, "up")
        self.assertEqual(list(decision.figures.values()), [10000])

    def test_nobody_falls_on_the_event_nor_before_the_review(self):
        customer = self._create_customer()
        self._go("2026-03-15")
        self._buy(customer, 1000, "2026-03-16")._action_cancel()
        self.assertEqual(self._get_tier(customer), "Silver")

        self._go("2026-03-31")
        self.assertEqual(self._get_tier(customer), "Silver")

        self._go("2026-04-01")
        [membership] = self._get_membership(customer)
        self.assertEqual(membership.tier_id, self.ordinary)
        self.assertFalse(membership.valid_until)

    def test_a_tier_is_kept_until_its_term_ends(self):
        self.program.term_months = 3
        customer = self._create_customer()
        self._buy(customer, 1000, "2026-03-16")._action_cancel()
        for day, tier in (
            ("2026-06-01", "Silver"),
            ("2026-06-15", "Silver"),
            ("2026-06-30", "Silver"),
            ("2026-07-01", "Ordinary"),
        ):
            self._go(day)
            self.assertEqual(self._get_tier(customer), tier, day)

    def test_who_still_deserves_the_tier_is_promised_it_anew(self):
        customer = self._create_customer()
        self._buy(customer, 1000, "2026-03-16")

        self._go("2026-04-01")

        [membership] = self._get_membership(customer)
        self.assertEqual(str(membership.valid_until), "2026-04-30")
        self.assertEqual(str(membership.tier_since), "2026-03-16")

    def test_the_last_day_in_the_window_still_counts(self):
        customer = self._create_customer()
        self._buy(customer, 1000, "2026-03-15")
        for day, tier in (
            ("2027-03-01", "Silver"),
            ("2027-03-14", "Silver"),
            ("2027-03-31", "Silver"),
            ("2027-04-01", "Ordinary"),
        ):
            self._go(day)
            self.assertEqual(self._get_tier(customer), tier, day)

    def test_the_review_comes_once_a_month(self):
        for day in ("2026-04-01", "2026-04-02", "2026-04-30", "2026-05-01"):
            self._go(day)
            self._go(day)

        runs = self.env["member.evaluation.run"].search(
            [("program_id", "=", self.program.id)]
        )
        reviews = runs.filtered("may_fall").mapped("as_of")
        self.assertEqual(sorted(map(str, reviews)), ["2026-04-01", "2026-05-01"])
        self.assertEqual(str(self.program.next_fall_on), "2026-06-01")

    def test_missed_reviews_are_held_at_their_days(self):
        self._go("2026-03-20")

        self._go("2026-06-10")

        runs = self.env["member.evaluation.run"].search(
            [("program_id", "=", self.program.id), ("may_fall", "=", True)]
        )
        self.assertEqual(
            sorted(map(str, runs.mapped("as_of"))),
            ["2026-04-01", "2026-05-01", "2026-06-01"],
        )
        self.assertEqual(str(self.program.evaluated_until), "2026-06-10")

    def test_another_review_day_counts_from_now_on(self):
        self._travel_to("2026-03-20 08:00:00")
        self.program.fall_day = 25
        self.assertEqual(str(self.program.next_fall_on), "2026-03-25")

        self._go("2026-03-25")

        self.assertEqual(str(self.program.next_fall_on), "2026-04-25")

    def test_a_review_that_is_late_never_goes_back_behind_a_run(self):
        customer = self._create_customer()
        self._book(customer, 1000, on=date(2025, 4, 2))
        self._enroll(customer, tier=self.silver)
        self._travel_to("2026-04-02 07:00:00")
        self.program._evaluate(date(2026, 4, 2), may_fall=True)
        self.assertEqual(self._get_tier(customer), "Ordinary")

        self._go("2026-04-02")

        self.assertEqual(self._get_tier(customer), "Ordinary")
        self.assertEqual(str(self.program.next_fall_on), "2026-05-01")

    def test_the_program_s_day_is_the_company_s(self):
        self.company.partner_id.tz = "Asia/Tokyo"
        self._travel_to("2026-03-31 16:00:00")

        self._catch_up(self.program)

        self.assertEqual(str(self.program.evaluated_until), "2026-04-01")
        self.assertEqual(str(self.program.next_fall_on), "2026-05-01")


@tagged("post_install", "-at_install")
class TestEvaluationCatchUp(EvaluationCommon):
    """A scheduled action that was off ends where one that ran every day ends."""

    def _create_twins(self, **values):
        self._travel_to(f"{JANUARY} 08:00:00")
        self.program.active = False
        ladder = [
            self._prepare_tier("Ordinary", 0),
            self._prepare_tier(
                "Silver", 1, 100, window_type="rolling_days", window_length=20
            ),
            self._prepare_tier(
                "Gold", 2, 250, window_type="rolling_months", window_length=1
            ),
        ]
        daily = self.env["member.program"].create(
            {"name": "Daily", "tier_ids": ladder, **values}
        )
        return daily, daily.copy({"name": "Off"})

    def _live(self, random, partners, day):
        """Let some members buy, cancel, and be credited."""
        self._travel_to(f"{day} 12:00:00")
        for partner in random.sample(list(partners), 2):
            if random.random() < 0.5:
                self._book(
                    partner, random.choice([60, 120, 300, -60]), on=day
                )._let_members_rise()

    def _tell(self, program):
        """Return each member's rank and the last day it is promised.

        Since when can differ: a review that is late sees its whole day, one in time
        only the night before.
        """
        ladder = program._get_ladder()
        memberships = self.env["member.membership"].search(
            [("program_id", "=", program.id)]
        )
        return {
            partner: (ladder.rank(tier), until)
            for partner, (tier, _since, until) in self._get_standings(
                memberships
            ).items()
        }

    def _compare(self, seed, is_on, days=110, **values):
        random = self._get_random(seed)
        daily, off = self._create_twins(**values)
        partners = self.env["res.partner"].create(
            [{"name": f"Member {number}"} for number in range(CROWD)]
        )
        for program in (daily, off):
            program._enroll_partners(partners, "hand")
        for number in range(days):
            day = JANUARY + timedelta(days=number)
            self._travel_to(f"{day} 08:00:00")
            self._catch_up(daily)
            if is_on(number):
                self._catch_up(off)
            self._live(random, partners, day)
        self._travel_to(f"{JANUARY + timedelta(days=days)} 08:00:00")
        self._catch_up(daily, off)

        told, expected = self._tell(off), self._tell(daily)
        self.assertEqual(
            {who: told[who] for who in told if told[who] != expected[who]},
            {who: expected[who] for who in told if told[who] != expected[who]},
            f"seed {seed}",
        )
        return daily

    def test_off_for_a_week(self):
        daily = self._compare(1, lambda number: not 20 <= number < 30)

        memberships = self.env["member.membership"].search(
            [("program_id", "=", daily.id)]
        )
        events = memberships.decision_ids.mapped("event")
        self.assertGreater(events.count("up"), CROWD)
        self.assertGreater(events.count("down"), CROWD // 2)

    def test_off_for_three_months(self):
        self._compare(2, lambda number: not 10 <= number < 100)

    def test_off_all_the_time(self):
        self._compare(3, lambda number: number == 0)

    def test_off_every_other_week(self):
        self._compare(4, lambda number: number // 7 % 2)

    def test_off_for_three_months_with_terms(self):
        self._compare(5, lambda number: not 10 <= number < 100, term_months=2)
