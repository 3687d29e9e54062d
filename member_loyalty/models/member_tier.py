from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberTier(models.Model):
    """A rung of a program's ladder; the lowest is everybody's start."""

    _name = "member.tier"
    _description = "Membership Tier"
    _inherit = [
        "member.number.guard",
        "image.mixin",
        "member.ladder.part",
        "member.tier.benefit.cost",
        "member.tier.benefits",
        "member.tier.cost.taking",
    ]
    _order = "program_id, sequence, id"

    program_id = fields.Many2one(
        comodel_name="member.program", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    currency_id = fields.Many2one(related="program_id.currency_id")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The lowest number is the lowest tier.")
    color = fields.Integer(string="Colour")
    description = fields.Text(translate=True, help="What members read about this tier.")
    rule_ids = fields.One2many(
        comodel_name="member.tier.rule",
        inverse_name="tier_id",
        domain=[("version_id.state", "=", "in_force")],
        copy=True,
        help="A member reaches this tier when any of these rules holds.",
    )
    is_lifetime = fields.Boolean(
        string="For Life",
        compute="_compute_is_lifetime",
        help="Whoever reaches this tier keeps it, unless purchases are taken back.",
    )
    may_change_rules = fields.Boolean(related="program_id.may_change_rules")
    is_base = fields.Boolean(string="Starting Tier", compute="_compute_is_base")
    benefit_ids = fields.Many2many(
        comodel_name="member.benefit",
        relation="member_benefit_member_tier_rel",
        column1="member_tier_id",
        column2="member_benefit_id",
        string="Benefits",
        copy=False,
        domain="[('program_id', '=', program_id)]",
        help="What members in this tier are granted.",
    )
    rule_summary = fields.Char(string="Reached with", compute="_compute_rule_summary")
    membership_count = fields.Integer(string="Members", compute="_compute_totals")
    window_amount = fields.Monetary(
        string="Purchases in the Window", compute="_compute_totals"
    )

    @api.depends("program_id.tier_ids.sequence")
    def _compute_is_base(self):
        for tier in self:
            lowest = tier.program_id._get_tiers()[:1]
            tier.is_base = tier == lowest or bool(tier._origin & lowest._origin)

    @api.depends("program_id.version_id.lifetime_tier_ids")
    def _compute_is_lifetime(self):
        for tier in self:
            lifetime = tier.program_id.version_id.lifetime_tier_ids
            tier.is_lifetime = bool(tier._origin & lifetime._origin)

    @api.depends("is_base", "rule_ids.sentence", "rule_ids.purpose")
    @api.depends_context("lang")
    def _compute_rule_summary(self):
        for tier in self:
            if tier.is_base:
                tier.rule_summary = self.env._("Every member starts here")
            else:
                tier.rule_summary = self.env._(" or ").join(
                    rule._get_sentence()
                    for rule in tier.rule_ids
                    if rule.purpose != "keep"
                )

    def _compute_totals(self):
        for program, tiers in self.grouped(
            lambda tier: tier.program_id._origin
        ).items():
            totals = program._get_tier_totals() if program else {}
            for tier in tiers:
                tier.membership_count, tier.window_amount = totals.get(
                    tier._origin.id, (0, 0)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Add tiers above the one where members start.

        :raises UserError: when one would be the lowest of a program with members
        """
        tiers = super().create(vals_list)
        for program in tiers.program_id:
            if program._get_tiers()[:1] & tiers and program._has_members():
                raise UserError(
                    self.env._(
                        "The members of %(program)s started in its lowest tier, which"
                        " stays the lowest. Give the new tier a higher place.",
                        program=program.name,
                    )
                )
        return tiers

    def write(self, vals):
        """Keep a tier in its program, where its members are, and in its place.

        :raises UserError: when it is to go to another program, or past another tier
        """
        program = self.env["member.program"].browse(vals.get("program_id"))
        if program and self.program_id - program:
            raise UserError(
                self.env._(
                    "A tier stays in its program. Make a tier like it in %(program)s.",
                    program=program.name,
                )
            )
        before = {one: one._get_tiers().ids for one in self.program_id}
        result = super().write(vals)
        if "sequence" in vals:
            for one, tier_ids in before.items():
                one._check_order_is_kept(tier_ids)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        held = self.env["member.membership"].sudo().with_context(active_test=False)
        decisions = self.env["member.tier.decision"].sudo()
        for tier in self:
            count = held.search_count([("tier_id", "=", tier.id)])
            if count:
                raise UserError(
                    self.env._(
                        "%(count)s members hold the tier %(tier)s, so it cannot be"
                        " deleted. Change its rules and evaluate the program first.",
                        count=count,
                        tier=tier.name,
                    )
                )
            if decisions.search_count(
                ["|", ("from_tier_id", "=", tier.id), ("to_tier_id", "=", tier.id)],
                limit=1,
            ):
                raise UserError(
                    self.env._(
                        "Somebody was in the tier %(tier)s before, and that is history."
                        " Take its rules away: then nobody reaches it any more.",
                        tier=tier.name,
                    )
                )

    def action_open_members(self):
        """Open the members that hold this tier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_membership_action"
        )
        action["domain"] = [("tier_id", "=", self.id)]
        return action
