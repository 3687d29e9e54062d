from odoo import api, fields, models

from ..logic.ladder import Rule
from ..queries import rule_matching


class MemberMatchPreview(models.AbstractModel):
    """A rule of conditions; how many members meet it while it is being written."""

    _name = "member.match.preview"
    _description = "Preview of a Rule"

    match_count = fields.Integer(
        string="Members Today",
        compute="_compute_match_count",
        help="How many of today's members meet all of these conditions.",
    )
    member_count = fields.Integer(string="of", compute="_compute_match_count")

    @api.depends("sentence")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.sentence

    @api.depends("condition_ids.display_name")
    def _compute_match_count(self):
        for rule in self:
            program = rule._get_preview_program()._origin
            rule.match_count = rule._count_matches(program)
            rule.member_count = program.membership_count

    def _get_logic_rule(self):
        """Return the rule as the pure :class:`Rule`."""
        self.ensure_one()
        return Rule(
            tuple(condition._get_logic_condition() for condition in self.condition_ids)
        )

    def _count_matches(self, program):
        """Return how many active members of a program meet the rule as of today."""
        metrics = self.env["member.metric"]._get_metrics()
        rule = self._get_logic_rule()
        known = all(one.figure.metric in metrics for one in rule.conditions)
        if not program or not rule.conditions or not known:
            return 0
        if not all(self.condition_ids.mapped(lambda one: one._is_measurable())):
            return 0
        [(count,)] = self.env.execute_query(
            rule_matching.count_matches(
                self.env,
                (rule,),
                metrics,
                program._get_measuring(program.company_id._member_today()),
            )
        )
        return count
