from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.member_loyalty.queries.execution import run_quietly

from ..logic.forecast_judging import Verdict
from ..logic.return_backtest import BackTest, back_test
from ..logic.return_model import (
    Example,
    Past,
    find_cut_offs,
    find_judged,
    find_needed_history,
    fit,
)
from ..queries import return_features, return_scoring
from ..queries.return_features import Sample

# More members tell a handful of coefficients no better, and would take minutes.
TO_LEARN_FROM = 20000
FEWEST_DAYS = 60
MOST_DAYS = 730


class MemberProgramForecast(models.AbstractModel):
    """How likely members buy again, learnt and judged on the company's own history."""

    _name = "member.program.forecast"
    _description = "Forecasts of a Program"

    forecasts_on = fields.Boolean(
        string="Forecast Purchases and Tiers",
        default=True,
        help="Works out every night who is likely to buy again and who will lose the"
        " tier. Without it nothing of that is computed or kept.",
    )
    forecast_days = fields.Integer(
        string="Look Ahead",
        default=180,
        help="Days within which another purchase is looked for. The forecast is judged"
        " on the last year, so that half a year takes 15 months of history and a year"
        " 18.",
    )
    return_model_ids = fields.One2many(
        comodel_name="member.return.model", inverse_name="program_id", readonly=True
    )
    return_model_reason = fields.Text(
        string="How Good They Are", compute="_compute_return_model_reason"
    )

    @api.constrains("forecast_days")
    def _check_forecast_days(self):
        for program in self:
            if not FEWEST_DAYS <= program.forecast_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Forecasts look %(fewest)s to %(most)s days ahead. Enter a"
                        " number of days between them, such as 180.",
                        fewest=FEWEST_DAYS,
                        most=MOST_DAYS,
                    )
                )

    @api.depends("return_model_ids.verdict", "forecasts_on", "forecast_days")
    @api.depends_context("lang")
    def _compute_return_model_reason(self):
        for program in self:
            program.return_model_reason = program._say_forecast_state()

    def _say_forecast_state(self):
        """Return in a sentence whether chances are shown, and why not."""
        self.ensure_one()
        if not self.forecasts_on:
            return self.env._("Forecasts are switched off.")
        model = self._find_return_model()
        if not model:
            return self.env._(
                "Nothing was learnt yet. It is done in the coming night, or at once"
                " with “Learn and Judge Now”."
            )
        return model.reason

    def action_fit_return_model(self):
        """Learn and judge anew as of today, and show the back-test.

        :raises AccessError: for others than managers
        """
        self.ensure_one()
        self.check_access("write")
        company = self._get_company()
        program = self.sudo().with_company(company)
        model = program._fit_return_model(company._member_today())
        if program == program._get_company_programs(company)[:1]:
            program._refresh_forecasts(company._member_today())
        return (
            self.env[model._name]
            .browse(model.id)
            ._get_records_action(name=self.env._("How Good the Forecasts Are"))
        )

    def _refresh_forecasts(self, day):
        """Override of the nightly steps to forecast purchases and losses of tiers."""
        super()._refresh_forecasts(day)
        company = self._get_company()
        forecasts = self.env["member.forecast"]
        if not self.forecasts_on:
            run_quietly(self.env, return_scoring.forget_all(company.id))
            forecasts.invalidate_model()
            return
        model = self._find_return_model()
        if not model or model.fitted_on < day.replace(day=1):
            model = self._fit_return_model(day)
        forget = return_scoring.forget(self.env, company.id, self.id)
        self.env.flush_query(forget)
        run_quietly(self.env, forget)
        self.env.execute_query(
            return_scoring.score(
                self.env, self._get_measuring(day), model._get_return_model()
            )
        )
        self._refresh_tier_losses(day)
        forecasts.invalidate_model()

    def _find_return_model(self):
        """Find the last fit for the days that are looked ahead, if any."""
        self.ensure_one()
        domain = [
            ("program_id", "=", self._origin.id),
            ("horizon_days", "=", self.forecast_days),
        ]
        return self.env["member.return.model"].sudo().search(domain, limit=1)

    def _fit_return_model(self, day):
        """Learn, judge and keep what came of it; return that.

        What is judged knew nothing of the judged days. What is used, if the verdict
        allows it, then learns from all days until ``day``.
        """
        self.ensure_one()
        horizon, tomorrow = self.forecast_days, day + timedelta(days=1)
        first = self._find_first_purchase() or tomorrow
        spans = find_judged(tomorrow, horizon)
        trained, judged, test = self._judge_return_model(first, spans)
        if not trained:
            verdict = ("too_little", "history", (tomorrow - first).days)
            test = BackTest(Verdict(*verdict, find_needed_history(horizon)))
        learnt = None
        if test.verdict.verdict == "used":
            cut_offs = find_cut_offs(first, tomorrow, horizon)
            learnt = fit(self._get_examples(*cut_offs)).to_data()
        values = {
            "program_id": self.id,
            "fitted_on": day,
            "horizon_days": horizon,
            "history_from": first if first < tomorrow else False,
            "trained_until": spans[0].on - timedelta(days=1),
            "trained_count": len(trained),
            "judged_from": spans[0].on,
            "judged_to": day,
            "judged_count": len(judged),
            "returned_count": sum(one.returned for one in judged),
            "coefficients": learnt,
            **self._prepare_back_test_values(test),
        }
        return self.env["member.return.model"].sudo().create(values)

    def _judge_return_model(self, first, spans):
        """Return the examples learnt from, those judged, and the ``BackTest``.

        Each member is judged in one of the spans, so that no two outcomes are of the
        same member.
        """
        cut_offs = find_cut_offs(first, spans[0].on, spans[0].days)
        trained = self._get_examples(*cut_offs)
        judged = []
        for part, span in enumerate(spans if trained else ()):
            sample = Sample(TO_LEARN_FROM, part, len(spans))
            judged += self._get_examples(span, sample=sample)
        return trained, judged, back_test(trained, judged)

    def _find_first_purchase(self):
        """Find the first day with a purchase in the journal, if any."""
        company = self._get_company()
        query = return_features.first_purchase(self.env, company.id)
        [(first,)] = self.env.execute_query(query)
        return first

    def _get_examples(self, *cut_offs, sample=None):
        """Return what was known of members and what followed, as ``Example``.

        :param Sample sample: whom to look at, enough to learn from unless given
        """
        sample = sample or Sample(TO_LEARN_FROM // max(1, len(cut_offs)))
        return [
            Example(
                Past(recency, int(days), int(orders), float(amount)),
                int(later_orders),
                float(later_amount),
            )
            for cut_off in cut_offs
            for recency, days, orders, amount, later_orders, later_amount, *_year in (
                self._get_example_rows(cut_off, sample)
            )
        ]

    def _get_example_rows(self, cut_off, sample):
        """Return the rows of ``return_features.examples`` for a cut-off."""
        measuring = self._get_measuring(cut_off.on - timedelta(days=1))
        return self.env.execute_query(
            return_features.examples(self.env, measuring, cut_off.days, sample)
        )

    @api.model
    def _prepare_back_test_values(self, test):
        """Return the values of a fit that a ``BackTest`` says."""
        values = {
            "verdict": test.verdict.verdict,
            "obstacle": test.verdict.obstacle,
            "obstacle_have": test.verdict.have,
            "obstacle_need": test.verdict.need,
        }
        if not test.ranking:
            return values
        told, totals = test.calibration, test.totals
        return {
            **values,
            "auc": test.ranking.auc,
            "auc_low": test.ranking.low,
            "auc_high": test.ranking.high,
            "auc_recency": test.auc_recency,
            "auc_orders": test.auc_orders,
            "brier": told.brier,
            "brier_of_mean": told.brier_of_mean,
            "forecast_share": told.forecast,
            "real_share": told.real,
            "slope": told.slope,
            "intercept": told.intercept,
            "forecast_orders": totals.forecast_orders,
            "real_orders": totals.real_orders,
            "forecast_value": totals.forecast_value,
            "real_value": totals.real_value,
            "bin_ids": [
                fields.Command.create(
                    {
                        "position": position,
                        "member_count": one.count,
                        "forecast_share": one.forecast,
                        "real_share": one.real,
                    }
                )
                for position, one in enumerate(told.bins, 1)
            ],
        }
