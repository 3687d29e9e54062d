from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic import tier_qualification as qualification


class MemberProgram(models.Model):
    """One membership scheme of a company: its ladder and its policies."""

    _name = "member.program"
    _description = "Membership Program"
    _inherit = [
        "mail.thread",
        "member.window.mixin",
        "member.program.policy",
        "member.program.members",
        "member.program.evaluation",
        "member.program.schedule",
        "member.program.appeal",
        "member.program.origin",
    ]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(
        default=10,
        help="The first program of a company gives the tier shown on contacts"
        " and orders.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self._default_company_id(),
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    member_level = fields.Selection(
        selection=[
            ("commercial", "The company, shared by its contacts"),
            ("contact", "Each contact alone"),
        ],
        string="Who Is the Member",
        required=True,
        default="commercial",
    )
    enroll_on_signup = fields.Boolean(
        string="On Sign-up",
        default=True,
        help="Whoever signs up on the website or portal becomes a member.",
    )
    enroll_on_order = fields.Boolean(
        string="On the First Order",
        default=True,
        help="A customer becomes a member when an order is confirmed.",
    )
    enroll_on_import = fields.Boolean(
        string="On Import",
        default=True,
        help="Customers in an imported purchase history become members.",
    )
    enroll_by_hand = fields.Boolean(
        string="By Hand",
        default=True,
        help="Officers may make any contact a member.",
    )

    fall_day = fields.Integer(
        string="Review on Day",
        default=1,
        tracking=True,
        help="The day of each month (1 to 28) on which members can fall to a lower"
        " tier. Members rise at once, on the order that takes them there.",
    )
    term_months = fields.Integer(
        string="Keep a Tier for",
        default=0,
        tracking=True,
        help="Months for which a tier is promised once reached. 0 promises it until"
        " the next monthly review.",
    )
    next_fall_on = fields.Date(
        string="Next Review",
        default=lambda self: self._default_next_fall_on(),
        copy=False,
        help="The review that is due next. A review that was missed is caught up.",
    )
    evaluated_until = fields.Date(string="Evaluated until", readonly=True, copy=False)

    tier_ids = fields.One2many(
        comodel_name="member.tier", inverse_name="program_id", copy=True
    )
    membership_count = fields.Integer(compute="_compute_membership_count")

    _fall_day_in_every_month = models.Constraint(
        "CHECK(fall_day BETWEEN 1 AND 28)",
        "The review day must be from 1 to 28, so that every month has it.",
    )
    _term_not_negative = models.Constraint(
        "CHECK(term_months >= 0)",
        "The months for which a tier is kept cannot be negative. Enter 0 to check"
        " members at every monthly review.",
    )

    @api.model
    def _default_company_id(self):
        return self.env.company

    @api.model
    def _default_next_fall_on(self):
        return qualification.next_day_of_month(self.env.company._member_today(), 1)

    def _compute_membership_count(self):
        counts = dict(
            self.env["member.membership"]._read_group(
                [("program_id", "in", self.ids)], ["program_id"], ["__count"]
            )
        )
        for program in self:
            program.membership_count = counts.get(program, 0)

    @api.constrains("tier_ids", "active")
    def _check_has_tier(self):
        for program in self:
            if program.active and not program.tier_ids:
                raise ValidationError(
                    self.env._(
                        "The program %(program)s has no tier. Add at least one: it"
                        " is where every member starts.",
                        program=program.name,
                    )
                )

    @api.constrains("company_id", "member_level")
    def _check_identity_is_kept(self):
        memberships = self.env["member.membership"].sudo()
        for program in self:
            if memberships.with_context(active_test=False).search_count(
                [("program_id", "=", program.id)], limit=1
            ):
                raise ValidationError(
                    self.env._(
                        "The program %(program)s has members: its company and who is"
                        " the member can no longer change. Make a new program.",
                        program=program.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        programs = super().create(vals_list)
        self.env.registry.clear_cache()
        return programs

    def write(self, vals):
        result = super().write(vals)
        if "fall_day" in vals:
            self._plan_next_review()
        if vals.keys() - {"evaluated_until", "next_fall_on"}:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def action_open_members(self):
        """Open the members of this program."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_membership_action"
        )
        action["context"] = {"search_default_program_id": self.id}
        return action

    def _get_tiers(self):
        """Return the tiers, lowest first; of equals the one that was there first."""
        return self.sudo().tier_ids.sorted(
            lambda tier: (tier.sequence, tier._origin.id or float("inf"))
        )

    def _plan_next_review(self):
        """Set the next review to the coming review day of each program."""
        for program in self:
            program.next_fall_on = qualification.next_day_of_month(
                program.company_id._member_today(), program.fall_day
            )
