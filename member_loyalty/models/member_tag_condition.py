from odoo import api, fields, models


class MemberTagCondition(models.Model):
    """A figure that a rule of a tag asks for."""

    _name = "member.tag.condition"
    _description = "Tag Condition"
    _inherit = "member.condition.mixin"
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one(
        comodel_name="member.tag.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True)
    currency_id = fields.Many2one(related="rule_id.currency_id")
    sequence = fields.Integer(default=10)

    @api.constrains("metric", "tag_ids", "rule_id")
    def _check_no_circle(self):
        self.rule_id.tag_id._check_no_circle()
