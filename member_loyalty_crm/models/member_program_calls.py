from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..logic.call_queue import Staff, Waiting, hand_out
from ..queries import calls as queries
from ..queries.call_saving import judge

CALLERS = "sales_team.group_sale_salesman"
USERS = "[('share', '=', False), ('company_ids', 'in', company_id)]"


class MemberProgramCalls(models.AbstractModel):
    """Turns signals into calls, and gives them to people."""

    _name = "member.program.calls"
    _description = "Calls of a Program"

    calls_enabled = fields.Boolean(
        string="Make Calls",
        help="Every night, what is known of members becomes calls for salespeople.",
    )
    call_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="member_program_call_user_rel",
        column1="program_id",
        column2="user_id",
        string="Callers",
        domain=USERS,
        help="Who calls customers that no salesperson looks after, or whose"
        " salesperson has enough calls.",
    )
    call_senior_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="member_program_call_senior_rel",
        column1="program_id",
        column2="user_id",
        string="Senior Callers",
        domain=USERS,
        help="Who calls those of high value.",
    )
    call_senior_threshold = fields.Integer(
        string="Seniors Call from Score",
        default=70,
        help="From this value score on, 0 to 100, seniors call. The customer's own"
        " salesperson goes first.",
    )
    call_limit = fields.Integer(
        string="Calls per Person",
        default=20,
        help="The most calls that somebody has open at a time. What exceeds that"
        " waits, the most urgent first.",
    )
    call_due_days = fields.Integer(
        string="Days to Call", default=7, help="A call is due after so many days."
    )
    call_pause_days = fields.Integer(
        string="Days between Calls",
        default=30,
        help="Nobody is called again before so many days have passed.",
    )
    call_holdout_percent = fields.Integer(
        string="Left Alone (%)",
        default=10,
        help="Of a hundred customers, so many are not called, drawn by lot. Comparing"
        " with them shows what calls are good for.",
    )
    calls_saved_days = fields.Integer(
        string="Days to Buy",
        default=90,
        help="Who buys within so many days, counted from when the call is handed out,"
        " is saved.",
    )

    _call_numbers_possible = models.Constraint(
        "CHECK(call_limit > 0 AND call_due_days >= 0 AND call_pause_days >= 0"
        " AND calls_saved_days > 0)",
        "Enter at least one call per person, at least one day to buy, and no negative"
        " number of days.",
    )
    _call_holdout_possible = models.Constraint(
        "CHECK(call_holdout_percent BETWEEN 0 AND 50)",
        "Leave 0 to 50 of a hundred customers alone.",
    )
    _call_threshold_possible = models.Constraint(
        "CHECK(call_senior_threshold BETWEEN 0 AND 100)",
        "Value scores go from 0 to 100. Enter one of them.",
    )

    def _refresh_calls(self, day):
        """Override of `member.program.insight` to make calls and hand them out.

        Two processes never do it at once, and it is one transaction.
        """
        super()._refresh_calls(day)
        self.ensure_one()
        calls = self.env["member.call"].sudo()
        if not self.calls_enabled and not calls.search_count(
            [("program_id", "=", self.id)], limit=1
        ):
            return
        [(is_ours,)] = self.env.execute_query(queries.try_lock(self.id))
        if not is_ours:
            return
        self._end_calls(day)
        self._judge_calls(day)
        if self.calls_enabled:
            self._make_calls(day)
            self._take_calls_back()
            self._hand_out_calls(day)

    def _end_calls(self, day):
        """End what nobody has to call for any more, and cancel the activities."""
        ended = self.env.execute_query(queries.end(self.env, self.id, day))
        self.env["member.call"].invalidate_model()
        activities = self.env["mail.activity"].sudo()
        activities.browse(one_id for (one_id,) in ended).exists().unlink()

    def _judge_calls(self, day):
        """Settle who bought, of all whose days are over."""
        column = self._get_partner_column()
        self.env.execute_query(judge(self.env, self.id, column, day))
        self.env["member.call"].invalidate_model()

    def _make_calls(self, day):
        """Put new signals on calls, and weigh anew what waits."""
        self.env.execute_query(queries.join(self.env, self.id))
        closed_after = day - timedelta(days=self.call_pause_days)
        self.env.execute_query(queries.make(self.env, self, day, closed_after))
        self.env.execute_query(queries.weigh(self.env, self.id))
        calls = self.env["member.call"].sudo()
        calls.invalidate_model()
        is_open = [("program_id", "=", self.id), ("state", "=", "open")]
        calls.search(is_open)._rewrite_activities()

    def _take_calls_back(self):
        """Have calls handed out anew whose people left, or lost their rights."""
        calls = self.env["member.call"].sudo()
        calls = calls.search([("program_id", "=", self.id), ("state", "=", "open")])
        callers = self._get_callers()
        calls.filtered(lambda call: call.user_id not in callers)._return_to_queue()

    def _hand_out_calls(self, day):
        """Give calls to people, as far as they can take them."""
        staff = self._get_call_staff()
        rows = self.env.execute_query(queries.candidates(self.env, self.id, staff.room))
        handed = hand_out([Waiting(*row) for row in rows], staff)
        calls = self.env["member.call"].sudo().browse(one.call_id for one in handed)
        calls._start({one.call_id: one.user_id for one in handed}, day)

    def _get_call_staff(self):
        """Return who calls, as ``Staff`` of ``logic``."""
        able = self._get_callers().filtered(lambda user: not user.is_out_of_office)
        counts = (
            self.env["member.call"]
            .sudo()
            ._read_group(
                [("program_id", "=", self.id), ("state", "=", "open")],
                ["user_id"],
                ["__count"],
            )
        )
        return Staff(
            able=frozenset(able.ids),
            pool=tuple(self.call_user_ids.ids),
            seniors=tuple(self.call_senior_user_ids.ids),
            open_counts={user.id: count for user, count in counts},
            limit=self.call_limit,
            senior_threshold=self.call_senior_threshold,
        )

    def _get_callers(self):
        """Return the active employees of the company who sell."""
        self.ensure_one()
        users = self.env.ref(CALLERS).sudo().all_user_ids
        company = self._get_company()
        return users.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )

    def _check_may_call(self, user):
        """Let pass who can be given calls.

        :raises UserError: for others
        """
        if user.sudo() not in self._get_callers():
            raise UserError(
                self.env._(
                    "%(user)s cannot be given calls: callers are active salespeople who"
                    " may work in %(company)s. Choose somebody else.",
                    user=user.sudo().name,
                    company=self._get_company().name,
                )
            )
