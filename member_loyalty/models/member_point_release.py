import logging

from psycopg2 import OperationalError

from odoo import api, fields, models

from ..queries import point_pending as queries
from ..queries.execution import execute_quietly

_logger = logging.getLogger(__name__)

SLICE = 500


class MemberPointRelease(models.AbstractModel):
    """When pending points become available, and the booking of them."""

    _name = "member.point.release"
    _description = "Release of Pending Points"

    @api.model
    def _release_due(self, program):
        """Look at all pending points of a program and release what is due today.

        Slice by slice; what is released is not released again, so it can be stopped
        anywhere and run once more.

        :return: False when the time of the scheduled action is up
        """
        today = program._get_company()._member_today()
        last_id = 0
        while waiting := self.sudo().search(
            [
                ("program_id", "=", program.id),
                ("state", "=", "waiting"),
                ("id", ">", last_id),
            ],
            order="id",
            limit=SLICE,
        ):
            last_id = waiting[-1].id
            waiting._note_due(program, today)
            waiting._filter_due(today)._release_each()
            if not self.env["ir.cron"]._commit_progress(len(waiting)):
                return False
        return True

    @api.model
    def _release_paid(self, orders):
        """Release at once what waited for the invoices of these orders to be paid."""
        if not orders:
            return
        waiting = self.sudo().search(
            [("order_id", "in", orders.ids), ("state", "=", "waiting")]
        )
        for program, pending in waiting.grouped("program_id").items():
            if program.points_available == "paid":
                today = program._get_company()._member_today()
                pending._note_due(program, today)
                pending._filter_due(today)._release()

    def _note_due(self, program, today):
        """Write down when these points become due, as far as it is known."""
        execute_quietly(
            self.env,
            queries.note_due(
                self.env,
                program.points_available,
                program.points_available_days,
                today,
                self.ids,
            ),
        )
        self.invalidate_recordset(["due_on"])

    def _filter_due(self, today):
        return self.filtered(lambda one: one.due_on and one.due_on <= today)

    def _release_each(self):
        """Release these points; those that fail are reported and wait on.

        :raises psycopg2.OperationalError: when another transaction moved the same
            points, or the connection is gone
        """
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._release()
        except OperationalError:
            raise
        except Exception:
            if len(self) > 1:
                for pending in self:
                    pending._release_each()
                return
            _logger.exception(
                "The pending points of %s were not released", self.order_id.name
            )

    def _release(self):
        """Make these points available: the orders book them."""
        waiting = self.filtered(lambda one: one.state == "waiting")
        gone = waiting.filtered(lambda one: one.order_id.state != "sale")
        gone.write({"state": "cancelled"})
        waiting -= gone
        if not waiting:
            return
        waiting.write({"state": "released", "released_at": fields.Datetime.now()})
        limited = waiting.filtered(
            lambda one: one.program_id._get_capped_rule_ids(one.program_id.id)
        )
        for pending in limited:  # what one gets is not left for the next
            promised = pending.order_id.member_points_ids
            promised.filtered(
                lambda one, pending=pending: one.program_id == pending.program_id
            )._narrow_room()
            pending.order_id._settle_points()
        (waiting - limited).order_id._settle_points()
