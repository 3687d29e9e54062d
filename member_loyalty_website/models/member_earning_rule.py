from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.product_review import Terms

VISITS_A_DAY = 10


class MemberEarningRule(models.Model):
    """A rule for acts on the website says what it asks of them."""

    _inherit = "member.earning.rule"

    review_minimum_length = fields.Integer(
        string="Text of at Least",
        default=30,
        help="Characters that the text of a review needs to earn points.",
    )
    review_needs_approval = fields.Boolean(
        string="Given on Approval",
        help="Points are given when somebody approves the review, not at once.",
    )
    share_visits_a_day = fields.Integer(
        string="Visits a Day",
        default=VISITS_A_DAY,
        help="So many visits a day earn points at most, by all links of one contact.",
    )

    @api.constrains("review_minimum_length", "share_visits_a_day")
    def _check_acts(self):
        for rule in self:
            if rule.review_minimum_length < 0 or rule.share_visits_a_day < 1:
                raise ValidationError(
                    self.env._(
                        "The rule %(rule)s needs a length of 0 or more characters and"
                        " at least one visit a day.",
                        rule=rule.name,
                    )
                )

    @api.model
    def _find_company_rules(self, kind, company):
        """Return a seller's active rules for a kind of events, with rights."""
        programs = self.env["member.program"]._get_company_programs(company)
        return self.sudo().union(
            *(self._find_event_rules(program, kind) for program in programs)
        )

    @api.model
    def _get_review_terms(self, company):
        """Return what a seller asks of reviews: the shortest text of several rules,
        approval when one of them wants it.

        :rtype: logic.product_review.Terms
        """
        rules = self._find_company_rules("review", company)
        return Terms(
            min(rules.mapped("review_minimum_length"), default=0),
            any(rules.mapped("review_needs_approval")),
        )
