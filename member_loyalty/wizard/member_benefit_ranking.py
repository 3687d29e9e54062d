from datetime import timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.benefit_ranking import Result, rank
from ..logic.proportions import Share
from ..logic.purchase_posting import exact
from ..queries import benefit_ranking as queries


class MemberBenefitRanking(models.TransientModel):
    """Which benefits work: use, cost, and who of those who have them buys again."""

    _name = "member.benefit.ranking"
    _description = "Which Benefits Work"
    _inherit = "member.benefit.ranking.workbook"
    _rec_name = "program_id"

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        default=lambda self: self.env["member.benefit"]._default_program_id(),
    )
    company_id = fields.Many2one(related="program_id.company_id")
    currency_id = fields.Many2one(related="program_id.currency_id")
    first_day = fields.Date(
        string="Used from",
        required=True,
        default=lambda self: (
            self._default_last_day() - relativedelta(months=6, days=-1)
        ),
    )
    last_day = fields.Date(
        string="Until",
        required=True,
        default=lambda self: self._default_last_day(),
        help="Last day, included.",
    )
    watched_days = fields.Integer(
        string="Days to Buy Again",
        required=True,
        default=90,
        help="Who buys in as many days after the span has bought again. The same days"
        " are watched for those who used a benefit and for those who did not.",
    )
    low_usage = fields.Float(
        string="Low Usage below (%)",
        required=True,
        default=10,
        digits=(5, 1),
        help="A benefit that fewer of those who have it use is one to replace.",
    )
    watched_until = fields.Date(compute="_compute_watched_until")
    is_watch_over = fields.Boolean(compute="_compute_watched_until")
    line_ids = fields.One2many(
        comodel_name="member.benefit.ranking.line",
        inverse_name="ranking_id",
        string="Benefits",
        readonly=True,
    )

    @api.model
    def _default_last_day(self):
        """Return the last day of a month whose next 90 days are over."""
        today = self.env.company._member_today()
        return (today - timedelta(days=90)).replace(day=1) - timedelta(days=1)

    @api.depends("last_day", "watched_days", "program_id")
    def _compute_watched_until(self):
        for ranking in self:
            company = ranking.company_id or self.env.company
            last = ranking.last_day and ranking.last_day + timedelta(
                days=min(max(ranking.watched_days, 0), 3660)
            )
            ranking.watched_until = last
            ranking.is_watch_over = bool(last and last < company._member_today())

    def action_rank(self):
        """Compute the ranking and show it.

        :raises AccessError: for anyone but officers
        :raises UserError: for days and figures that make no sense
        """
        self.ensure_one()
        self._check_may_rank()
        self._check_figures()
        self.line_ids = [
            Command.clear(),
            *(Command.create(values) for values in self._prepare_lines()),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which Benefits Work"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    @api.model
    def _check_may_rank(self):
        """Let officers pass: costs are none of the salespeople's business.

        :raises AccessError: for the others
        """
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_officer"):
            raise AccessError(
                self.env._("Only membership officers may compare benefits.")
            )

    def _check_figures(self):
        """Let sensible figures pass.

        :raises UserError: for others, saying what to enter
        """
        if self.last_day < self.first_day:
            raise UserError(
                self.env._("The span ends before it begins. Choose a later last day.")
            )
        if self.last_day >= self.company_id._member_today():
            raise UserError(
                self.env._(
                    "The span is not over. Choose a last day before today, so that"
                    " there are days after it in which members can buy again."
                )
            )
        if not 1 <= self.watched_days <= 3650:
            raise UserError(
                self.env._("Enter how many days are watched: from 1 to 3650.")
            )
        if not 0 <= self.low_usage <= 100:
            raise UserError(self.env._("Enter a percentage from 0 to 100."))

    def _prepare_lines(self):
        """Return the values of the lines, the best used benefit first."""
        self.program_id.check_access("read")
        program = self.program_id.sudo()
        span = queries.Span(
            self.first_day,
            self.last_day,
            self.last_day + timedelta(days=1),
            self.watched_until,
        )
        rows = self.env.execute_query(queries.ranking(self.env, program, span))
        results = [
            Result(
                benefit_id,
                int(uses),
                exact(cost),
                Share(back, users),
                Share(idle_back, idle),
            )
            for benefit_id, uses, cost, users, back, idle, idle_back in rows
        ]
        low = Decimal(str(self.low_usage))
        Line = self.env["member.benefit.ranking.line"]
        return [
            Line._prepare(place, one) for place, one in enumerate(rank(results, low))
        ]

    def action_export(self):
        """Download the ranking as an Excel file."""
        self.ensure_one()
        self._check_may_export()
        return {
            "type": "ir.actions.act_url",
            "url": f"/member_loyalty/benefit_ranking/{self.id}",
            "target": "download",
        }
