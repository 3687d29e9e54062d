from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberTierRule(models.Model):
    """One way to reach or to keep a tier: all of its conditions hold."""

    _name = "member.tier.rule"
    _description = "Tier Rule"
    _inherit = ["member.ladder.part", "member.match.preview"]
    _order = "version_id, tier_id, purpose, sequence, id"

    version_id = fields.Many2one(
        comodel_name="member.ladder.version",
        required=True,
        index=True,
        copy=False,
        ondelete="cascade",
        help="The version of the program's rules that this rule is part of.",
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        required=True,
        index=True,
        ondelete="cascade",
    )
    program_id = fields.Many2one(
        comodel_name="member.program", compute="_compute_program_id"
    )
    company_id = fields.Many2one(related="tier_id.company_id", store=True)
    currency_id = fields.Many2one(related="tier_id.currency_id")
    tier_color = fields.Integer(related="tier_id.color")
    purpose = fields.Selection(
        selection=[("enter", "Reach the tier"), ("keep", "Keep the tier")],
        required=True,
        default="enter",
        help="A member reaches the tier when any rule to reach it holds. At a review"
        " the tier is kept when any rule holds, to reach it or to keep it.",
    )
    sequence = fields.Integer(default=10)
    condition_ids = fields.One2many(
        comodel_name="member.tier.condition",
        inverse_name="rule_id",
        copy=True,
        help="All of these conditions must hold.",
    )
    sentence = fields.Char(string="In Words", compute="_compute_sentence")
    understood_limits = fields.Char(compute="_compute_understood_limits")

    @api.depends("tier_id.program_id", "version_id.program_id")
    def _compute_program_id(self):
        for rule in self:
            rule.program_id = rule.tier_id.program_id or rule.version_id.program_id

    @api.depends("condition_ids.understood_limits")
    def _compute_understood_limits(self):
        for rule in self:
            limits = rule.condition_ids.mapped(lambda one: one.understood_limits or "")
            rule.understood_limits = " ".join(sorted(set(" ".join(limits).split())))

    @api.depends("condition_ids.display_name", "currency_id")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            rule.sentence = rule._get_sentence()

    @api.constrains("condition_ids")
    def _check_has_condition(self):
        for rule in self:
            if not rule.condition_ids:
                raise ValidationError(
                    self.env._(
                        "A rule of the tier %(tier)s has no condition, so nobody"
                        " could reach it. Add a condition or delete the rule.",
                        tier=rule.tier_id.name,
                    )
                )

    @api.constrains("tier_id", "version_id")
    def _check_same_program(self):
        for rule in self:
            if rule.tier_id.program_id != rule.version_id.program_id:
                raise ValidationError(
                    self.env._(
                        "The tier %(tier)s is not one of %(program)s. Choose a tier of"
                        " the program whose rules these are.",
                        tier=rule.tier_id.name,
                        program=rule.version_id.program_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Add rules to the version in force, unless another one is said."""
        for vals in vals_list:
            tier = self.env["member.tier"].browse(vals.get("tier_id"))
            if tier and not vals.get("version_id"):
                vals["version_id"] = tier.program_id._get_version_in_force().id
        return super().create(vals_list)

    def _get_versions(self):
        """Return the versions that these rules are part of."""
        return self.version_id

    def _get_sentence(self):
        """Return the rule in words."""
        self.ensure_one()
        return self.env._(" and ").join(
            condition._get_sentence() for condition in self.condition_ids
        )

    def _get_preview_program(self):
        """Return the program whose members are matched while the rule is edited."""
        return self.tier_id.program_id or self.version_id.program_id
