from odoo import fields, models

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
    _inherit = ["member.customer.record"]
    _description = "Score of a Member"
    _order = "value_score desc, id"
    _rec_name = "partner_id"
    _log_access = False

    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    tier_id = fields.Many2one(related="membership_id.tier_id")
    tier_color = fields.Integer(related="membership_id.tier_id.color")
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
    segment = fields.Selection(selection=SEGMENTS, readonly=True)
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
    scored_on = fields.Date(readonly=True)

    _one_per_membership = models.UniqueIndex("(membership_id)")
    _one_per_customer = models.UniqueIndex("(company_id, partner_id)")
    _value = models.Index("(company_id, value_score DESC)")
    _segment = models.Index("(company_id, segment)")
