from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic import tier_qualification as qualification


class MemberTierRule(models.Model):
    """One way to reach a tier: all of its conditions hold."""

    _name = "member.tier.rule"
    _description = "Tier Rule"
    _inherit = "member.ladder.part"
    _order = "tier_id, sequence, id"

    tier_id = fields.Many2one(
        comodel_name="member.tier", required=True, index=True, ondelete="cascade"
    )
    program_id = fields.Many2one(related="tier_id.program_id")
    company_id = fields.Many2one(related="tier_id.company_id", store=True)
    currency_id = fields.Many2one(related="tier_id.currency_id")
    sequence = fields.Integer(default=10)
    condition_ids = fields.One2many(
        comodel_name="member.tier.condition",
        inverse_name="rule_id",
        copy=True,
        help="All of these conditions must hold.",
    )

    sentence = fields.Char(string="Reached with", compute="_compute_sentence")

    @api.depends(
        "condition_ids.metric",
        "condition_ids.value",
        "condition_ids.window_type",
        "condition_ids.window_length",
        "currency_id",
    )
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            rule.sentence = rule._get_sentence()

    @api.depends("sentence")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.sentence

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

    def _get_sentence(self):
        """Return the rule in words."""
        self.ensure_one()
        return self.env._(" and ").join(
            condition._get_sentence() for condition in self.condition_ids
        )

    def _get_logic_rule(self):
        """Return the rule as the pure :class:`Rule`."""
        self.ensure_one()
        return qualification.Rule(
            tuple(condition._get_logic_condition() for condition in self.condition_ids)
        )
