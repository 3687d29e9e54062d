from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MemberProgram(models.Model):
    """One membership scheme of a company: its ladder and its policies."""

    _name = "member.program"
    _description = "Membership Program"
    _inherit = [
        "member.number.guard",
        "mail.thread",
        "member.window.mixin",
        "member.program.policy",
        "member.program.rules",
        "member.program.movement",
        "member.program.members",
        "member.program.evaluation",
        "member.program.tags",
        "member.program.schedule",
        "member.program.appeal",
        "member.program.origin",
        "member.program.warning",
        "member.program.proof",
        "member.program.points",
        "member.program.earning",
        "member.program.events",
        "member.program.points.expiry",
        "member.program.points.warning",
        "member.program.points.drift",
        "member.program.liability",
        "member.program.deferral",
        "member.program.stored.value",
        "member.program.spending",
        "member.program.officer",
        "member.program.wallet",
        "member.program.purses",
        "member.program.notification",
        "member.program.referral",
        "member.program.benefits",
        "member.program.summary",
        "member.program.benefit.spending",
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

    evaluated_until = fields.Date(string="Evaluated until", readonly=True, copy=False)

    tier_ids = fields.One2many(
        comodel_name="member.tier", inverse_name="program_id", copy=True
    )
    membership_count = fields.Integer(compute="_compute_membership_count")

    @api.model
    def _default_company_id(self):
        return self.env.company

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
        for program in self:
            if program._has_members():
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
        for program in programs:
            program._get_version_in_force()
        self.env.registry.clear_cache()
        return programs

    def write(self, vals):
        """Plan anew what follows from the policies.

        :raises UserError: when other rules are put in force without being signed
        """
        if "version_id" in vals and not self.env.su:
            raise UserError(
                self.env._(
                    "Other rules come into force by signing a draft. Press “Change"
                    " Rules”, simulate the draft and sign it."
                )
            )
        result = super().write(vals)
        if "fall_day" in vals:
            self._plan_next_review()
        if vals.get("automatic"):
            self._start_afresh()
        if vals.keys() - {"evaluated_until", "next_fall_on", "points_given_until"}:
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
