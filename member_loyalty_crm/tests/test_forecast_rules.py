from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..logic.return_model import CutOff
from .forecast_common import ForecastCommon

YEAR = 365


@tagged("post_install", "-at_install")
class TestForecastRules(ForecastCommon):
    """What counts as coming back, and when nothing is said."""

    DAY = date(2026, 3, 15)
    BEFORE = date(2026, 2, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_customer()
        cls._enroll(cls.ada)

    def _get_example(self):
        [example] = self.program._get_examples(CutOff(self.BEFORE, 42))
        return example

    def test_an_order_taken_back_is_no_purchase(self):
        self._book(self.ada, 500, date(2026, 1, 10))
        for day, amount, count, revision in (
            (date(2026, 1, 20), 200, 1, 1),
            (date(2026, 1, 25), -200, -1, 2),
            (date(2026, 2, 10), 300, 1, 1),
            (date(2026, 2, 12), -300, -1, 2),
        ):
            self._book(
                self.ada,
                amount,
                day,
                count,
                source_key=f"order,{abs(amount)}",
                revision=revision,
            )

        example = self._get_example()

        self.assertEqual(example.past.recency, 22)
        self.assertEqual((example.past.days, example.past.orders), (1, 1))
        self.assertEqual(example.past.amount, 500)
        self.assertFalse(example.returned)

    def test_what_is_bought_from_another_company_is_not_looked_at(self):
        self._book(self.ada, 500, date(2026, 1, 10))
        self._book(
            self.ada, 900, date(2026, 1, 30), company=self._create_company("Southwind")
        )

        self.assertEqual(self._get_example().past.orders, 1)

    def test_contacts_are_looked_at_one_by_one_where_each_is_a_member(self):
        other = self._create_company("Southwind")
        program = self._create_program(company=other, member_level="contact")
        bob = self._create_customer("Bob", parent_id=self.ada.id)
        self._enroll(bob, program=program)
        self._book(bob, 500, date(2026, 1, 10), company=other)

        [example] = program._get_examples(CutOff(self.BEFORE, 42))

        self.assertEqual(example.past.orders, 1)

    def test_without_history_it_says_what_is_missing(self):
        self._book(self.ada, 500, date(2026, 1, 10))

        self.program._refresh_forecasts(self.DAY)

        model = self.program.return_model_ids
        self.assertEqual((model.verdict, model.obstacle), ("too_little", "history"))
        self.assertEqual((model.obstacle_have, model.obstacle_need), (65, 450))
        forecast = self._get_forecast(self.ada)
        self.assertFalse(forecast.has_return_chance)
        self.assertIn("65 days", forecast.note)
        self.assertEqual(self.program.return_model_reason, model.reason)

    def test_a_company_that_never_sold_is_told_so(self):
        self.program._refresh_forecasts(self.DAY)

        self.assertEqual(self.program.return_model_ids.obstacle, "history")
        self.assertFalse(self.program.return_model_ids.history_from)

    def test_few_members_are_too_few(self):
        self._book(self.ada, 500, date(2023, 1, 10))

        model = self.program._fit_return_model(self.DAY)

        self.assertEqual(model.obstacle, "trained_returned")
        self.assertIn("40 are needed", model.reason)

    def test_who_never_bought_has_a_row_without_a_chance(self):
        self.program._refresh_forecasts(self.DAY)

        self.assertFalse(self._get_forecast(self.ada).has_return_chance)

    def test_days_to_look_ahead_have_limits(self):
        for days in (-1, 0, 59, 731):
            with self.assertRaises(ValidationError):
                self.program.forecast_days = days
        self.program.forecast_days = 60

    def test_another_number_of_days_is_learnt_anew(self):
        self.program._refresh_forecasts(self.DAY)
        self.program.forecast_days = YEAR

        self.assertIn("Nothing was learnt yet", self.program.return_model_reason)
        self.program._refresh_forecasts(self.DAY)

        self.assertEqual(
            self.program.return_model_ids.mapped("horizon_days"), [365, 180]
        )

    def test_switched_off_nothing_is_kept(self):
        self.program._refresh_forecasts(self.DAY)
        self.program.forecasts_on = False

        self.program._refresh_forecasts(self.DAY)

        self.assertFalse(self._get_forecast(self.ada))
        self.assertIn("switched off", self.program.return_model_reason)

    def test_an_ended_membership_has_no_forecast(self):
        self.program._refresh_forecasts(self.DAY)
        self._get_membership(self.ada).active = False

        self.program._refresh_forecasts(self.DAY)

        self.assertFalse(self._get_forecast(self.ada))

    def test_the_night_does_it_for_the_first_program_of_each_company(self):
        self._run_cron("refresh_insight")

        self.assertTrue(self._get_forecast(self.ada))

    def test_forecasts_are_seen_by_their_company_alone_and_written_by_nobody(self):
        self.program._refresh_forecasts(self.DAY)
        forecast = self._get_forecast(self.ada)
        other = self._create_company()
        stranger = self._create_user(
            "stranger", "user", company_id=other.id, company_ids=[other.id]
        )
        manager = self._create_user("boss", "manager")

        self.assertFalse(
            self.env["member.forecast"].with_user(stranger).search_count([])
        )
        with self.assertRaises(AccessError):
            forecast.with_user(stranger).read(["return_chance"])
        with self.assertRaises(AccessError):
            forecast.with_user(manager).write({"return_chance": 1})
