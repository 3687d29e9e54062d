from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

DAYS_TO_POSTPONE = 7


class MemberCallClosing(models.AbstractModel):
    """What came of a call, recorded here or by closing its activity in Odoo."""

    _name = "member.call.closing"
    _description = "Closing of a Call"

    def action_record_outcome(self):
        """Ask what came of it."""
        self._check_may_handle()
        return self._open_outcome(self.env._("What Came of It?"))

    def action_not_now(self):
        """Close without calling: ask for a reason."""
        self._check_may_handle()
        return self._open_outcome(self.env._("Not Now"), default_outcome="not_called")

    def _open_outcome(self, name, **defaults):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "member.call.outcome",
            "view_mode": "form",
            "target": "new",
            "context": {"default_call_id": self.id, **defaults},
        }

    def action_postpone(self):
        """Call a week later."""
        self._check_may_handle()
        self._check_is_open()
        for call in self.sudo():
            today = call.company_id._member_today()
            first = max(call.due_on or today, today)
            call.due_on = first + timedelta(days=DAYS_TO_POSTPONE)
        self.sudo()._move_activities()
        return True

    def _close(self, outcome, note=None):
        """Record what came of calls, and mark their activities as done.

        A call that was not needed any more can still be one that was made.

        :param str outcome: one of ``OUTCOMES``
        :raises AccessError: when a call is somebody else's
        :raises UserError: when a call was closed by a person already
        """
        self._check_may_handle()
        for call in self.sudo():
            if not call._is_to_be_closed():
                raise UserError(
                    self.env._(
                        "The call to %(customer)s is closed already. Load the page"
                        " again to see what came of it.",
                        customer=call.partner_id.display_name,
                    )
                )
        activities = self.sudo().activity_id
        self._record_close(outcome, note)
        activities = activities.with_user(self.env.user).sudo().exists()
        activities.filtered("active")._action_done(feedback=note)

    def _record_close(self, outcome, note=None):
        """Write down what came of calls."""
        for company, calls in self.sudo().grouped("company_id").items():
            today = company._member_today()
            calls.write(
                {
                    "state": "done",
                    "outcome": outcome,
                    "outcome_note": note,
                    "called_on": False if outcome == "not_called" else today,
                    "closed_on": today,
                }
            )

    def _is_to_be_closed(self):
        """Tell whether somebody got this call, and nothing is recorded yet."""
        self.ensure_one()
        return self.state == "open" or (self.state == "expired" and bool(self.user_id))
