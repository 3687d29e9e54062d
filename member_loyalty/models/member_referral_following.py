import logging
from functools import partial

from odoo import api, fields, models

from ..logic import referral as logic
from ..logic.purchase_posting import exact
from ..queries import referral_orders as queries
from .member_program_schedule import MINUTES_TO_STEP_ASIDE

_logger = logging.getLogger(__name__)

SLICE = 200
DAYS_WATCHED = 365  # after the reward, for orders that are taken back


class MemberReferralFollowing(models.AbstractModel):
    """Follows the orders of referrals until both sides are rewarded.

    A slice is one transaction; its rows are locked and looked at once more, so it
    can be stopped anywhere, and run twice at once.
    """

    _name = "member.referral.following"
    _description = "Following of Referrals"

    @api.model
    def _cron_follow(self):
        """Look at the orders of all open referrals, and reward those that are due.

        A program that fails is reported and does not keep the others waiting.
        """
        followed = self.sudo()._read_group(
            [("state", "in", (*logic.OPEN_STATES, "rewarded"))], ["program_id"]
        )
        for (program,) in followed:
            with self.env["member.batch"]._report_and_go_on(
                _logger,
                "The referrals of program %s failed",
                program.id,
                come_back=self._come_back_for_referrals,
            ):
                for work in (self._follow_next, self._watch_next):
                    if not self._follow_all(partial(work, program)):
                        return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _come_back_for_referrals(self):
        """Have the scheduled action go on when others are done with the same."""
        later = fields.Datetime.add(
            fields.Datetime.now(), minutes=MINUTES_TO_STEP_ASIDE
        )
        self.env.ref("member_loyalty.ir_cron_member_referral")._trigger(later)

    @api.model
    def _follow_all(self, work):
        """Do something slice by slice, each one committed.

        :param work: takes the last id that was looked at, returns how many it looked
            at and the last one of them
        :return: False when the time of the scheduled action is up
        """
        last_id = 0
        while True:
            count, last_id = self.env["member.batch"]._run_batch(partial(work, last_id))
            if count and not self.env["ir.cron"]._commit_progress(count, remaining=1):
                return False
            if count < SLICE:
                return True

    @api.model
    def _follow_next(self, program, last_id):
        """Follow the next open referrals of a program, but for those others follow.

        :return: how many were looked at, and the last one of them
        """
        found = self.sudo().search(
            [
                ("program_id", "=", program.id),
                ("state", "in", logic.OPEN_STATES),
                ("id", ">", last_id),
            ],
            order="id",
            limit=SLICE,
        )
        locked = found.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset()
        mine = locked.with_company(program.company_id)
        mine.filtered(lambda one: one.state in logic.OPEN_STATES)._follow()
        return len(found), found[-1:].id

    def _follow(self):
        """Look at the orders of open referrals of one program, and do what is due."""
        if not self:
            return
        today = self.program_id.company_id._member_today()
        self.filtered(lambda one: not one.order_id)._find_first_orders()
        purchases = self._find_purchases()
        due = self.browse()
        for referral in self:
            if referral.id not in purchases:
                referral._wait_for_order(today)
            elif referral._follow_order(purchases[referral.id], today):
                due |= referral
        due._decide_due(today)

    def _find_first_orders(self):
        """Write down the first orders that companies placed since they registered."""
        if not self:
            return
        rows = self.env.execute_query(queries.first_orders(self.env, self.ids))
        for referral_id, order_id, ordered_at in rows:
            referral = self.browse(referral_id)
            referral.write(
                {
                    "state": "ordered",
                    "order_id": order_id,
                    "ordered_on": referral.company_id._get_member_day(ordered_at),
                }
            )

    def _wait_for_order(self, today):
        """Let a referral without an order wait, or lapse when it waited too long."""
        self.ensure_one()
        days = self.program_id.referral_lapse_days
        if not self.is_overruled and logic.is_lapsed(self.bound_on, days, today):
            self.write({"state": "lapsed", "closed_on": today})
        elif self.state != "bound":
            self._lose_order()

    def _follow_order(self, purchase, today):
        """Write down how far the order has come; tell whether the reward is due."""
        self.ensure_one()
        program = self.program_id
        step = logic.follow(
            purchase,
            exact(program.referral_minimum_amount),
            self.due_on or None,
            today,
        )
        if step == "window":
            due_on = logic.end_of_window(today, program.referral_window_days)
            self.write({"state": "waiting", "paid_on": today, "due_on": due_on})
            return due_on <= today and not purchase.is_disputed
        if step == "lost":
            self._lose_order()
        elif step == "unpaid" and self.state == "waiting":
            self.write({"state": "ordered", "paid_on": False, "due_on": False})
        return step == "due"

    def _lose_order(self):
        """Let a referral wait for another order: this one was taken back."""
        self.write(
            {
                "state": "bound",
                "order_id": False,
                "ordered_on": False,
                "paid_on": False,
                "due_on": False,
            }
        )

    @api.model
    def _watch_next(self, program, last_id):
        """Write down which of the next rewarded referrals lost their orders since.

        :return: how many were looked at, and the last one of them
        """
        today = program.company_id._member_today()
        found = self.sudo().search(
            [
                ("program_id", "=", program.id),
                ("state", "=", "rewarded"),
                ("undone_on", "=", False),
                ("closed_on", ">=", fields.Date.subtract(today, days=DAYS_WATCHED)),
                ("id", ">", last_id),
            ],
            order="id",
            limit=SLICE,
        )
        minimum = exact(program.referral_minimum_amount)
        purchases = found._find_purchases() if found else {}
        found.filtered(
            lambda one: (
                one.id not in purchases or not logic.counts(purchases[one.id], minimum)
            )
        ).write({"undone_on": today})
        return len(found), found[-1:].id
