from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic import tier_appeal

OPEN_STATES = ("draft", "submitted", "granted")
WISH = frozenset(
    {
        "membership_id",
        "tier_id",
        "reason",
        "evidence_attachment_ids",
        "promised_amount",
        "wished_until",
    }
)
COURSE = frozenset(
    {
        "name",
        "state",
        "filed_by_id",
        "submitted_on",
        "deadline",
        "reminded_on",
        "decided_by_id",
        "decided_on",
        "granted_on",
        "refusal_reason",
        "decision_id",
        "reviewed_on",
        "reviewed_amount",
    }
)


class MemberTierAppeal(models.Model):
    """A member's wish for a higher tier, with evidence and perhaps a promise.

    A manager grants it until a day or refuses it; what was promised is tracked
    until that day and then compared with what was bought.
    """

    _name = "member.tier.appeal"
    _description = "Tier Appeal"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "member.tier.appeal.wish",
        "member.tier.appeal.steps",
        "member.tier.appeal.notice",
        "member.tier.appeal.review",
    ]
    _order = "deadline, id desc"
    _check_company_auto = True

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="membership_id.partner_id", string="Member")
    program_id = fields.Many2one(
        related="membership_id.program_id", store=True, precompute=True
    )
    company_id = fields.Many2one(
        related="membership_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    held_tier_id = fields.Many2one(
        related="membership_id.tier_id", string="Tier Held Now"
    )
    held_tier_color = fields.Integer(
        string="Colour of the Tier Held", related="held_tier_id.color"
    )
    reachable_tier_ids = fields.Many2many(
        comodel_name="member.tier", compute="_compute_reachable_tier_ids"
    )

    tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Tier Wished",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('id', 'in', reachable_tier_ids)]",
    )
    tier_color = fields.Integer(related="tier_id.color")
    reason = fields.Text(
        required=True, help="Why the member should have the tier, in their words."
    )
    evidence_attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Evidence",
        copy=False,
        help="Such as a purchase plan or a contract.",
    )
    promised_amount = fields.Monetary(
        tracking=True,
        help="What the member promises to buy until the tier ends. 0 promises nothing.",
    )
    wished_until = fields.Date(
        string="Until",
        tracking=True,
        help="The last day for which the tier is wished, and of the promise.",
    )

    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "To decide"),
            ("granted", "Granted"),
            ("kept", "Promise kept"),
            ("missed", "Promise missed"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand="_group_expand_state",
    )
    filed_by_id = fields.Many2one(
        comodel_name="res.users", string="Filed by", readonly=True, copy=False
    )
    submitted_on = fields.Date(readonly=True, copy=False)
    deadline = fields.Date(
        string="Decide by", readonly=True, copy=False, help="The last day in time."
    )
    reminded_on = fields.Date(readonly=True, copy=False)
    is_late = fields.Boolean(compute="_compute_is_late")
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided by", readonly=True, copy=False
    )
    decided_on = fields.Date(readonly=True, copy=False)
    granted_on = fields.Date(readonly=True, copy=False)
    refusal_reason = fields.Text(string="Refused Because", readonly=True, copy=False)
    decision_id = fields.Many2one(
        comodel_name="member.tier.decision",
        string="Tier Change",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reviewed_on = fields.Date(readonly=True, copy=False)
    reviewed_amount = fields.Monetary(readonly=True, copy=False)

    _one_open = models.UniqueIndex(
        "(membership_id) WHERE state IN ('draft', 'submitted', 'granted')",
        "This member already has an appeal that is open, or a promise that runs."
        " Decide or withdraw it before you file another one.",
    )
    _promise_not_negative = models.Constraint(
        "CHECK(promised_amount >= 0)",
        "A promised amount cannot be negative. Enter 0 when nothing is promised.",
    )

    @api.model
    def _group_expand_state(self, states, _domain):
        """Show the states in their order, and those that every appeal can come to."""
        return [
            state
            for state, _label in self._fields["state"].selection
            if state in states or state in OPEN_STATES
        ]

    @api.depends("membership_id.tier_id")
    def _compute_reachable_tier_ids(self):
        for appeal in self:
            appeal.reachable_tier_ids = appeal._get_reachable_tiers()

    @api.depends("deadline", "state")
    def _compute_is_late(self):
        for appeal in self:
            appeal.is_late = appeal.state == "submitted" and tier_appeal.is_over(
                appeal.deadline or None, appeal.company_id._member_today()
            )

    @api.depends("name", "partner_id", "tier_id")
    def _compute_display_name(self):
        for appeal in self:
            appeal.display_name = self.env._(
                "%(number)s: %(member)s, %(tier)s",
                number=appeal.name,
                member=appeal.partner_id.display_name or "",
                tier=appeal.tier_id.name or "",
            )

    @api.constrains("membership_id", "tier_id")
    def _check_tier_is_higher(self):
        for appeal in self:
            if appeal.state in ("draft", "submitted"):
                appeal._check_wish_is_open()

    @api.model_create_multi
    def create(self, vals_list):
        """File appeals as drafts, whatever the values say of their further course."""
        sequence = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            vals.update(dict.fromkeys(COURSE, False))
            vals["state"] = "draft"
            vals["name"] = sequence.next_by_code(self._name) or self.env._("New")
        # one open appeal per member: the database has to know which are over
        self.flush_model(["state", "membership_id"])
        appeals = super().create(vals_list)
        appeals._keep_evidence()
        return appeals

    def write(self, vals):
        """Let people change what is wished until that is decided, nothing else.

        :raises UserError: when it is too late, or the course of the appeal is set
        """
        if not self.env.su:
            self.check_access("write")
            if COURSE & vals.keys():
                raise UserError(
                    self.env._(
                        "The course of an appeal is not written by hand. Use the"
                        " buttons: Submit, Grant, Refuse, Withdraw."
                    )
                )
            if WISH & vals.keys():
                self._check_wish_may_change()
        result = super().write(vals)
        if "evidence_attachment_ids" in vals:
            self._keep_evidence()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        for appeal in self:
            if appeal.state != "draft":
                raise UserError(
                    self.env._(
                        "%(number)s was submitted and is history. Withdraw it instead"
                        " of deleting it.",
                        number=appeal.name,
                    )
                )
