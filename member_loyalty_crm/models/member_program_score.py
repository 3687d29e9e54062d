from odoo import api, fields, models

from odoo.addons.member_loyalty.queries.execution import execute_quietly
from odoo.addons.member_loyalty.queries.ladder_ranks import rank_of_tier

from ..queries import member_score
from ..queries.member_score_facts import Scoring
from .member_program_score_settings import SETTING_FIELDS


class MemberProgramScore(models.AbstractModel):
    """Scores of the members of a company's first program.

    ``score_basis`` is what the scores that stand were worked out from: the day, the
    settings, how many were compared and where the fifths are cut. It explains them
    after the settings have changed.
    """

    _name = "member.program.score"
    _description = "Scores of a Program"

    score_basis = fields.Json(readonly=True, copy=False)
    scored_on = fields.Date(string="Scores as of", compute="_compute_scored_on")
    has_former_score_settings = fields.Boolean(
        compute="_compute_has_former_score_settings"
    )

    @api.depends("score_basis")
    def _compute_scored_on(self):
        for program in self:
            program.scored_on = (program.score_basis or {}).get("day")

    @api.depends("score_basis", *SETTING_FIELDS)
    def _compute_has_former_score_settings(self):
        for program in self:
            held = program.score_basis
            program.has_former_score_settings = bool(held) and (
                held["settings"] != program._get_score_setting_values()
            )

    def _get_score_setting_values(self):
        return {name: self[name] for name in SETTING_FIELDS}

    def action_work_out_scores(self):
        """Score the members now.

        :raises AccessError: for others than managers
        """
        self.ensure_one()
        self.check_access("write")
        self.sudo()._refresh_insight("scores")
        return self.action_open_scores()

    def action_open_scores(self):
        """Open the scores of the members of this program."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty_crm.member_score_action"
        )
        return {**action, "domain": [("company_id", "=", self.company_id.id)]}

    def _refresh_scores(self, day):
        """Score all members as of a day; write what is new, changed or gone.

        Only the company's first program gives scores. Running it again writes nothing.

        :param date day: purchases after it do not count
        :return: how many scores were written or deleted
        """
        super()._refresh_scores(day)
        if self != self._get_company_programs(self._get_company())[:1]:
            return 0
        query = member_score.delete_former(self.env, self.id, self._get_company().id)
        gone = execute_quietly(self.env, query)
        scoring = self._get_scoring(day)
        query = member_score.write(self.env, scoring)
        [(written, compared, sold, cuts)] = execute_quietly(self.env, query)
        self.env["member.score"].invalidate_model()
        self._keep_score_basis(scoring, compared, sold, cuts)
        return len(gone) + written

    def _get_scoring(self, day):
        """Return whom to score, and by what, as the queries take it."""
        ladder = self._get_ladder()
        return Scoring(
            program_id=self.id,
            company_id=self._get_company().id,
            partner_column=self._get_partner_column(),
            day=day,
            settings=self._get_score_settings(),
            tier_rank=rank_of_tier(ladder, member_score.MEMBER_TIER),
            top_rank=len(ladder.tiers) - 1,
            point_cost=self.points_value * self.points_redeemed_share / 100,
        )

    def _keep_score_basis(self, scoring, compared, sold, cuts):
        """Remember what the scores rest on, if that is new."""
        basis = {
            "day": scoring.day.isoformat(),
            "first_day": scoring.first_day.isoformat(),
            "settings": self._get_score_setting_values(),
            "top_rank": scoring.top_rank,
            "compared": compared,
            "sold": float(sold),
            "cuts": cuts,
        }
        if self.score_basis != basis:
            self.score_basis = basis
