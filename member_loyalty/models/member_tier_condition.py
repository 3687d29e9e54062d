from odoo import fields, models


class MemberTierCondition(models.Model):
    """A figure that a rule of a tier asks for."""

    _name = "member.tier.condition"
    _description = "Tier Condition"
    _inherit = ["member.ladder.part", "member.condition.mixin"]
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one(
        comodel_name="member.tier.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True)
    currency_id = fields.Many2one(related="rule_id.currency_id")
    sequence = fields.Integer(default=10)

    def _get_versions(self):
        """Return the versions of the rules that these conditions belong to."""
        return self.rule_id.version_id
