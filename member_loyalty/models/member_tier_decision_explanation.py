from odoo import api, fields, models
from odoo.tools import format_date

from ..logic.figures import FigureKey
from ..logic.purchase_posting import exact
from ..logic.tier_explanation import explain, find_decisive


class MemberTierDecisionExplanation(models.AbstractModel):
    """What decided, in a sentence for staff and in one for the member."""

    _name = "member.tier.decision.explanation"
    _description = "Explanation of a Decision"

    staff_sentence = fields.Char(string="Why", compute="_compute_sentences")
    member_sentence = fields.Char(
        string="What the Member Reads", compute="_compute_sentences"
    )

    @api.depends("figures", "event", "from_tier_id", "to_tier_id", "reason")
    @api.depends_context("lang")
    def _compute_sentences(self):
        for decision in self:
            parts = {
                "tier": decision.to_tier_id.name or "",
                "former": decision.from_tier_id.name or "",
                "why": decision._say_decisive(),
                "reason": (decision.reason or "").rstrip("."),
                "day": format_date(self.env, decision.due_on) or "",
            }
            staff, member = decision._get_sentences().get(decision.event, ("", ""))
            told = {**parts, "why": decision._say_decisive(to_member=True)}
            if decision.event in ("up", "down", "warned"):
                plain = self.env._("%(former)s to %(tier)s.")
                staff = staff if parts["why"] else plain
                member = member if told["why"] else plain
            decision.staff_sentence = staff and staff % parts
            decision.member_sentence = member and member % told

    def _say_to_member(self, env):
        """Return the sentence for the member, in a reader's language."""
        return self.with_env(env).member_sentence

    def _get_sentences(self):
        """Return the sentences for staff and for the member, by event."""
        return {
            "join": (
                self.env._("Joined as %(tier)s."),
                self.env._("Welcome: you are %(tier)s."),
            ),
            "up": (
                self.env._("Rose to %(tier)s: %(why)s."),
                self.env._("You reached %(tier)s: %(why)s."),
            ),
            "down": (
                self.env._("Fell from %(former)s to %(tier)s: %(why)s."),
                self.env._("You are now %(tier)s. To keep %(former)s: %(why)s."),
            ),
            "warned": (
                self.env._(
                    "Would fall from %(former)s to %(tier)s on %(day)s: %(why)s."
                ),
                self.env._("To keep %(former)s after %(day)s: %(why)s."),
            ),
            "manual": (
                self.env._("Set to %(tier)s by hand: %(reason)s."),
                self.env._("We gave you %(tier)s."),
            ),
            "appeal": (
                self.env._("%(tier)s granted on appeal: %(reason)s."),
                self.env._("Your request was granted: you are %(tier)s."),
            ),
            "merge": (
                self.env._("Contacts merged: %(tier)s."),
                self.env._("You are %(tier)s."),
            ),
        }

    def _get_ladder(self):
        """Return the ladder that decided, with what accelerators made of it then."""
        self.ensure_one()
        program = self.membership_id.program_id.sudo()
        return program._get_rules_of(
            self.version_id, self._get_judged_day(), self.create_date
        ).ladder

    def _get_judged_day(self):
        """Return the day as of which figures were measured: a warning looks ahead."""
        self.ensure_one()
        return self.due_on or self.date

    def _get_figures(self):
        """Return what was measured, by figure key."""
        self.ensure_one()
        return {
            FigureKey.from_code(code): exact(value)
            for code, value in (self.figures or {}).items()
        }

    def _get_judged_tier(self):
        """Return the tier whose rules decided: the one reached, or the one lost."""
        self.ensure_one()
        return (
            self.from_tier_id if self.event in ("down", "warned") else self.to_tier_id
        )

    def _say_decisive(self, to_member=False):
        """Say the conditions of the rule that gave the tier, or that came nearest.

        :param to_member: leave out what is only for staff, such as tags
        """
        self.ensure_one()
        if not self.figures or not self.version_id:
            return ""
        tier, ladder = self._get_judged_tier(), self._get_ladder()
        if tier.id not in [one.tier_id for one in ladder.tiers]:
            return ""
        keeps = self.event != "up"
        way = find_decisive(self._get_figures(), ladder, tier.id, keeps)
        gaps = way.gaps if way else ()
        if keeps:
            gaps = [gap for gap in gaps if not gap.holds]
        membership = self.membership_id
        if to_member:
            gaps = [gap for gap in gaps if not membership._is_internal(gap)]
        return self.env._(" and ").join(membership._say_condition(gap) for gap in gaps)

    def _get_reasons(self):
        """Return every condition of the tier in question, as ``Reason``."""
        self.ensure_one()
        tier, ladder = self._get_judged_tier(), self._get_ladder()
        if tier.id not in [one.tier_id for one in ladder.tiers]:
            return ()
        return explain(
            self._get_figures(),
            ladder,
            tier.id,
            self._get_judged_day(),
            self.membership_id.joined_on or None,
        )

    def action_explain(self):
        """Show every condition with what was measured, and its documents."""
        self.ensure_one()
        self.check_access("read")
        return self.env["member.tier.explanation"]._open_for_decision(self)
