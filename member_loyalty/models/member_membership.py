from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..queries import purchase_filters
from ..queries.metrics import Scope

GIVEN = frozenset(
    {"valid_until", "version_id", "granted_tier_id", "granted_until", "warned_for"}
)


class MemberMembership(models.Model):
    """A partner's place in a program: the tier, since when and until when.

    A narrow table: evaluations write it in sets. What the member bought is
    computed when it is looked at.
    """

    _name = "member.membership"
    _inherit = [
        "member.membership.manager",
        "member.membership.merge",
        "member.membership.progress",
        "member.purchase.filter",
        "member.membership.appeal",
        "member.membership.standing",
        "member.membership.joining",
        "member.membership.referral",
        "member.membership.notification",
        "member.membership.pricing",
        "member.point.holder",
        "member.benefit.holder",
    ]
    _description = "Membership"
    _order = "tier_since desc, id desc"
    _rec_names_search = ["partner_id"]
    _check_company_auto = True

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        required=True,
        index=True,
        ondelete="restrict",
    )
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        ondelete="restrict",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="program_id.currency_id")
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        compute="_compute_tier_id",
        store=True,
        precompute=True,
        readonly=True,
        required=True,
        index=True,
        ondelete="restrict",
    )
    tier_color = fields.Integer(related="tier_id.color")
    tier_since = fields.Date(readonly=True)
    valid_until = fields.Date(
        readonly=True,
        help="The last day the tier is promised. Empty for the starting tier, which"
        " nobody falls below.",
    )
    joined_on = fields.Date(readonly=True)
    joined_by = fields.Selection(
        selection=[
            ("signup", "Sign-up"),
            ("order", "First order"),
            ("import", "Import"),
            ("hand", "By hand"),
        ],
        readonly=True,
    )
    active = fields.Boolean(default=True)

    country_id = fields.Many2one(related="partner_id.country_id")
    lang = fields.Selection(related="partner_id.lang")
    email = fields.Char(related="partner_id.email")
    tag_ids = fields.Many2many(related="partner_id.member_tag_ids", readonly=False)
    tag_change_ids = fields.One2many(related="partner_id.member_tag_change_ids")
    window_amount = fields.Monetary(
        string="Purchases", compute="_compute_figures", help="In the program's window."
    )
    window_order_count = fields.Integer(
        string="Orders", compute="_compute_figures", help="In the program's window."
    )
    window_label = fields.Char(string="Window", compute="_compute_window_label")
    last_purchase_on = fields.Date(
        string="Last Purchase",
        compute="_compute_figures",
        search="_search_last_purchase",
    )
    benefit_entitlement_ids = fields.One2many(
        comodel_name="member.benefit.entitlement",
        inverse_name="membership_id",
        string="Benefits",
        readonly=True,
    )
    benefit_usage_ids = fields.One2many(
        comodel_name="member.benefit.usage",
        inverse_name="membership_id",
        string="Benefits Used",
        readonly=True,
    )
    decision_ids = fields.One2many(
        comodel_name="member.tier.decision",
        inverse_name="membership_id",
        readonly=True,
    )

    _one_per_program = models.UniqueIndex(
        "(program_id, partner_id) WHERE active",
        "This contact already is a member of the program.",
    )
    _joined = models.Index("USING brin (create_date)")

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.depends("program_id")
    def _compute_tier_id(self):
        for membership in self:
            membership.tier_id = (
                membership.tier_id or membership.program_id._get_tiers()[:1]
            )

    @api.depends("partner_id", "tier_id")
    def _compute_display_name(self):
        for membership in self:
            membership.display_name = membership.partner_id.display_name

    @api.depends("partner_id", "program_id")
    def _compute_figures(self):
        for program, memberships in self.grouped("program_id").items():
            partner_ids = memberships.partner_id.ids
            figures = program._get_figures(partner_ids) if program else {}
            for membership in memberships:
                (
                    membership.window_amount,
                    membership.window_order_count,
                    membership.last_purchase_on,
                ) = figures.get(membership.partner_id.id, (0, 0, False))

    @api.depends("program_id.window_type", "program_id.window_length")
    @api.depends_context("lang")
    def _compute_window_label(self):
        for membership in self:
            program = membership.program_id
            membership.window_label = program and program._get_window_label()

    @api.model
    def _get_bought_condition(self, bought, alias):
        """Override of `member.purchase.filter`: who the program says is the member."""
        return purchase_filters.by_membership(
            self.env, bought, alias, self._get_contact_program_ids()
        )

    @api.constrains("tier_id", "program_id")
    def _check_tier_of_program(self):
        for membership in self:
            if membership.tier_id.program_id != membership.program_id:
                raise ValidationError(
                    self.env._(
                        "The tier %(tier)s is not one of %(program)s. Choose a tier"
                        " of that program.",
                        tier=membership.tier_id.name,
                        program=membership.program_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Enrol by hand: the contact's company (or the contact) joins today.

        :raises UserError: when there is no program, or it takes nobody in by hand
        """
        Program = self.env["member.program"]
        today = fields.Date.to_string(self.env.company._member_today())
        for vals in vals_list:
            self._check_promises_nothing(vals)
            program = Program.browse(
                vals.get("program_id")
            ) or Program._get_first_program(self.env.company)
            program._check_may_enroll_by_hand()
            partner = self.env["res.partner"].browse(vals.get("partner_id"))
            vals["partner_id"] = program._get_member_partners(partner).id
            vals.setdefault("joined_on", today)
            vals.setdefault("joined_by", "hand")
            vals.setdefault("tier_since", today)
        tags = [vals.pop("tag_ids", []) for vals in vals_list]
        memberships = super().create(vals_list)
        for membership, commands in zip(memberships, tags, strict=True):
            membership._tag(commands)
        memberships._log_moves({}, "join")
        memberships._let_rise()
        memberships._reward_joining()
        return memberships

    def write(self, vals):
        """Log a decision when somebody gives members another tier.

        :raises UserError: when a membership is to become somebody else's, or what
            is promised would change without a trace
        """
        self._check_promises_nothing(vals)
        if not self.env.su and {"partner_id", "program_id"} & vals.keys():
            raise UserError(
                self.env._(
                    "A membership stays with its contact and its program, with its"
                    " history. Archive it and make another one."
                )
            )
        if "tag_ids" in vals:
            vals = dict(vals)
            self._tag(vals.pop("tag_ids"))
        before = {membership.id: membership.tier_id for membership in self}
        if "tier_id" in vals:
            vals.setdefault("tier_since", self.env.company._member_today())
        result = super().write(vals)
        if "tier_id" in vals:
            self._log_moves(before, "manual")
        if vals.get("active"):
            self._let_rise()
            self._reward_joining()
        if "active" in vals:
            self._keep_tags()
        return result

    @api.model
    def _check_promises_nothing(self, vals):
        """Let values pass that leave alone what a member is promised.

        :raises UserError: for others, unless our own code writes them
        """
        if not self.env.su and GIVEN & vals.keys():
            raise UserError(
                self.env._(
                    "What a member is promised is not written by hand. Press “Change"
                    " Tier”: it asks until when and for the reason."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "A membership has a history and cannot be deleted. Archive it: the"
                " contact then no longer is a member."
            )
        )

    def action_open_activities(self):
        """Open the activities that this member's tier is computed from."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_activity_action"
        )
        column = self.program_id.sudo()._get_partner_column()
        action["domain"] = [
            (column, "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        return action

    def _tag(self, commands):
        """Tag the members: that takes no right to change their contacts."""
        if commands:
            self.check_access("write")
            self.sudo().partner_id.write({"member_tag_ids": commands})

    def _keep_tags(self):
        """Give and take the tags that rules keep on these members."""
        for program, memberships in self.sudo().grouped("program_id").items():
            scope = Scope(partner_ids=tuple(sorted(memberships.partner_id.ids)))
            program._keep_tags(program.company_id._member_today(), scope)

    def _let_rise(self):
        """Move these members up to the tier that their figures give."""
        for program, memberships in self.sudo().grouped("program_id").items():
            program._let_members_rise(memberships.partner_id.ids)

    def _write_tier(self, vals):
        """Write a tier whose decision the caller logs."""
        return super().write(vals)

    def _get_point_holders(self):
        """Override of `member.point.holder`: the members themselves."""
        return self.partner_id
