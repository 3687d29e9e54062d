from odoo import api, fields, models, tools

from .member_call_kinds import get_signal_kinds

STATES = [
    ("waiting", "Waiting"),
    ("open", "To Call"),
    ("done", "Done"),
    ("expired", "No Longer Needed"),
    ("held_out", "Left Alone"),
]
OUTCOMES = [
    ("ordered", "Ordered"),
    ("quotation", "Asked for a Quotation"),
    ("interested", "Interested"),
    ("talked", "Talked"),
    ("no_answer", "No Answer"),
    ("not_interested", "Not Interested"),
    ("complaint", "Complaint"),
    ("wrong_contact", "Wrong Contact"),
    ("not_called", "Not Called"),
]
RELATION = "member_call_signal_rel"


class MemberCall(models.Model):
    """A customer whom somebody is to call, for all the signals that say so.

    Written in sets and by buttons: the screens change nothing directly. Each signal
    is the cause of one call for ever; a customer has one current call at most.
    """

    _name = "member.call"
    _inherit = [
        "member.customer.record",
        "member.portrait.opening",
        "member.call.words",
        "member.call.closing",
        "member.call.assignment",
        "member.call.quotation",
    ]
    _description = "Call"
    _order = "priority desc, id"
    _rec_name = "partner_id"

    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    country_id = fields.Many2one(related="partner_id.country_id")
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        readonly=True,
        ondelete="set null",
        help="The customer's tier when the call was made.",
    )
    tier_color = fields.Integer(related="tier_id.color")

    kind = fields.Selection(
        selection=get_signal_kinds,
        string="Main Reason",
        required=True,
        readonly=True,
        help="The kind of the signal that says most.",
    )
    signal_ids = fields.Many2many(
        comodel_name="member.signal",
        relation=RELATION,
        column1="call_id",
        column2="signal_id",
        string="Signals",
        readonly=True,
    )
    weight = fields.Integer(
        readonly=True, aggregator="avg", help="How much the signals say: 1 to 100."
    )
    value_score = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="What the customer was worth when the call was handed out: 0 to 100.",
    )
    priority = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Weight times value: the highest is handed out first.",
    )

    state = fields.Selection(
        selection=STATES, required=True, readonly=True, default="waiting"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Assigned to",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    made_on = fields.Date(string="Found on", required=True, readonly=True)
    started_on = fields.Date(
        string="Handed Out on",
        readonly=True,
        help="The day on which somebody got the call; the days in which the customer"
        " may buy count from here.",
    )
    due_on = fields.Date(string="Due", readonly=True)
    closed_on = fields.Date(readonly=True)
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    outcome = fields.Selection(selection=OUTCOMES, readonly=True)
    outcome_note = fields.Text(string="Note", readonly=True)
    called_on = fields.Date(readonly=True)
    watched_until = fields.Date(
        readonly=True, help="The last day on which a purchase counts as saved."
    )
    judged_on = fields.Date(
        readonly=True, help="The day on which it was settled whether they bought."
    )
    is_saved = fields.Boolean(
        string="Bought Again",
        readonly=True,
        help="Whether the customer bought for more than they gave back, from the day"
        " on which the call was handed out until the last day that counts.",
    )
    saved_amount = fields.Monetary(string="Bought for", readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late")

    _one_current = models.UniqueIndex(
        "(membership_id) WHERE closed_on IS NULL",
        "This customer already has a call. Use that one.",
    )
    _current = models.Index("(program_id, state) WHERE closed_on IS NULL")
    _watched = models.Index("(program_id, watched_until) WHERE judged_on IS NULL")
    _closed = models.Index("(membership_id, closed_on) WHERE state = 'done'")

    def init(self):
        """Keep each signal to one call for ever, in the database."""
        result = super().init()
        tools.sql.create_index(
            self.env.cr,
            f"{RELATION}_signal_uniq",
            RELATION,
            ["signal_id"],
            unique=True,
        )
        return result

    @api.depends("state", "due_on")
    def _compute_is_late(self):
        for call in self:
            today = call.company_id._member_today()
            call.is_late = bool(
                call.state == "open" and call.due_on and call.due_on < today
            )
