import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..logic.breakage import Demands
from ..logic.point_lots import Allocation
from ..logic.purchase_posting import exact
from .owed_common import OwedCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPointRedemption(OwedCommon):
    """How many points will be used, measured from the company's own lots."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.points_value_fixed = 0.10
        cls.ada = cls._create_customer()
        few = Demands(lots=3, months=3)
        cls.startClassPatcher(
            patch.object(type(cls.program), "_get_demands", lambda self: few)
        )

    def _live(self, given="2025-01-01"):
        """Let 400 points be given: half is used after 1.5 months, half expires."""
        for name in ("Bea", "Cid", "Dan", "Eve"):
            customer = self._create_customer(name)
            self._post(customer, 100, at=given, until="2025-07-01")
            self._post(customer, -50, at="2025-02-15")
            self._expire(customer, at="2025-07-01 12:00")

    def _expire(self, customer, at):
        """Let what is left of the customer's first lot expire."""
        lot = self.env["member.point.lot"].search(
            [("card_id", "=", self._card_of(customer).id)], limit=1
        )
        left = lot.remaining
        self._post(customer, -left, at=at, kind="expired", lot_id=lot.entry_id.id)

    def test_half_of_the_points_are_used(self):
        self._live()

        self.program._measure_redemption()

        self.assertEqual(self.program.points_measured_share, 50)
        self.assertFalse(self.program.points_measured_lacking)
        self.assertEqual(
            (self.program.points_measured_lots, self.program.points_measured_points),
            (4, 400),
        )
        self.assertEqual(self.program.points_measured_oldest, date(2025, 1, 1))
        self.assertEqual(self.program.points_measured_months, 14)

    def test_older_points_are_less_likely_to_be_used(self):
        self._live()
        self._post(self.ada, 100, at="2026-03-10")
        self._post(self.ada, 100, at="2026-01-01", until="2026-07-01")

        self.program._measure_redemption()
        rows = self.env["member.point.liability"].search(
            [("program_id", "=", self.program.id)]
        )
        expected = {row.expiry_month: row.expected_points for row in rows}

        # 500 points reached the age of one month, 200 of them were used then
        self.assertAlmostEqual(expected[False], 40, 2)
        self.assertAlmostEqual(expected[date(2026, 6, 1)], 0, 2)

    def test_points_given_back_were_not_used(self):
        self._live()
        spent = self.env["member.point.entry"].search(
            [("kind", "=", "spent"), ("program_id", "=", self.program.id)], limit=1
        )
        before = self._get_used()
        taken = tuple(
            Allocation(row.lot_id.id, exact(row.points)) for row in spent.allocation_ids
        )
        self._post(
            None,
            20,
            at="2025-03-01",
            kind="reversed",
            card=spent.card_id,
            restores=taken,
        )

        self.assertEqual(before - self._get_used(), 20)

    def _get_used(self):
        exits = self.program._get_exits(datetime(2026, 3, 15))
        return sum(row.used for row in exits)

    def test_the_month_that_is_running_is_not_looked_at(self):
        self._post(self.ada, 100, at="2026-02-01")
        self._post(self.ada, -60, at="2026-03-05")

        [month] = self.program._get_exits(datetime(2026, 3, 15))

        self.assertEqual((month.age, month.used, month.open), (0, 0, 100))

    def test_every_point_is_in_exactly_one_exit(self):
        self._live()
        self._post(self.ada, 75.5, at="2025-09-03")
        self._post(self.ada, -20.25, at="2026-01-04")

        exits = self.program._get_exits(datetime(2026, 3, 15))

        self.assertEqual(sum(row.total for row in exits), exact("475.5"))

    def test_too_little_history_falls_back_to_the_programs_estimate(self):
        self.program.points_expected_redemption = 70
        self._post(self.ada, 100, at="2026-01-01")

        self.program.action_measure_redemption()

        self.assertEqual(self.program.points_measured_lacking, "lots")
        self.assertEqual(self.program.points_redeemed_share, 70)
        self.assertFalse(self.program.points_survival_ids)

    def test_the_weekly_job_measures(self):
        self._live()

        self._run_cron("measure_redemption")

        self.assertEqual(self.program.points_redeemed_share, 50)

    def test_measuring_again_replaces_the_curve(self):
        self._live()

        self.program._measure_redemption()
        ages = self.program.points_survival_ids.mapped("age")
        self.program._measure_redemption()

        self.assertEqual(self.program.points_survival_ids.mapped("age"), ages)

    def test_only_managers_measure(self):
        officer = self._create_user("officer", "officer")

        with self.assertRaises(AccessError):
            self.program.with_user(officer).action_measure_redemption()

    def test_the_statement_says_what_a_walk_over_all_lots_says(self):
        """The independent check: each lot followed on its own, in Python."""
        rng = random.Random(3)
        for number in range(12):
            customer = self._create_customer(f"Member {number}")
            held = 0
            for month in range(rng.randrange(2, 20)):
                at = datetime(2024, 6, 1) + timedelta(days=month * 31 + number)
                points = rng.randrange(1, 60)
                if held >= points and rng.random() < 0.6:
                    points = -points
                held += points
                self._post(customer, points, at=at.isoformat())
        moment = datetime(2026, 3, 15)

        exits = {
            row.age: (row.used, row.open) for row in self.program._get_exits(moment)
        }

        self.assertEqual(exits, self._walk(moment))

    def _walk(self, moment):
        """Return {age: (used, open)} by following each lot on its own."""
        found = defaultdict(lambda: [exact(0), exact(0)])
        lots = self.env["member.point.lot"].search(
            [("program_id", "=", self.program.id)]
        )
        for lot in lots:
            age = self._months(lot.earned_at, moment)
            left = exact(lot.points)
            taken = self.env["member.point.allocation"].search(
                [("lot_id", "=", lot.entry_id.id)]
            )
            for part in taken:
                at = self._months(lot.earned_at, part.entry_id.date)
                if at < age:
                    found[at][0] += exact(part.points)
                    left -= exact(part.points)
            if age and left:
                found[age - 1][1] += left
        return {age: tuple(pair) for age, pair in found.items()}

    @staticmethod
    def _months(begin, end):
        delta = relativedelta(end, begin)
        return delta.years * 12 + delta.months
