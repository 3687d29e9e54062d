import logging
from datetime import date
from functools import partial

from odoo import api, fields, models, tools

from ..logic.benefit_gift import Due, days_due, days_of, last_day
from ..queries import benefit_gift as find
from ..queries import benefit_gift_issue as queries
from ..queries.execution import execute_quietly
from ..queries.point_events import Circle
from .member_program_schedule import MINUTES_TO_STEP_ASIDE

_logger = logging.getLogger(__name__)

SLICE = 2000
DAYS_OF_PREVIEW = 30
MOST_PREVIEWED = 1000
FIRST = (date.min, 0)
CELEBRATIONS = {
    "birthday": find.birthdays,
    "anniversary": find.anniversaries,
    "brand_day": find.brand_days,
}
MOVES = {"welcome": find.welcomes, "tier_reached": find.tiers_reached}


class MemberBenefitGiftGiving(models.AbstractModel):
    """Giving: find whose occasion it is, write down that they are given, give, tell.

    A slice is one transaction. What was given is not given again, so it can be
    stopped anywhere and run once more.
    """

    _name = "member.benefit.gift.giving"
    _description = "Giving of Gifts"

    @api.model
    @tools.ormcache("program_id", "occasion")
    def _get_cached_gift_ids(self, program_id, occasion):
        gifts = self.sudo().with_context(active_test=True)
        domain = [("program_id", "=", program_id), ("kind", "=", "gift")]
        return tuple(gifts.search([*domain, ("gift_occasion", "=", occasion)]).ids)

    @api.model
    def _find_gifts(self, program, occasion):
        """Return what a program gives on an occasion, without asking again."""
        return self.sudo().browse(self._get_cached_gift_ids(program.id, occasion))

    @api.model
    @tools.ormcache()
    def _are_coupons_given(self):
        """Tell whether any benefit gives coupons, or did, without asking again."""
        gifts = self.sudo().with_context(active_test=False)
        return bool(gifts.search_count([("gift_gives", "=", "coupon")], limit=1))

    @api.model
    def _cron_give_gifts(self):
        """Give what is due until today, and remind of what ends soon.

        A benefit that fails is reported and does not keep the others waiting.
        """
        gifts = self.sudo().search(
            [
                ("kind", "=", "gift"),
                ("gift_occasion", "in", list(CELEBRATIONS)),
                ("program_id.active", "=", True),
            ]
        )
        works = [*(gift._give_until_today for gift in gifts), self._remind_of_ends]
        for work in works:
            with self.env["member.batch"]._report_and_go_on(
                _logger, "Giving %s failed", work, come_back=self._come_back_for_gifts
            ):
                if not work():
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _come_back_for_gifts(self):
        """Have the scheduled action go on when others are done with the same."""
        later = fields.Datetime.add(
            fields.Datetime.now(), minutes=MINUTES_TO_STEP_ASIDE
        )
        self.env.ref("member_loyalty.ir_cron_member_gift")._trigger(later)

    def _give_until_today(self):
        """Give for all days until today, and for those near enough.

        :return: False when the time of the scheduled action is up
        """
        self.ensure_one()
        if not self._can_give_gifts():
            _logger.warning("Gifts of benefit %s wait: see its form", self.id)
            return True
        today = self.company_id._member_today()
        done = self.gift_done_until or None
        rounds = [(days_due(done, today, self.gift_days_before), False)]
        if self.gift_greets_on_day and self.gift_days_before:
            rounds.append((days_due(done, today, 0), True))
        for days, is_second in rounds:
            if not self._give_for_days(days, today, is_second):
                return False
        if not done or done < today:
            self.env["member.batch"]._run_batch(
                lambda: execute_quietly(self.env, queries.mark_done(self.id, today))
            )
            self.invalidate_recordset(["gift_done_until"])
        self.env["ir.cron"]._commit_progress(remaining=1)
        return True

    def _give_for_days(self, days, today, is_second):
        """Give for days, slice by slice, each one committed.

        :return: False when the time of the scheduled action is up
        """
        after = FIRST if days else None
        while after:
            count, after = self.env["member.batch"]._run_batch(
                partial(self._give_next, days, today, is_second, after)
            )
            if count and not self.env["ir.cron"]._commit_progress(count, remaining=1):
                return False
        return True

    def _give_next(self, days, today, is_second, after):
        """Give to the next for whom it is due.

        :param tuple after: day and contact of the last one
        :return: how many were given, and the last one; None when that is all
        """
        query = self._find_due_on(days, is_second, after, SLICE)
        due = self._ask(query) if query else []
        given = self._give_to(due, today, is_second)
        is_more = len(given) == len(due) == SLICE
        return len(given), (due[-1].day, due[-1].partner_id) if is_more else None

    def _find_due_on(self, days, is_second=False, after=FIRST, limit=None):
        """Return the question for whom the gift is due on days, None for nobody."""
        self.ensure_one()
        if self.gift_occasion == "brand_day":
            days = days_of(self.gift_day, self.gift_yearly, days)
        if not days:
            return None
        return CELEBRATIONS[self.gift_occasion](
            self.env, self, self._get_gift_circle(), days, is_second, (after, limit)
        )

    def _get_gift_circle(self):
        """Return whose days count: members', and contacts' with a purse of their own.

        The same persons as those who earn points on such days.
        """
        program = self.program_id
        policy = program._get_points_policy()
        column = "commercial_partner_id"
        return Circle(
            program.id,
            policy.wallet_id or 0,
            "id" if program._get_policy().member_level == "contact" else column,
            "id" if policy.purse == "contact" else column,
            is_personal=True,
        )

    @api.model
    def _ask(self, query):
        """Return whom a question finds, as ``Due`` of ``logic``."""
        return [Due(*row) for row in execute_quietly(self.env, query)]

    @api.model
    def _give_for_moves(self, decisions):
        """Give what members get for joining and for tiers, in sets.

        :param decisions: ``member.tier.decision``, of any programs
        """
        for program, of_program in decisions.grouped("program_id").items():
            for occasion, question in MOVES.items():
                for gift in self._find_gifts(program, occasion):
                    gift._give_where(question(self.env, gift, of_program.ids))

    @api.model
    def _give_for_orders(self, orders):
        """Give what members get for their first orders, in sets."""
        for company, of_company in orders.grouped("company_id").items():
            for program in self.env["member.program"]._get_company_programs(company):
                column = program._get_partner_column()
                column = "id" if column == "partner_id" else column
                for gift in self._find_gifts(program, "first_order"):
                    gift._give_where(
                        find.first_orders(self.env, gift, column, of_company.ids)
                    )

    def _give_where(self, query):
        """Give to whom a question finds, when there is something to give."""
        if self._can_give_gifts():
            self._give_to(self._ask(query), self.company_id._member_today())

    def _give_to(self, due, today, is_second=False):
        """Give to those for whom it is due, as far as it goes.

        :param due: list of ``Due`` of ``logic``
        :param bool is_second: greet only: the gift was given before
        :return: the new ``member.benefit.gift.issue``
        """
        self.ensure_one()
        issues = self.env["member.benefit.gift.issue"].sudo()
        if not due:
            return issues
        gives = "greeting" if is_second else self.gift_gives
        days = self.gift_coupon_days if gives == "coupon" else 0
        rows = execute_quietly(
            self.env,
            queries.issue(
                self.env,
                self,
                due,
                [last_day(one.day, today, days) for one in due],
                {
                    "given_on": today,
                    "occasion": self.gift_occasion,
                    "gives": gives,
                    "points": self.gift_points if gives == "points" else 0,
                    "is_second": is_second,
                },
            ),
        )
        issues = issues.browse(issue_id for (issue_id,) in rows)
        issues._hand_over()
        issues._tell()
        return issues

    def action_preview_gifts(self):
        """List the members who would be given it in the next 30 days."""
        self.ensure_one()
        self.check_access("read")
        gift = self.sudo()
        due = []
        if gift._is_gift_of_days():
            today = gift.company_id._member_today()
            query = gift._find_due_on(
                days_due(today, today, gift.gift_days_before + DAYS_OF_PREVIEW),
                limit=MOST_PREVIEWED,
            )
            due = self._ask(query) if query else []
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Given in the Next 30 Days"),
            "res_model": "member.membership",
            "view_mode": "list,form",
            "domain": [("id", "in", [one.membership_id for one in due])],
        }
