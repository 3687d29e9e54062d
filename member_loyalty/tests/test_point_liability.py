import random
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

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

    def test_a_row_opens_the_lots_behind_it(self):
        self.env.company.partner_id.tz = "Asia/Tokyo"
        april = self._post(self.ada, 100, until="2026-04-30 15:00:00")
        may = self._post(self.ada, 50, until="2026-04-30 15:00:01")
        never = self._post(self.ada, 7)

        opened = {
            month: self.env["member.point.lot"].search(row.action_open_lots()["domain"])
            for month, row in self._get_rows().items()
        }

        self.assertEqual(opened[date(2026, 4, 1)].entry_id, april)
        self.assertEqual(opened[date(2026, 5, 1)].entry_id, may)
        self.assertEqual(opened[False].entry_id, never)

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

    def test_every_day_owes_the_sum_of_the_entries_until_then(self):
        """An independent sum: without expiry, what is open is what was booked."""
        rng = random.Random(11)
        held = 0
        for step in range(40):
            points = rng.randrange(1, 90)
            if held >= points and rng.random() < 0.5:
                points = -points
            held += points
            at = datetime(2025, 6, 1) + timedelta(days=step * 5 + rng.randrange(5))
            self._post(self.ada, points, at=at.isoformat())
        Entry = self.env["member.point.entry"]

        for day in (date(2025, 6, 1), date(2025, 9, 9), date(2026, 1, 2)):
            [(booked,)] = Entry._read_group(
                [("program_id", "=", self.program.id), ("day", "<=", day)],
                aggregates=["points:sum"],
            )
            self.assertAlmostEqual(sum(self._get_day(day).values()), booked or 0)
