from odoo.tests import freeze_time

from .evaluation_common import EvaluationCommon


@freeze_time("2026-03-15 10:00:00")
class RehearsalCommon(EvaluationCommon):
    """Drafts of rules, their simulations, and what signing them does."""

    def _simulate(self, draft, run=True, **values):
        """Simulate a draft as of today, unless said otherwise."""
        simulation = self.env["member.simulation"].create(
            {"version_id": draft.id, **values}
        )
        if run:
            simulation.action_run()
        return simulation

    def _get_outcomes(self, simulation):
        """Return (now, under the rules in force, under the draft) by member name."""
        return {
            line.partner_id.name: (
                line.tier_id.name,
                line.in_force_tier_id.name,
                line.draft_tier_id.name,
            )
            for line in simulation.line_ids
        }

    def _get_moves(self, simulation):
        """Return what a simulation says about members who move."""
        return {
            (line.membership_id.id, line.tier_id.id, line.draft_tier_id.id)
            for line in simulation.line_ids
            if line.move != "stay"
        }

    def _get_decisions(self, run):
        """Return what a run decided."""
        return {
            (one.membership_id.id, one.from_tier_id.id, one.to_tier_id.id)
            for one in run.decision_ids
        }

    def _create_test(self, expected, *facts, program=None, **values):
        """Keep a rule test: a customer who did these things must be in a tier."""
        return self.env["member.rule.test"].create(
            {
                "name": "As we mean it",
                "program_id": (program or self.program).id,
                "expected_tier_id": expected.id,
                "fact_ids": [(0, 0, fact) for fact in facts],
                **values,
            }
        )
