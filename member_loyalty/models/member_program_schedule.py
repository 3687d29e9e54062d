import logging
from contextlib import contextmanager

from odoo import api, fields, models

from ..logic.windows import next_day_of_month
from ..queries import locks
from ..queries.execution import execute_quietly
from .member_program_rules import DAYS_TO_CATCH_UP

_logger = logging.getLogger(__name__)

MINUTES_TO_STEP_ASIDE = 5


class MemberProgramSchedule(models.AbstractModel):
    """When a program is evaluated by itself: every day, with a review every month."""

    _name = "member.program.schedule"
    _description = "Schedule of a Program"

    @api.model
    def _cron_evaluate(self):
        """Do everything that is due until today, for every program.

        A program that fails is reported and does not keep the others waiting.
        """
        due = [("active", "=", True), ("automatic", "=", True)]
        for program in self.sudo().search(due):
            try:
                with program._evaluating_alone() as is_alone:
                    if not is_alone:
                        program._come_back_later()
                    elif not program._catch_up():
                        return
            except Exception:
                if self.env.cr.connection.closed:
                    raise
                _logger.exception("The evaluation of program %s failed", program.id)

    @api.model
    def _come_back_later(self):
        """Have the scheduled action look again when the other evaluation is done."""
        later = fields.Datetime.add(
            fields.Datetime.now(), minutes=MINUTES_TO_STEP_ASIDE
        )
        self.env.ref("member_loyalty.ir_cron_member_evaluation")._trigger(later)

    @contextmanager
    def _evaluating_alone(self):
        """Hold the program's lock during the block; say whether it was free."""
        self.ensure_one()
        [(is_free,)] = self.env.execute_query(locks.try_evaluation_lock(self.id))
        if not is_free:
            yield False
            return
        connection = self.env.cr.connection
        try:
            # look at what the evaluation wrote that held the lock before
            self.env["ir.cron"]._commit_progress()
            yield True
        except Exception:
            if not connection.closed:
                self.env.cr.rollback()
            raise
        finally:
            # the connection may serve others next; when it is cut, so is the lock
            if not connection.closed:
                self.env.execute_query(locks.release_evaluation_lock(self.id))

    def _catch_up(self):
        """Finish the open run, hold the reviews that are due, look at today.

        :return: False when the time of the scheduled action is up
        """
        self.ensure_one()
        today = self.company_id._member_today()
        while run := self._find_open_run() or self._start_due_run(today):
            # a conflict in the first slice must not take the run along
            self.env["ir.cron"]._commit_progress()
            if not run._evaluate_to_the_end():
                return False
        self._warn_members(today)
        return True

    def _start_due_run(self, today):
        """Start the earliest run that is due until today, if any.

        Every missed day is looked at by itself: who fell in a missed review may have
        risen again the day after, and would not be seen to from today.
        """
        self.ensure_one()
        day = self._find_missed_day(today)
        is_due = self.next_fall_on and self.next_fall_on <= (day or today)
        if is_due and not self._find_stopped_run():
            review = max(self.next_fall_on, self.evaluated_until or self.next_fall_on)
            return self._start_run(review, True, "all", "scheduled")
        return day and self._start_run(day, False, "touched", "scheduled")

    def _find_missed_day(self, today):
        """Find the first day until today that was not evaluated, if any."""
        self.ensure_one()
        done = self.evaluated_until
        if not done:
            return today
        earliest = fields.Date.subtract(today, days=DAYS_TO_CATCH_UP)
        return max(fields.Date.add(done, days=1), earliest) if done < today else None

    def _finish_run(self, run):
        """Remember how far the program is evaluated, and plan the next review."""
        self.ensure_one()
        execute_quietly(self.env, locks.lock_program(self.id))
        values = {"evaluated_until": max(run.as_of, self.evaluated_until or run.as_of)}
        if run.may_fall and run.kind == "scheduled":
            values["next_fall_on"] = next_day_of_month(run.as_of, self.fall_day)
        self.sudo().write(values)
