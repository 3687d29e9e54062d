import logging

from odoo import api, models

from odoo.addons.member_loyalty.queries.execution import run_quietly

from ..queries.planning import interpret

_logger = logging.getLogger(__name__)


class MemberProgramInsight(models.AbstractModel):
    """What is worked out about all members every night, step by step.

    Seam: a step is a name in :meth:`_get_insight_steps` and a method
    ``_refresh_<name>(day)`` that does it for all members of the program. Steps run in
    the order given, each in a transaction of its own; a step may be run at any time
    and twice.
    """

    _name = "member.program.insight"
    _description = "Insight into the Members of a Program"

    @api.model
    def _get_insight_steps(self):
        """Return the names of the steps, in the order in which they depend."""
        return ["scores", "forecasts", "signals", "calls", "segments"]

    @api.model
    def _cron_refresh_insight(self):
        """Work out everything anew for the first program of each company."""
        programs = self.env["member.program"].sudo()
        for company in programs.search([("active", "=", True)]).company_id:
            programs |= programs._get_company_programs(company)[:1]
        cron = self.env["ir.cron"]
        steps = self._get_insight_steps()
        cron._commit_progress(remaining=len(programs) * len(steps))
        for program in programs:
            for step in steps:
                program._try_to_refresh(step)
                cron._commit_progress(1)

    def _try_to_refresh(self, step):
        """Do one step; when it fails, report that and go on with the others."""
        self.ensure_one()
        with self.env["member.batch"]._report_and_go_on(
            _logger, "The %s of program %s failed", step, self.id
        ):
            self._refresh_insight(step)
            self.env.flush_all()

    def _refresh_insight(self, *steps):
        """Do some steps, by default all, for the members of this program as of today.

        :param str steps: names of :meth:`_get_insight_steps`
        """
        self.ensure_one()
        company = self._get_company()
        day = company._member_today()
        program = self.with_company(company)
        run_quietly(self.env, interpret())
        for step in steps or self._get_insight_steps():
            getattr(program, f"_refresh_{step}")(day)

    def action_refresh_insight(self):
        """Work out scores, forecasts, signals and calls now.

        :raises AccessError: for others than managers
        """
        self.ensure_one()
        self.check_access("write")
        self.sudo()._refresh_insight()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Scores and calls are up to date."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _refresh_scores(self, day):
        """Score the members."""

    def _refresh_forecasts(self, day):
        """Forecast who comes back and who loses the tier."""

    def _refresh_signals(self, day):
        """Find what is worth a call, and what no longer holds."""

    def _refresh_calls(self, day):
        """Turn signals into calls."""

    def _refresh_segments(self, day):
        """Give and take the tags that segments keep."""
