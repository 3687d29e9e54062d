from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..logic.forecast_judging import Verdict, auc, calibrate, judge
from ..logic.return_backtest import BackTest
from ..logic.return_model import CutOff, ReturnModel, find_cut_offs, fit
from .forecast_common import LAST_DAY, ForecastCommon

FIRST = date(2009, 12, 1)
CUT = date(2010, 12, 1)
YEAR = 365


@tagged("post_install", "-at_install")
class TestReturnModel(ForecastCommon):
    """Real customers come back, or not, as the model says by their earlier days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchases = cls._enroll_real_customers()
        cls.program.forecast_days = YEAR

    def _get_examples(self, on, days):
        found = {
            partner: self._get_real_example(bought, on, days)
            for partner, bought in self.purchases.items()
        }
        return {partner: one for partner, one in found.items() if one}

    def _sort_as_sampled(self, examples):
        return sorted(
            examples,
            key=lambda one: (one.past.recency, one.past.days, one.past.amount),
        )

    def test_what_is_known_of_members_is_what_plain_python_finds(self):
        for on, days in ((CUT, YEAR), (date(2010, 6, 2), 182), (date(2011, 12, 9), 1)):
            expected = self._get_examples(on, days).values()

            found = self.program._get_examples(CutOff(on, days))

            self.assertEqual(
                self._sort_as_sampled(found), self._sort_as_sampled(expected)
            )
        self.assertGreater(len(found), 900)

    def test_a_fit_is_judged_on_a_year_it_had_not_seen(self):
        trained = [
            one
            for cut_off in find_cut_offs(FIRST, CUT, YEAR)
            for one in self._get_examples(cut_off.on, cut_off.days).values()
        ]
        judged = list(self._get_examples(CUT, YEAR).values())
        told = fit(trained)
        chances = [told.chance(one.past) for one in judged]
        outcomes = [one.returned for one in judged]
        plain = {
            "recency": [-one.past.recency for one in judged],
            "orders": [one.past.orders for one in judged],
        }

        model = self.program._fit_return_model(LAST_DAY)

        self.assertEqual(model.judged_from, CUT)
        self.assertEqual(model.judged_to, LAST_DAY)
        self.assertEqual(model.trained_until, date(2010, 11, 30))
        self.assertEqual(model.trained_count, len(trained))
        self.assertEqual(model.judged_count, len(judged))
        self.assertEqual(model.returned_count, sum(outcomes))
        self.assertAlmostEqual(model.auc, auc(chances, outcomes), 3)
        self.assertAlmostEqual(model.auc_recency, auc(plain["recency"], outcomes), 3)
        self.assertAlmostEqual(model.auc_orders, auc(plain["orders"], outcomes), 3)
        calibration = calibrate(chances, outcomes)
        self.assertAlmostEqual(model.brier, calibration.brier, 3)
        self.assertAlmostEqual(model.slope, calibration.slope, 2)
        self.assertEqual(model.verdict, judge(chances, plain, outcomes).verdict)
        self.assertEqual(model.verdict, "used")
        self.assertGreater(model.auc, max(model.auc_recency, model.auc_orders))
        self.assertEqual(sum(model.bin_ids.mapped("member_count")), len(judged))
        self.assertIn("of 100 cases", model.reason)

    def test_half_years_are_judged_on_the_whole_last_year_each_member_once(self):
        self.program.forecast_days = 180
        on = LAST_DAY + timedelta(days=1)
        spans = [on - timedelta(days=360), on - timedelta(days=180)]
        known = [self._get_examples(span, 180) for span in spans]

        model = self.program._fit_return_model(LAST_DAY)

        self.assertEqual(model.judged_from, spans[0])
        self.assertEqual(model.trained_until, spans[0] - timedelta(days=1))
        self.assertEqual(
            model.trained_count,
            sum(
                len(self._get_examples(cut_off.on, cut_off.days))
                for cut_off in find_cut_offs(FIRST, spans[0], 180)
            ),
        )
        members = {partner for examples in known for partner in examples}
        self.assertLess(model.judged_count, len(members))
        self.assertAlmostEqual(model.judged_count, sum(map(len, known)) / 2, delta=60)
        self.assertEqual(model.verdict, "used")

    def test_chances_of_all_members_are_those_of_the_model(self):
        self.program._refresh_forecasts(LAST_DAY)

        model = self.program.return_model_ids
        told = ReturnModel.from_data(model.coefficients)
        on = LAST_DAY + timedelta(days=1)
        examples = self._get_examples(on, 1)
        forecasts = self.env["member.forecast"].search([])
        self.assertEqual(len(forecasts), len(self.purchases))
        for forecast in forecasts:
            one = examples.get(forecast.partner_id)
            self.assertEqual(forecast.has_return_chance, bool(one))
            if not one:
                self.assertEqual(forecast.return_chance, 0)
                continue
            orders = told.expected_orders(one.past)
            self.assertAlmostEqual(
                forecast.return_chance, told.chance(one.past), delta=0.0101
            )
            self.assertAlmostEqual(forecast.expected_orders, orders, delta=0.0501)
            self.assertAlmostEqual(
                forecast.expected_value,
                round(orders, 1) * told.average_order(one.past),
                delta=0.51 + 0.1 * told.average_order(one.past),
            )

    def test_the_second_time_nothing_is_written_and_nothing_learnt(self):
        self.program._refresh_forecasts(LAST_DAY)
        self.env.flush_all()
        self.env.cr.execute("SELECT id, xmin, ctid FROM member_forecast ORDER BY id")
        before = self.env.cr.fetchall()

        self.program._refresh_forecasts(LAST_DAY)

        self.env.cr.execute("SELECT id, xmin, ctid FROM member_forecast ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), before)
        self.assertEqual(len(self.program.return_model_ids), 1)

    def test_a_new_month_is_learnt_from_anew_and_old_fits_are_kept(self):
        self.program._refresh_forecasts(LAST_DAY)
        self.program._refresh_forecasts(LAST_DAY + timedelta(days=1))

        self.assertEqual(
            self.program.return_model_ids.mapped("fitted_on"),
            [LAST_DAY + timedelta(days=1), LAST_DAY],
        )

    def test_a_model_that_is_not_better_gives_no_chance_and_says_so(self):
        for figure, words in (("recency", "last purchase"), ("orders", "orders")):
            verdict = BackTest(Verdict("not_better", figure))
            with patch(
                "odoo.addons.member_loyalty_crm.models.member_program_forecast"
                ".back_test",
                return_value=verdict,
            ):
                self.program._fit_return_model(LAST_DAY)
            self.program._refresh_forecasts(LAST_DAY)

            forecast = self._get_forecast(next(iter(self.purchases)))
            self.assertFalse(forecast.has_return_chance)
            self.assertEqual(forecast.expected_value, 0)
            self.assertIn("No chance is shown", forecast.note)
            self.assertIn(words, forecast.note)

    def test_chances_that_were_far_off_on_the_whole_are_said_to_be(self):
        model = self.program._fit_return_model(LAST_DAY)
        self.assertNotIn("seasons", model.reason)

        model.forecast_share = model.real_share + 0.11

        self.assertIn("seasons and years differ", model._say_reason())

    def test_only_a_manager_may_learn_anew(self):
        user = self._create_user("seller", "user")
        manager = self._create_user("boss", "manager")

        with self.assertRaises(AccessError):
            self.program.with_user(user).action_fit_return_model()
        action = self.program.with_user(manager).action_fit_return_model()

        model = self.env["member.return.model"].browse(action["res_id"])
        self.assertEqual(model.program_id, self.program)
        with self.assertRaises(AccessError):
            model.with_user(user).action_fit_again()
        self.assertTrue(model.with_user(user).action_open_bins())

    def test_fits_are_read_by_users_of_their_company_and_changed_by_nobody(self):
        model = self.program._fit_return_model(LAST_DAY)
        other = self._create_company()
        stranger = self._create_user(
            "stranger", "user", company_id=other.id, company_ids=[other.id]
        )
        portal = self._create_user("portal", "base.group_portal")
        manager = self._create_user("boss", "manager")

        self.assertTrue(model.with_user(manager).reason)
        for user in (stranger, portal):
            for record in (model, model.bin_ids[:1]):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
        for record in (model, model.bin_ids[:1]):
            with self.assertRaises(AccessError):
                record.with_user(manager).write({"company_id": other.id})
            with self.assertRaises(AccessError):
                record.with_user(manager).unlink()
