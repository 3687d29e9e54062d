from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.member_loyalty.logic.breakage import Demands
from odoo.addons.member_loyalty.logic.point_posting import Posting

from .owed_common import OwedCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPointLiability(OwedCommon):
    """What is owed in points, today and on any day in the past."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.points_value_fixed = 0.10
        cls.ada = cls._create_customer()

    def _get_rows(self, program=None):
        self.env.flush_all()
        rows = self.env["member.point.liability"].search(
            [("program_id", "=", (program or self.program).id)]
        )
        return {row.expiry_month: row for row in rows}

    def _get_day(self, day, program=None):
        wizard = self.env["member.point.liability.day"].create(
            {"day": day, "program_ids": (program or self.program).ids}
        )
        wizard.action_show()
        return {line.expiry_month: line.points for line in wizard.line_ids}

    def test_open_points_are_owed_by_the_month_in_which_they_expire(self):
        self._post(self.ada, 100, until="2026-05-01")
        self._post(self.ada, 50, until="2026-05-02")
        self._post(self.ada, 200)

        rows = self._get_rows()

        self.assertEqual(
            {month: row.points for month, row in rows.items()},
            {date(2026, 4, 1): 100, date(2026, 5, 1): 50, False: 200},
        )
        self.assertAlmostEqual(rows[False].nominal_value, 20)
        self.assertEqual(rows[False].currency_id, self.env.company.currency_id)

    def test_points_that_have_expired_are_owed_no_more_before_the_sweep(self):
        self._post(self.ada, 100, until="2026-03-15 10:00:00")

        self.assertFalse(self._get_rows())

    def test_the_last_month_is_that_of_the_company(self):
        self.env.company.partner_id.tz = "Asia/Tokyo"
        self._post(self.ada, 100, until="2026-04-30 15:00:00")

        self.assertEqual(list(self._get_rows()), [date(2026, 4, 1)])

    def test_the_programs_own_estimate_lowers_what_is_expected(self):
        self.program.points_expected_redemption = 80
        self._post(self.ada, 1000)

        row = self._get_rows()[False]

        self.assertAlmostEqual(row.nominal_value, 100)
        self.assertAlmostEqual(row.expected_value, 80)
        self.assertAlmostEqual(row.expected_share, 0.8)

    def test_a_point_is_worth_what_the_best_reward_gives(self):
        self.program.points_value_fixed = 0
        self.assertEqual(self.program.points_value, 1)

        self._create_reward(discount_mode="per_order", discount=100)

        self.assertEqual(self.program.points_value, 2)

    def test_a_day_in_the_past_is_told_from_the_entries(self):
        self._post(self.ada, 100, at="2026-01-10")
        self._post(self.ada, -30, at="2026-02-10")
        self._post(self.ada, 50, at="2026-03-10")

        self.assertEqual(self._get_day("2026-01-09"), {})
        self.assertEqual(self._get_day("2026-01-31"), {False: 100})
        self.assertEqual(self._get_day("2026-02-10"), {False: 70})
        self.assertEqual(self._get_day("2026-03-15"), {False: 120})

    def test_today_as_a_day_is_what_the_report_says(self):
        for points, until in ((70, "2026-04-01"), (30, "2026-08-09"), (11.5, None)):
            self._post(self.ada, points, until=until)
        self._post(self.ada, -45.25, at="2026-03-14")

        report = {month: row.points for month, row in self._get_rows().items()}

        self.assertEqual(self._get_day("2026-03-15"), report)

    def test_a_day_in_the_past_knows_the_expiry_of_that_day(self):
        lot = self._post(self.ada, 100, at="2026-01-10", until="2026-02-01")
        self._post(
            self.ada,
            0,
            at="2026-01-20",
            kind="adjusted",
            until="2026-06-01",
            lot_id=lot.id,
        )

        self.assertEqual(self._get_day("2026-01-15"), {date(2026, 1, 1): 100})
        self.assertEqual(self._get_day("2026-01-25"), {date(2026, 5, 1): 100})
        self.assertEqual(self._get_day("2026-02-15"), {date(2026, 5, 1): 100})

    def test_a_day_that_has_not_come_is_refused(self):
        with self.assertRaisesRegex(UserError, "has not come yet"):
            self._get_day("2026-03-16")

    def test_each_company_has_its_own(self):
        other = self._create_company(currency="JPY")
        club = self._create_program(company=other)
        club._start_points()
        self._post(self.ada, 100)
        self._post(self.ada, 700, card=self._card_of(self.ada, club))
        officer = self._create_user("of_other", "officer")
        officer.write({"company_ids": other.ids, "company_id": other.id})

        rows = self.env["member.point.liability"].with_user(officer).search([])

        self.assertEqual(rows.program_id, club)
        self.assertEqual((rows.points, rows.currency_id.name), (700, "JPY"))

    def test_officers_look_and_salespeople_do_not(self):
        self._post(self.ada, 100)
        report = self.env["member.point.liability"]
        officer = self._create_user("officer", "officer")
        sales = self._create_user("sales", "sales_team.group_sale_salesman")

        self.assertTrue(report.with_user(officer).search([]))
        with self.assertRaises(AccessError):
            report.with_user(sales).search([])

    def test_an_officer_asks_for_a_day(self):
        self._post(self.ada, 100)
        officer = self._create_user("officer", "officer")
        wizard = (
            self.env["member.point.liability.day"]
            .with_user(officer)
            .create({"day": "2026-03-15", "program_ids": self.program.ids})
        )

        action = wizard.action_show()
        rows = self.env[action["res_model"]].with_user(officer).search(action["domain"])

        self.assertEqual(rows.mapped("points"), [100])

    def test_stored_value_is_owed_as_it_is(self):
        self.program.points_expected_redemption = 50
        native = self.program._start_stored_value()
        card = self.env["loyalty.card"].create(
            {"program_id": native.id, "partner_id": self.ada.id}
        )
        self._post(self.ada, 80, card=card)

        row = self._get_rows()[False]

        self.assertEqual(row.kind, "ewallet")
        self.assertEqual((row.nominal_value, row.expected_value), (80, 80))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPointRedemption(OwedCommon):
    """How many points will be used, measured from the company's own lots."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.points_value_fixed = 0.10
        cls.ada = cls._create_customer()
        cls.startClassPatcher(
            cls._patch_demands(Demands(lots=3, months=3)),
        )

    @classmethod
    def _patch_demands(cls, demands):
        from unittest.mock import patch

        return patch.object(type(cls.program), "_get_demands", lambda self: demands)

    def _live(self, given="2025-01-01"):
        """Let 400 points be given: half is used after 1.5 months, half expires."""
        for name in ("Bea", "Cid", "Dan", "Eve"):
            customer = self._create_customer(name)
            self._post(customer, 100, at=given, until="2025-07-01")
            self._post(customer, -50, at="2025-02-15")
            self._post(customer, -50, at="2025-07-01 12:00", kind="expired")

    def _post(self, customer, points, at="2026-03-01", kind=None, **values):
        if kind != "expired":
            return super()._post(customer, points, at=at, kind=kind, **values)
        lot = self.env["member.point.lot"].search(
            [("card_id", "=", self._card_of(customer).id)], limit=1
        )
        return self.env["member.point.ledger"]._post(
            [
                Posting(
                    lot.card_id.id,
                    "expired",
                    lot.remaining * -1 and -self._exact(lot.remaining),
                    datetime.fromisoformat(at),
                    lot_id=lot.entry_id.id,
                )
            ]
        )

    def _exact(self, points):
        from odoo.addons.member_loyalty.logic.purchase_posting import exact

        return exact(points)

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
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    spent.card_id.id,
                    "reversed",
                    self._exact(20),
                    datetime(2025, 3, 1),
                    restores=tuple(
                        self._allocation(one) for one in spent.allocation_ids
                    ),
                )
            ]
        )

        self.assertEqual(before - self._get_used(), 20)

    def _get_used(self):
        exits = self.program._get_exits(datetime(2026, 3, 15))
        return sum(row.used for row in exits)

    def _allocation(self, row):
        from odoo.addons.member_loyalty.logic.point_lots import Allocation

        return Allocation(row.lot_id.id, self._exact(row.points))

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

        self.assertEqual(sum(row.total for row in exits), self._exact("475.5"))

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
