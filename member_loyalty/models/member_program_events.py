import logging
from datetime import date

from odoo import api, fields, models, tools

from ..logic.point_events import Event, days_to_celebrate, years_to_close
from ..queries import locks
from ..queries import point_days as queries
from ..queries.execution import execute_quietly
from .member_program_rules import DAYS_TO_CATCH_UP
from .member_program_schedule import MINUTES_TO_STEP_ASIDE

_logger = logging.getLogger(__name__)

SLICE = 2000
CELEBRATIONS = {
    "birthday": queries.birthdays,
    "anniversary": queries.joining_anniversaries,
}


class MemberProgramEvents(models.AbstractModel):
    """What members are given on their days, found every day for all of them."""

    _name = "member.program.events"
    _description = "Points of the Day"

    points_given_until = fields.Date(
        string="Points of the Day until",
        readonly=True,
        copy=False,
        help="Birthdays, anniversaries and yearly targets are rewarded until this day.",
    )

    @api.model
    def _cron_points(self):
        """Give the points of every day until today, and release those that are due.

        A program that fails is reported and does not keep the others waiting.
        """
        for program in self.sudo().search(
            [("active", "=", True), ("wallet_id", "!=", False)]
        ):
            with self.env["member.batch"]._report_and_go_on(
                _logger,
                "The points of program %s failed",
                program.id,
                come_back=self._come_back_for_points,
            ):
                if not program._give_points_of_the_days():
                    return
                if not self.env["member.point.pending"]._release_due(program):
                    return

    @api.model
    def _come_back_for_points(self):
        """Have the scheduled action go on when others are done with the same cards."""
        later = fields.Datetime.add(
            fields.Datetime.now(), minutes=MINUTES_TO_STEP_ASIDE
        )
        self.env.ref("member_loyalty.ir_cron_member_points")._trigger(later)

    def _give_points_of_the_days(self):
        """Reward birthdays, anniversaries and targets that are due until today.

        Days that were missed are caught up. What was given is not given again, so it
        can be stopped anywhere and run once more.

        :return: False when the time of the scheduled action is up
        """
        self.ensure_one()
        today = self._get_company()._member_today()
        done = self.points_given_until or None
        days = days_to_celebrate(done, today, DAYS_TO_CATCH_UP)
        for kind in CELEBRATIONS if days else ():
            if not self._celebrate(kind, days):
                return False
        for year, until in years_to_close(done, today, DAYS_TO_CATCH_UP):
            if not self._reward_targets(date(year, 1, 1), until, today):
                return False
        if not done or done < today:
            execute_quietly(self.env, locks.lock_program(self.id))
            self.points_given_until = today
        return bool(self.env["ir.cron"]._commit_progress())

    def _celebrate(self, kind, days):
        """Reward the birthdays or anniversaries of these days, slice by slice.

        :return: False when the time of the scheduled action is up
        """
        rules = self.env["member.earning.rule"]._find_event_rules(self, kind)
        circle = rules._get_circle(self, kind)
        after = (date.min, 0)
        while rules:
            found = self.env.execute_query(
                CELEBRATIONS[kind](self.env, circle, days, after, SLICE)
            )
            rules._reward(
                [
                    Event(partner_id, f"{partner_id},{day.year}", day)
                    for day, partner_id in found
                ]
            )
            if len(found) < SLICE:
                break
            after = found[-1]
            if not self.env["ir.cron"]._commit_progress(len(found)):
                return False
        return True

    def _reward_targets(self, first, last, today):
        """Reward those who bought for as much as a rule asks for in a year.

        :param date first: the first day of the year
        :param date last: the last day that counts
        :return: False when the time of the scheduled action is up
        """
        rules = self.env["member.earning.rule"]._find_event_rules(self, "yearly_target")
        measuring = self._get_measuring(today)
        for rule in rules:
            after = 0
            while True:
                rows = self.env.execute_query(
                    queries.targets_reached(
                        self.env, measuring, rule, (first, last), after, SLICE
                    )
                )
                found = [partner_id for (partner_id,) in rows]
                rule._reward([Event(one, f"{one},{first.year}", last) for one in found])
                if len(found) < SLICE:
                    break
                after = found[-1]
                if not self.env["ir.cron"]._commit_progress(len(found)):
                    return False
        return True

    @api.model
    def _get_programs_rewarding(self, kind):
        """Return all programs that give points for a kind of events."""
        return self.sudo().browse(self._get_program_ids_rewarding(kind))

    @api.model
    @tools.ormcache("kind")
    def _get_program_ids_rewarding(self, kind):
        rules = self.env["member.earning.rule"].sudo().with_context(active_test=True)
        programs = rules.search([("kind", "=", kind)]).program_id
        return tuple(
            programs.filtered(lambda program: program.active and program.wallet_id).ids
        )
