from odoo import api, fields, models

from ..logic.benefit_ranking import Verdict
from ..logic.proportions import Share

FORMULA = (
    "Of each group, the share that bought in the days that are watched after the"
    " span. The groups chose themselves, so a difference is no proof that the benefit"
    " caused it."
)


class MemberBenefitRankingLine(models.TransientModel):
    """How a benefit did in the span of a ranking."""

    _name = "member.benefit.ranking.line"
    _description = "Benefit in a Ranking"
    _order = "sequence, id"
    _rec_name = "benefit_id"

    ranking_id = fields.Many2one(
        comodel_name="member.benefit.ranking", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="ranking_id.currency_id")
    sequence = fields.Integer(string="Rank", readonly=True, aggregator=None)
    benefit_id = fields.Many2one(comodel_name="member.benefit", readonly=True)
    family = fields.Selection(related="benefit_id.family")
    uses = fields.Integer(readonly=True)
    user_count = fields.Integer(
        string="Users", readonly=True, help="Members who used it in the span."
    )
    idle_count = fields.Integer(
        string="Had It, Did Not Use It",
        readonly=True,
        help="Members who had it on the last day of the span, by their tier of that"
        " day, and did not use it in the span.",
    )
    usage_rate = fields.Float(
        string="Usage (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Users / (users + members who had it and did not use it).",
    )
    cost = fields.Monetary(readonly=True)
    cost_per_user = fields.Monetary(
        compute="_compute_cost_per_user", help="Cost / users."
    )
    users_back = fields.Float(
        string="Users Who Bought Again (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help=FORMULA,
    )
    idle_back = fields.Float(
        string="Others Who Bought Again (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help=FORMULA,
    )
    is_comparable = fields.Boolean(readonly=True)
    difference = fields.Float(
        string="Difference (Points)",
        digits=(5, 1),
        readonly=True,
        aggregator=None,
        help="Users who bought again less others who bought again, in percentage"
        " points.",
    )
    low = fields.Float(
        string="At Least",
        digits=(5, 1),
        readonly=True,
        aggregator=None,
        help="The lower end of the 95 % confidence interval of the difference: hybrid"
        " score interval of Newcombe (1998, method 10), made of Wilson's intervals.",
    )
    high = fields.Float(
        string="At Most",
        digits=(5, 1),
        readonly=True,
        aggregator=None,
        help="The upper end of the 95 % confidence interval of the difference.",
    )
    interval_text = fields.Char(
        string="95 % Sure Of",
        compute="_compute_interval_text",
        help="Where the difference lies, with 95 % confidence, in percentage points.",
    )
    is_clear = fields.Boolean(
        string="Clear",
        readonly=True,
        help="Zero is outside the interval: the difference is hardly chance.",
    )
    is_low = fields.Boolean(string="Hardly Used", readonly=True)
    better_id = fields.Many2one(comodel_name="member.benefit", readonly=True)
    advice = fields.Char(compute="_compute_advice")

    @api.model
    def _prepare(self, place, verdict: Verdict):
        """Return the values of a line; shares in percent, to a tenth."""
        result, found = verdict.result, verdict.difference
        interval = {}
        if found:
            interval = {
                "is_comparable": True,
                "is_clear": found.is_clear,
                "difference": round(100 * found.value, 1),
                "low": round(100 * found.low, 1),
                "high": round(100 * found.high, 1),
            }
        return {
            "sequence": place + 1,
            "benefit_id": verdict.benefit_id,
            "uses": result.uses,
            "user_count": result.users.total,
            "idle_count": result.idle.total,
            "usage_rate": float(verdict.usage_rate or 0),
            "cost": float(result.cost),
            "users_back": self._get_percent(result.users),
            "idle_back": self._get_percent(result.idle),
            "is_low": verdict.is_low,
            "better_id": verdict.better_id,
            **interval,
        }

    @api.model
    def _get_percent(self, share: Share):
        return round(100 * (share.value or 0), 1)

    @api.depends("cost", "user_count")
    def _compute_cost_per_user(self):
        for line in self:
            line.cost_per_user = line.user_count and line.cost / line.user_count

    @api.depends("is_comparable", "low", "high")
    @api.depends_context("lang")
    def _compute_interval_text(self):
        for line in self:
            line.interval_text = line.is_comparable and self.env._(
                "%(low).1f to %(high).1f", low=line.low, high=line.high
            )

    @api.depends("is_low", "better_id", "is_comparable", "is_clear", "difference")
    @api.depends_context("lang")
    def _compute_advice(self):
        for line in self:
            line.advice = line._get_advice()

    def _get_advice(self):
        """Return in a sentence what the figures suggest."""
        self.ensure_one()
        if self.is_low and self.better_id:
            return self.env._(
                "Hardly anybody uses it. Replace it by something that members want,"
                " such as more of %(benefit)s.",
                benefit=self.better_id.name,
            )
        if self.is_low:
            return self.env._(
                "Hardly anybody uses it. Tell members about it, or replace it."
            )
        if not self.is_comparable:
            return self.env._("There is nobody to compare its users with.")
        if not self.is_clear:
            return self.env._("Too few members to tell whether its users buy more.")
        if self.difference > 0:
            return self.env._("Its users buy again more often than the others.")
        return self.env._("Its users buy again less often than the others.")

    def action_open_never_used(self):
        """Open the members who have this benefit and never used it."""
        self.ensure_one()
        return self.benefit_id.action_open_never_used()
