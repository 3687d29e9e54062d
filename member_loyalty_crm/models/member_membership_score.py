from odoo import api, fields, models
from odoo.exceptions import UserError

from .member_score import SEGMENTS, STAGES


class MemberMembershipScore(models.AbstractModel):
    """What screens show of a membership's score."""

    _name = "member.membership.score"
    _description = "Score of a Membership"

    value_score = fields.Integer(
        compute="_compute_score",
        compute_sudo=True,
        search="_search_value_score",
        aggregator=None,
        help="0 to 100, by the weights that the program sets.",
    )
    score_segment = fields.Selection(
        selection=SEGMENTS,
        string="RFM Segment",
        compute="_compute_score",
        compute_sudo=True,
        search="_search_score_segment",
    )
    score_stage = fields.Selection(
        selection=STAGES,
        string="Life Cycle Stage",
        compute="_compute_score",
        compute_sudo=True,
        search="_search_score_stage",
    )
    has_score = fields.Boolean(compute="_compute_score", compute_sudo=True)

    @api.depends("score_ids.value_score", "score_ids.segment", "score_ids.stage")
    def _compute_score(self):
        for membership in self:
            score = membership.score_ids[:1]
            membership.has_score = bool(score)
            membership.value_score = score.value_score
            membership.score_segment = score.segment
            membership.score_stage = score.stage

    @api.model
    def _search_value_score(self, operator, value):
        return [("score_ids", "any", [("value_score", operator, value)])]

    @api.model
    def _search_score_segment(self, operator, value):
        return [("score_ids", "any", [("segment", operator, value)])]

    @api.model
    def _search_score_stage(self, operator, value):
        return [("score_ids", "any", [("stage", operator, value)])]

    def action_explain_score(self):
        """Show why the score is what it is.

        :raises UserError: when the member has none yet
        """
        self.ensure_one()
        self.check_access("read")
        score = self.score_ids[:1]
        if not score:
            raise UserError(
                self.env._(
                    "%(member)s has no score yet. Scores are worked out every night"
                    " for the members of the company's first program.",
                    member=self.partner_id.display_name,
                )
            )
        return score.action_explain()
