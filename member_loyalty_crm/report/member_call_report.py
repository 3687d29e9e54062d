from odoo import fields, models
from odoo.tools import SQL

from ..models.member_call import OUTCOMES
from ..models.member_call_kinds import get_signal_kinds


class MemberCallReport(models.Model):
    """Calls that were handed out, and customers left alone to compare with."""

    _name = "member.call.report"
    _description = "Calls Analysis"
    _auto = False
    _order = "started_on desc, id desc"
    _depends = {
        "member.call": [
            *("program_id", "company_id", "tier_id", "kind", "user_id", "state"),
            *("started_on", "called_on", "outcome", "judged_on", "is_saved"),
            *("saved_amount", "value_score"),
        ],
    }

    program_id = fields.Many2one(comodel_name="member.program", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(selection=get_signal_kinds, string="Reason", readonly=True)
    tier_id = fields.Many2one(comodel_name="member.tier", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        readonly=True,
        help="Who got the call; of customers left alone, who would have got it.",
    )
    started_on = fields.Date(string="Handed Out on", readonly=True)
    group = fields.Selection(
        selection=[
            ("called", "Called"),
            ("not_called", "Handed Out, not Called"),
            ("alone", "Left Alone"),
        ],
        readonly=True,
    )
    arm = fields.Selection(
        selection=[("handed_out", "Handed Out"), ("alone", "Left Alone")],
        string="Handed Out or Left Alone",
        readonly=True,
        help="The two groups that are compared: drawn by lot from one queue.",
    )
    is_alone = fields.Boolean(string="Left Alone", readonly=True)
    outcome = fields.Selection(selection=OUTCOMES, readonly=True)
    is_judged = fields.Boolean(
        string="Days to Buy Are Over", readonly=True, help="Only then it is known."
    )
    count = fields.Integer(string="Customers", readonly=True)
    called_count = fields.Integer(string="Called", readonly=True)
    saved_count = fields.Integer(string="Bought Again", readonly=True)
    saved_rate = fields.Float(
        string="Rate of Buying Again",
        readonly=True,
        aggregator="avg",
        help="0 to 1, of those whose days to buy are over.",
    )
    saved_amount = fields.Monetary(string="Bought for", readonly=True)
    value_score = fields.Integer(readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        """Return a row for each customer whose turn came."""
        return SQL(
            """
            SELECT call.id,
                   call.program_id,
                   call.company_id,
                   call.kind,
                   call.tier_id,
                   call.user_id,
                   call.started_on,
                   CASE WHEN call.state = 'held_out' THEN 'alone'
                        WHEN call.called_on IS NOT NULL THEN 'called'
                        ELSE 'not_called' END AS group,
                   CASE WHEN call.state = 'held_out' THEN 'alone'
                        ELSE 'handed_out' END AS arm,
                   call.state = 'held_out' AS is_alone,
                   call.outcome,
                   call.judged_on IS NOT NULL AS is_judged,
                   1 AS count,
                   CASE WHEN call.called_on IS NOT NULL THEN 1 ELSE 0 END
                   AS called_count,
                   CASE WHEN call.is_saved THEN 1 ELSE 0 END AS saved_count,
                   CASE WHEN call.judged_on IS NULL THEN NULL
                        WHEN call.is_saved THEN 1.0
                        ELSE 0.0 END AS saved_rate,
                   call.saved_amount,
                   call.value_score
              FROM member_call call
             WHERE call.started_on IS NOT NULL
            """
        )
