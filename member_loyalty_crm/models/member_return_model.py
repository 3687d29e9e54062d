from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..logic.return_model import ReturnModel

# Shares that differ by more than so much are told to whoever reads the verdict.
FAR_OFF = 0.1


class MemberReturnModel(models.Model):
    """A fit of the chance of another purchase, with the back-test that judged it.

    Fits are kept, so that it can be seen how good forecasts were at any time.
    """

    _name = "member.return.model"
    _description = "Back-Test of Forecasts"
    _order = "fitted_on desc, id desc"
    _rec_name = "fitted_on"

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    fitted_on = fields.Date(required=True, readonly=True)
    horizon_days = fields.Integer(
        string="Days Ahead", required=True, readonly=True, aggregator=None
    )
    verdict = fields.Selection(
        selection=[
            ("used", "Used"),
            ("not_better", "Not Better than Plain Figures"),
            ("too_little", "Too Little History"),
        ],
        required=True,
        readonly=True,
    )
    obstacle = fields.Char(
        readonly=True,
        help="What it does not beat, or what there is too little of.",
    )
    obstacle_have = fields.Integer(string="There Are", readonly=True, aggregator=None)
    obstacle_need = fields.Integer(string="Needed", readonly=True, aggregator=None)
    reason = fields.Text(compute="_compute_reason", compute_sudo=True)

    history_from = fields.Date(string="First Purchase", readonly=True)
    trained_until = fields.Date(
        readonly=True,
        help="The judged model knew nothing of later days.",
    )
    trained_count = fields.Integer(
        string="Learnt from",
        readonly=True,
        aggregator=None,
        help="Members and cut-off days from which the judged model learnt.",
    )
    judged_from = fields.Date(readonly=True)
    judged_to = fields.Date(readonly=True)
    judged_count = fields.Integer(
        string="Members Judged",
        readonly=True,
        aggregator=None,
        help="Members who had bought before. Of very many, a sample.",
    )
    returned_count = fields.Integer(string="Came Back", readonly=True, aggregator=None)

    auc = fields.Float(
        string="Our Forecast",
        digits=(4, 3),
        readonly=True,
        aggregator=None,
        help="Area under the ROC curve: of two members, one of whom came back, how"
        " often the one who did had the higher chance. 0.5 is a coin, 1 is perfect.",
    )
    auc_low = fields.Float(
        string="At Least", digits=(4, 3), readonly=True, aggregator=None
    )
    auc_high = fields.Float(
        string="At Most", digits=(4, 3), readonly=True, aggregator=None
    )
    auc_recency = fields.Float(
        string="Recency Alone",
        digits=(4, 3),
        readonly=True,
        aggregator=None,
        help="Area under the ROC curve when members are ranked by the days since the"
        " last purchase alone.",
    )
    auc_orders = fields.Float(
        string="Orders Alone",
        digits=(4, 3),
        readonly=True,
        aggregator=None,
        help="Area under the ROC curve when members are ranked by the number of orders"
        " alone.",
    )
    brier = fields.Float(
        string="Brier Score",
        digits=(4, 3),
        readonly=True,
        aggregator=None,
        help="Mean square of the chance less what came. 0 is perfect.",
    )
    brier_of_mean = fields.Float(
        string="Brier Score of One Chance for All",
        digits=(4, 3),
        readonly=True,
        aggregator=None,
    )
    forecast_share = fields.Float(
        string="Expected to Come Back", digits=(5, 4), readonly=True, aggregator=None
    )
    real_share = fields.Float(
        string="Really Came Back", digits=(5, 4), readonly=True, aggregator=None
    )
    slope = fields.Float(
        string="Calibration Slope",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="1: high and low chances are as far apart as they should be. Below 1:"
        " chances are too extreme.",
    )
    intercept = fields.Float(
        string="Calibration Intercept",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="0: chances are neither too high nor too low. Below 0: too high.",
    )
    forecast_orders = fields.Float(
        string="Orders Expected", digits=(16, 0), readonly=True, aggregator=None
    )
    real_orders = fields.Float(
        string="Orders Placed", digits=(16, 0), readonly=True, aggregator=None
    )
    forecast_value = fields.Monetary(string="Purchases Expected", readonly=True)
    real_value = fields.Monetary(string="Purchases Made", readonly=True)
    coefficients = fields.Json(
        readonly=True, help="What the chances are worked out from."
    )
    bin_ids = fields.One2many(
        comodel_name="member.return.model.bin",
        inverse_name="model_id",
        string="Tenths of the Members",
        readonly=True,
    )

    @api.depends("verdict", "obstacle", "auc", "horizon_days")
    @api.depends_context("lang")
    def _compute_reason(self):
        for model in self:
            model.reason = model._say_reason()

    def action_fit_again(self):
        """Fit and judge anew as of today, and show that.

        :raises AccessError: for who may not change the program
        """
        self.ensure_one()
        return self.program_id.action_fit_return_model()

    def action_open_bins(self):
        """Show the tenths of the members, expected and real, as a graph."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Expected and Real"),
            "res_model": "member.return.model.bin",
            "view_mode": "graph,list",
            "domain": [("model_id", "=", self.id)],
        }

    def _get_return_model(self):
        """Return what was learnt, as ``ReturnModel``; None when it may not be used."""
        if not self or self.verdict != "used" or not self.coefficients:
            return None
        return ReturnModel.from_data(self.coefficients)

    def _say_reason(self):
        """Return the verdict in a sentence or two, in the language of the reader."""
        self.ensure_one()
        if self.verdict == "too_little":
            return self._say_what_is_lacking()
        figures = {
            "first": format_date(self.env, self.judged_from),
            "last": format_date(self.env, self.judged_to),
            "ours": self._say_of_hundred(self.auc),
            "recency": self._say_of_hundred(self.auc_recency),
            "orders": self._say_of_hundred(self.auc_orders),
        }
        match self.verdict, self.obstacle:
            case "used", _none:
                return self._say_used(figures)
            case _not_better, "recency":
                return self.env._(
                    "No chance is shown. Judged on who bought from %(first)s to"
                    " %(last)s, the forecast told who comes back in %(ours)s of 100"
                    " cases, the days since the last purchase alone in %(recency)s:"
                    " that is not better by more than luck. Sort members by their"
                    " last purchase instead.",
                    **figures,
                )
        return self.env._(
            "No chance is shown. Judged on who bought from %(first)s to %(last)s, the"
            " forecast told who comes back in %(ours)s of 100 cases, the number of"
            " orders alone in %(orders)s: that is not better by more than luck. Sort"
            " members by their orders instead.",
            **figures,
        )

    def _say_used(self, figures):
        """Return how much better it was, and how far off its chances were on the whole.

        :param dict figures: days and areas under the curve, as people write them
        """
        told = self.env._(
            "The chances are used. Judged on who bought from %(first)s to %(last)s: of"
            " two members, one of whom came back, the forecast told which in %(ours)s"
            " of 100 cases, the days since the last purchase in %(recency)s, the number"
            " of orders in %(orders)s.",
            **figures,
        )
        if abs(self.forecast_share - self.real_share) <= FAR_OFF:
            return told
        far_off = self.env._(
            "But it expected %(expected)s of 100 members to come back, and %(real)s"
            " did: seasons and years differ. Trust the order of members more than the"
            " chance of one.",
            expected=self._say_of_hundred(self.forecast_share),
            real=self._say_of_hundred(self.real_share),
        )
        return f"{told}\n{far_off}"

    def _say_of_hundred(self, share):
        return formatLang(self.env, 100 * share, digits=1)

    def _say_what_is_lacking(self):
        """Return what there is too little of, and how much is needed."""
        counts = {"have": self.obstacle_have, "need": self.obstacle_need}
        match self.obstacle:
            case "history":
                return self.env._(
                    "No chance is shown yet: the journal goes back %(have)s days, and"
                    " %(need)s are needed to learn from the past and to judge that on"
                    " later days. Import older purchases, or look fewer days ahead.",
                    **counts,
                )
            case "trained_returned":
                return self.env._(
                    "No chance is shown yet: %(have)s members who came back are too"
                    " few to learn from; %(need)s are needed.",
                    **counts,
                )
            case "trained_stayed_away":
                return self.env._(
                    "No chance is shown yet: %(have)s members who stayed away are too"
                    " few to learn from; %(need)s are needed.",
                    **counts,
                )
            case "judged_returned":
                return self.env._(
                    "No chance is shown yet: %(have)s members who came back are too"
                    " few to judge a forecast by; %(need)s are needed.",
                    **counts,
                )
        return self.env._(
            "No chance is shown yet: %(have)s members who stayed away are too few to"
            " judge a forecast by; %(need)s are needed.",
            **counts,
        )
