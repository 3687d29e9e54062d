from odoo import api, fields, models

from ..queries import point_drift
from ..queries.execution import execute_quietly


class MemberProgramPointsDrift(models.AbstractModel):
    """Every day the points on cards are compared with what was booked."""

    _name = "member.program.points.drift"
    _description = "Check of a Program's Points"

    @api.model
    def _cron_check_points(self):
        """Compare every card, and tell managers what is new."""
        self.env["member.batch"]._run_batch(self._check_points)
        self.env["ir.cron"]._commit_progress(1, remaining=0)

    @api.model
    def _check_points(self, cards=None):
        """Compare cards with their entries, lots and allocations.

        What differs is written down until it no longer does. Nothing else changes.

        :param cards: only these ``loyalty.card``; without, every one that is kept
        :return: the differences that were not there before
        :rtype: member.point.drift
        """
        at = fields.Datetime.now()
        days = self._get_days_of_companies(at)
        drifts = self.env["member.point.drift"].sudo()
        if not days:
            return drifts
        rows = execute_quietly(
            self.env,
            point_drift.compare(
                self.env, at, days, None if cards is None else cards.ids
            ),
        )
        drifts.invalidate_model()
        drifts = drifts.browse(drift_id for drift_id, _program_id in rows)
        drifts._ask_managers()
        return drifts
