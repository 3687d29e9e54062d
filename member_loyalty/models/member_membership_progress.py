from odoo import models

from ..logic.purchase_posting import exact
from ..logic.tier_progress import missing_for_next
from ..queries import tier_evaluation
from ..queries.metrics import Scope


class MemberMembershipProgress(models.AbstractModel):
    """How far a member is from the next tier, in figures and in words."""

    _name = "member.membership.progress"
    _description = "Progress of a Member"

    def _get_progress(self, as_of=None):
        """Return what is missing for the next tier, as ``Progress``; None at the top.

        :param date as_of: the last day that counts, today unless given
        """
        self.ensure_one()
        day = as_of or self.company_id._member_today()
        ladder = self.program_id._get_rules(day).ladder
        return missing_for_next(
            self._get_ladder_figures(as_of), ladder, self.tier_id.id
        )

    def _get_ladder_figures(self, as_of=None):
        """Measure this member for everything the ladder asks for, by figure key."""
        self.ensure_one()
        program = self.program_id
        evaluation = program._prepare_evaluation(
            as_of or self.company_id._member_today()
        )
        scope = Scope(partner_ids=(self.partner_id.id,))
        rows = self.env.execute_query(
            tier_evaluation.ladder_figures(self.env, evaluation, scope)
        )
        if not rows:
            return {}
        figures = map(exact, rows[0][1:])
        return dict(zip(evaluation.figure_keys(), figures, strict=True))

    def _get_progress_lines(self, as_of=None):
        """Say what is missing for the next tier.

        :return: the next tier, the percentage reached (0 to 100), and for each way a
            list of sentences, the shortest way first; an empty tier at the top
        """
        self.ensure_one()
        progress = self._get_progress(as_of)
        Tier = self.env["member.tier"].sudo()
        if progress is None:
            return Tier, 100, []
        return (
            Tier.browse(progress.tier_id),
            int(progress.share * 100),
            [self._say_gaps(way) for way in progress.ways],
        )

    def action_explain(self):
        """Show what the tier held and the next one ask for, and what was measured."""
        self.ensure_one()
        self.check_access("read")
        return self.env["member.tier.explanation"]._open_for_member(self)

    def _say_condition(self, gap):
        """Say a condition with what was measured, in the language of the reader."""
        figure = gap.condition.figure
        metrics = self.env["member.metric"]
        said = metrics._say_figure(figure, gap.measured, self.currency_id)
        wanted = metrics._format_figure(
            figure.metric, gap.condition.threshold, self.currency_id
        )
        if metrics._get_metrics()[figure.metric].unit == "yes":
            return said
        if gap.condition.operator == "<":
            return self.env._(
                "%(figure)s (less than %(wanted)s)", figure=said, wanted=wanted
            )
        return self.env._(
            "%(figure)s (at least %(wanted)s)", figure=said, wanted=wanted
        )

    def _is_internal(self, gap):
        """Tell whether a condition is about what only staff know, such as a tag."""
        metric = (
            self.env["member.metric"]._get_metrics().get(gap.condition.figure.metric)
        )
        return bool(metric and metric.is_internal)

    def _say_gaps(self, way):
        """Say to the member what is missing on one way, not what only staff know."""
        missing = [gap for gap in way.gaps if gap.missing]
        told = [self._say_gap(gap) for gap in missing if not self._is_internal(gap)]
        if len(told) < len(missing):
            told.append(self.env._("Please speak to us about this tier."))
        return told

    def _say_gap(self, gap):
        """Say what is missing to one condition, in the language of the reader."""
        figure = gap.condition.figure
        metrics = self.env["member.metric"]

        def say(value):
            return metrics._format_figure(figure.metric, value, self.currency_id)

        return self.env._(
            "%(figure)s of %(wanted)s, %(missing)s missing",
            figure=metrics._say_figure(figure, gap.measured, self.currency_id),
            wanted=say(gap.condition.threshold),
            missing=say(gap.missing),
        )
