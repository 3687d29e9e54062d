from odoo import api, fields, models

SEGMENTS = [
    ("champion", "Champion"),
    ("loyal", "Loyal"),
    ("potential", "On the Way Up"),
    ("new", "New Customer"),
    ("promising", "Promising"),
    ("attention", "Needs Attention"),
    ("slipping", "About to Sleep"),
    ("at_risk", "At Risk"),
    ("cannot_lose", "Must Not Lose"),
    ("sleeping", "Sleeping"),
    ("lost", "Lost"),
    ("never", "Never Bought"),
]
STAGES = [
    ("registered", "Registered"),
    ("new", "New"),
    ("growing", "Growing"),
    ("active", "Active"),
    ("churn_warning", "Churn Warning"),
    ("win_back", "To Win Back"),
    ("won_back", "Won Back"),
]


class MemberScore(models.Model):
    """What a member of a company's first program is worth to it, as of a day.

    A narrow table that is computed in sets and written where something changed.
    """

    _name = "member.score"
    _inherit = [
        "member.insight.record",
        "member.score.explanation",
        "member.portrait.opening",
    ]
    _description = "Score of a Member"
    _order = "value_score desc, id"
    _log_access = False

    program_id = fields.Many2one(related="membership_id.program_id")
    user_id = fields.Many2one(related="partner_id.user_id", string="Account Manager")

    recency = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="5: among the fifth of buyers who bought last. 0: never bought.",
    )
    frequency = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="5: among the fifth of buyers with the most orders. 0: never bought.",
    )
    monetary = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="5: among the fifth of buyers who spent most. 0: never bought.",
    )
    points_level = fields.Integer(
        string="Points",
        readonly=True,
        aggregator="avg",
        help="5: among the fifth of holders with the most usable points. 0: none.",
    )
    inquiry_level = fields.Integer(
        string="Inquiries",
        readonly=True,
        aggregator="avg",
        help="5: among the fifth with the most quality inquiries in twelve months."
        " 0: none.",
    )
    tier_rank = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="The rank of the tier that was held then, 0 for the lowest.",
    )
    segment = fields.Selection(
        selection=SEGMENTS,
        string="RFM Segment",
        readonly=True,
        help="By recency against the mean of frequency and monetary.",
    )
    stage = fields.Selection(selection=STAGES, string="Life Cycle Stage", readonly=True)
    value_score = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="0 to 100, by the weights that the program sets.",
    )
    first_purchase_on = fields.Date(string="First Purchase", readonly=True)
    last_purchase_on = fields.Date(string="Last Purchase", readonly=True)
    order_count = fields.Integer(
        string="Orders", readonly=True, help="In the days that scores look at."
    )
    amount = fields.Monetary(
        string="Purchases", readonly=True, help="In the days that scores look at."
    )
    interval_days = fields.Integer(
        string="Buys Every",
        readonly=True,
        aggregator="avg",
        help="Days from one purchase to the next, typically. 0: fewer than two"
        " purchases.",
    )
    next_expected_on = fields.Date(string="Next Purchase Expected", readonly=True)
    lifetime_value = fields.Monetary(
        readonly=True, help="Purchases since the first day, less what was given back."
    )
    contribution = fields.Monetary(
        readonly=True,
        help="Lifetime value less what the benefits used have cost, and less what the"
        " points still open are expected to cost. What goods cost is not known here.",
    )
    revenue_share = fields.Float(
        string="Share of Sales",
        digits=(16, 4),
        compute="_compute_revenue_share",
        help="Of what the company sold in the days that scores look at, from 0 to 1.",
    )
    scored_on = fields.Date(
        string="Changed on", readonly=True, help="When one of these last changed."
    )

    _one_per_membership = models.UniqueIndex("(membership_id)")
    # A constraint, no index: Odoo's merge of contacts looks for constraints, and
    # drops the second score of two members who become one.
    _customer_once = models.Constraint(
        "UNIQUE(company_id, partner_id)",
        "A member has one score in a company. Work the scores out again.",
    )
    _value = models.Index("(company_id, value_score DESC)")
    _segment = models.Index("(company_id, segment)")

    @api.depends("amount", "membership_id.program_id.score_basis")
    def _compute_revenue_share(self):
        for score in self:
            basis = score.sudo().membership_id.program_id.score_basis or {}
            sold = float(basis.get("sold") or 0)
            score.revenue_share = max(score.amount, 0) / sold if sold > 0 else 0

    def action_open_membership(self):
        """Open the membership that this is the score of."""
        self.ensure_one()
        self.check_access("read")
        return self.membership_id._get_records_action()
