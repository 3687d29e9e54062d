from odoo import fields, models

from ..logic import deferred_revenue
from ..logic.purchase_posting import exact
from ..queries import point_deferral, point_liability

BILLING = "account.group_account_invoice"


class MemberProgramDeferral(models.AbstractModel):
    """Where a program's deferred revenue is booked, and how much of it is owed."""

    _name = "member.program.deferral"
    _description = "Deferred Revenue of a Program"

    points_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Journal",
        check_company=True,
        domain="[('type', '=', 'general')]",
        ondelete="restrict",
        copy=False,
        groups=BILLING,
    )
    points_revenue_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Deferred Revenue Account",
        check_company=True,
        ondelete="restrict",
        copy=False,
        groups=BILLING,
        help="The account of revenue that what is owed in points is taken from.",
    )
    points_liability_account_id = fields.Many2one(
        comodel_name="account.account",
        check_company=True,
        ondelete="restrict",
        copy=False,
        groups=BILLING,
        help="The account that says what is owed in points.",
    )
    points_deferral_number = fields.Integer(
        readonly=True,
        copy=False,
        groups=BILLING,
        help="How many entries were drafted. Two at a time would write this together,"
        " and the second is run again.",
    )
    points_deferral_ids = fields.One2many(
        comodel_name="member.point.deferral",
        inverse_name="program_id",
        string="Journal Entries",
        readonly=True,
        groups=BILLING,
    )

    def _get_last_deferral(self):
        """Return the last deferral whose journal entry still counts."""
        self.ensure_one()
        return self.env["member.point.deferral"].search(
            [("program_id", "=", self.id), ("move_id.state", "!=", "cancel")], limit=1
        )

    def _get_booked_deferral(self):
        """Return what the entries have booked, as Decimal.

        Neither cancelled ones nor those that were reversed.
        """
        self.ensure_one()
        [(booked,)] = self.env["member.point.deferral"]._read_group(
            [
                ("program_id", "=", self.id),
                ("move_id.state", "!=", "cancel"),
                ("move_id.reversal_move_ids", "not any", [("state", "=", "posted")]),
            ],
            aggregates=["amount:sum"],
        )
        return exact(booked or 0)

    def _get_given_points(self, until):
        """Return all points given until a day, and the sales they came with."""
        [(with_sales, otherwise)] = self._ask(point_deferral.given, until)
        [(sales,)] = self._ask(point_deferral.sales, until)
        return deferred_revenue.Given(exact(sales), exact(with_sales), exact(otherwise))

    def _get_deferral(self, last, given, day):
        """Return how the deferral stands at the end of a day.

        :param last: the deferral before, or none
        :param Given given: what came since
        """
        [(_open, expected)] = self._ask(
            point_liability.open_points, self._get_end_of_day(day)
        )
        [(redeemed,)] = self._ask(point_deferral.redeemed, day)
        return deferred_revenue.go_on(
            last._get_state(),
            given,
            value=exact(self.points_value),
            share=exact(self.points_redeemed_share) / 100,
            redeemed=exact(redeemed),
            expected_open=exact(expected),
        )

    def _ask(self, question, *arguments):
        """Run one of the questions about points of this program."""
        self.ensure_one()
        self.env.flush_all()
        return self.env.execute_query(question(self.env, self.id, *arguments))
