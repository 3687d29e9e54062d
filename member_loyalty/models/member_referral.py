from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.referral import OPEN_STATES


class MemberReferral(models.Model):
    """A company that came by a member's link, and what becomes of the reward.

    Rows are written by the code that binds, follows and rewards; officers refuse,
    accept and take back with buttons.
    """

    _name = "member.referral"
    _description = "Referral"
    _inherit = [
        "mail.thread",
        "member.referral.binding",
        "member.referral.judging",
        "member.referral.following",
        "member.referral.rewarding",
        "member.referral.steps",
        "member.referral.words",
        "member.referral.merging",
    ]
    _mail_post_access = "read"
    _order = "id desc"

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    code_id = fields.Many2one(
        comodel_name="member.referral.code",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    referrer_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The contact whose link it was.",
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        string="Referrer's Membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="Who Registered",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    referred_id = fields.Many2one(
        comodel_name="res.partner",
        string="Referred Company",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The company of the contact when it registered.",
    )
    state = fields.Selection(
        selection=[
            ("bound", "Registered"),
            ("ordered", "Ordered"),
            ("waiting", "Return window"),
            ("rewarded", "Rewarded"),
            ("refused", "Refused"),
            ("lapsed", "Lapsed"),
            ("taken_back", "Taken back"),
        ],
        required=True,
        readonly=True,
        default="bound",
        index=True,
        group_expand="_group_expand_state",
    )
    bound_at = fields.Datetime(string="Registered at", required=True, readonly=True)
    bound_on = fields.Date(string="Registered on", required=True, readonly=True)
    was_customer = fields.Boolean(
        string="Was a Customer",
        readonly=True,
        help="Had been invoiced, or was a member, before it registered.",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="First Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    ordered_on = fields.Date(readonly=True)
    paid_on = fields.Date(readonly=True, help="The day on which the payment was seen.")
    due_on = fields.Date(
        readonly=True, help="The day after the return window: rewards are due."
    )
    closed_on = fields.Date(
        string="Decided on", readonly=True, help="Rewarded, refused or lapsed."
    )
    undone_on = fields.Date(
        string="Order Taken Back on",
        readonly=True,
        help="The order was cancelled or credited after both sides were rewarded.",
    )
    reasons = fields.Char(
        string="Codes of Reasons", readonly=True, help="What speaks against it."
    )
    reason_text = fields.Text(string="Reasons", compute="_compute_reason_text")
    officer_reason = fields.Text(
        string="Decision", readonly=True, help="The referrer reads it when refused."
    )
    is_overruled = fields.Boolean(
        string="Overruled",
        readonly=True,
        help="An officer accepted it: it is not looked at again.",
    )
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided by", readonly=True
    )
    is_merged = fields.Boolean(
        readonly=True,
        help="The company was merged with one that had been referred too, and that"
        " referral counts.",
    )
    referrer_points = fields.Float(
        string="Points of the Referrer", digits=(16, 2), readonly=True
    )
    referred_points = fields.Float(
        string="Points of the Referred", digits=(16, 2), readonly=True
    )

    _once = models.UniqueIndex(
        "(program_id, referred_id) WHERE is_merged IS NOT TRUE",
        "This company was referred before in the program.",
    )
    _open = models.Index(
        "(program_id, id) WHERE state IN ('bound', 'ordered', 'waiting')"
    )

    @api.model
    def _group_expand_state(self, states, _domain):
        """Show the states in their order."""
        return [
            state
            for state, _label in self._fields["state"].selection
            if state in states or state in OPEN_STATES
        ]

    @api.depends("referrer_id", "contact_id")
    def _compute_display_name(self):
        for referral in self:
            referral.display_name = self.env._(
                "%(company)s, referred by %(referrer)s",
                company=referral.contact_id.display_name or "",
                referrer=referral.referrer_id.display_name or "",
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "A referral is history and cannot be deleted. Refuse it instead, with"
                " a reason."
            )
        )
