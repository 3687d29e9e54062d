from odoo import api, fields, models

KINDS = [
    ("silent", "Silent"),
    ("overdue", "Overdue"),
    ("falling", "Buys Less"),
    ("lost_quotation", "Lost Quotation"),
    ("complaint", "Complaint"),
    ("returned", "Goods Returned"),
    ("leaving", "Likely to Leave"),
    ("tier_loss", "Will Lose the Tier"),
    ("demand", "Shows Interest"),
    ("unused_benefit", "Unused Benefit"),
]


class MemberSignal(models.Model):
    """Something about a member that is worth a call, from when to when it held.

    Each cause is one row for ever, so that nobody is called twice for it.
    """

    _name = "member.signal"
    _inherit = [
        "member.signal.words",
        "member.insight.record",
        "member.portrait.opening",
    ]
    _description = "Signal"
    _order = "found_on desc, weight desc, id desc"

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    rule_id = fields.Many2one(
        comodel_name="member.signal.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    cause = fields.Char(
        required=True,
        readonly=True,
        help="Names the cause once and for all, such as the kind, the member and the"
        " last purchase.",
    )
    found_on = fields.Date(required=True, readonly=True)
    ended_on = fields.Date(
        readonly=True, help="The day on which it no longer held. Empty while it holds."
    )
    weight = fields.Integer(
        readonly=True, aggregator="max", help="How much it says: 1 to 100."
    )
    facts = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="The figures that the reason names, and what documents are called.",
    )
    reason = fields.Char(compute="_compute_reason", compute_sudo=True)

    _one_per_cause = models.UniqueIndex("(program_id, cause)")
    _open = models.Index("(program_id, membership_id) WHERE ended_on IS NULL")

    @api.depends("kind", "facts", "cause")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_reason(self):
        for signal in self:
            signal.reason = signal._say_reason()
