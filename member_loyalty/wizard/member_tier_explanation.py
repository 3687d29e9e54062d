from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.tier_explanation import explain


class MemberTierExplanation(models.TransientModel):
    """Why a member has a tier, or how far it is: every condition with its documents."""

    _name = "member.tier.explanation"
    _description = "Explanation of a Tier"

    membership_id = fields.Many2one(
        comodel_name="member.membership", required=True, readonly=True
    )
    decision_id = fields.Many2one(comodel_name="member.tier.decision", readonly=True)
    as_of = fields.Date(string="As of", readonly=True)
    tier_id = fields.Many2one(comodel_name="member.tier", readonly=True)
    sentence = fields.Char(string="In a Sentence", readonly=True)
    member_sentence = fields.Char(string="What the Member Reads", readonly=True)
    line_ids = fields.One2many(
        comodel_name="member.tier.explanation.line",
        inverse_name="explanation_id",
        readonly=True,
    )

    @api.model
    def _open_for_decision(self, decision):
        """Explain a decision; return the action that shows it."""
        explanation = self.sudo().create(
            {
                "membership_id": decision.membership_id.id,
                "decision_id": decision.id,
                "as_of": decision._get_judged_day(),
                "tier_id": decision._get_judged_tier().id,
                "sentence": decision.staff_sentence,
                "member_sentence": decision.member_sentence,
                "line_ids": self._prepare_lines(decision._get_reasons()),
            }
        )
        return explanation.sudo(False)._get_action()

    @api.model
    def _open_for_member(self, membership):
        """Explain the tier held and the next one, as of today."""
        today = membership.company_id._member_today()
        ladder = membership.program_id.sudo()._get_rules(today).ladder
        figures = membership._get_ladder_figures(today)
        rank = ladder.rank(membership.tier_id.id)
        reasons = [
            reason
            for tier in ladder.tiers[max(rank, 1) : rank + 2]
            for reason in explain(
                figures, ladder, tier.tier_id, today, membership.joined_on or None
            )
        ]
        explanation = self.sudo().create(
            {
                "membership_id": membership.id,
                "as_of": today,
                "tier_id": membership.tier_id.id,
                "line_ids": self._prepare_lines(reasons),
            }
        )
        return explanation.sudo(False)._get_action()

    @api.model
    def _prepare_lines(self, reasons):
        """Return commands that make a line for each reason."""
        return [
            fields.Command.create(
                {
                    "tier_id": reason.tier_id,
                    "purpose": reason.purpose,
                    "way": reason.way,
                    "figure": reason.gap.condition.figure.code,
                    "operator": reason.gap.condition.operator,
                    "measured": float(reason.gap.measured),
                    "threshold": float(reason.gap.condition.threshold),
                    "date_from": reason.days.first,
                    "date_to": reason.days.last,
                    "holds": reason.gap.holds,
                }
            )
            for reason in reasons
        ]

    def _get_action(self):
        """Return the action that shows the explanation in a dialog."""
        self.ensure_one()
        if not self.line_ids and not self.sentence:
            raise UserError(
                self.env._("This tier is everybody's start: there is nothing to meet.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
