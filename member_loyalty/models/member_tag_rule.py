from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberTagRule(models.Model):
    """One way to get a tag: all of its conditions hold."""

    _name = "member.tag.rule"
    _description = "Tag Rule"
    _inherit = "member.match.preview"
    _order = "tag_id, sequence, id"

    tag_id = fields.Many2one(
        comodel_name="member.tag", required=True, index=True, ondelete="cascade"
    )
    program_id = fields.Many2one(related="tag_id.program_id")
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    currency_id = fields.Many2one(related="program_id.currency_id")
    sequence = fields.Integer(default=10)
    condition_ids = fields.One2many(
        comodel_name="member.tag.condition",
        inverse_name="rule_id",
        copy=True,
        help="All of these conditions must hold.",
    )
    sentence = fields.Char(string="In Words", compute="_compute_sentence")

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
                        "A rule of the tag %(tag)s has no condition, so nobody could"
                        " meet it. Add a condition or delete the rule.",
                        tag=rule.tag_id.name,
                    )
                )

    def _get_sentence(self):
        """Return the rule in words."""
        self.ensure_one()
        return self.env._(" and ").join(
            condition._get_sentence() for condition in self.condition_ids
        )

    def _get_preview_program(self):
        """Return the program whose members are matched while the rule is edited."""
        return self.program_id

    def _is_measurable(self):
        """Tell whether the rule is complete enough to measure members by it."""
        self.ensure_one()
        return bool(self.condition_ids) and all(
            condition._is_measurable() for condition in self.condition_ids
        )
