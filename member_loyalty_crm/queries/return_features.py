"""What is known of members on a day, and what they did after it.

``logic.return_model`` says what it means; a test compares both.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.member_loyalty.queries.measuring import Measuring
from odoo.addons.member_loyalty.queries.metrics_activity import document

YEAR = 365


def first_purchase(env, company_id: int) -> SQL:
    """Return the first day with a purchase in a company's journal."""
    return SQL(
        """
        SELECT MIN(date)
          FROM member_activity
         WHERE company_id = %s
           AND kind = 'purchase'
           AND order_count > 0
        """,
        company_id,
        to_flush=read_fields(env),
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """Which members to look at: always the same ones, chosen by their ids.

    :param at_most: so many, and of those the part ``part`` of ``parts``
    """

    at_most: int
    part: int = 0
    parts: int = 1

    def members(self, program_id: int) -> SQL:
        """Return the members as a query of partner_id."""
        return SQL(
            """
              SELECT partner_id
                FROM (SELECT partner_id, md5(partner_id::text) AS lot
                        FROM member_membership
                       WHERE program_id = %(program_id)s
                    GROUP BY partner_id
                    ORDER BY lot
                       LIMIT %(at_most)s) drawn
               WHERE MOD(('x' || RIGHT(lot, 7))::bit(28)::int, %(parts)s) = %(part)s""",
            program_id=program_id,
            at_most=self.at_most,
            parts=self.parts,
            part=self.part,
        )


def examples(env, measuring: Measuring, days: int, sample: Sample) -> SQL:
    """Return what was known of members who had bought, and what followed.

    Columns: recency, days, orders, amount (as ``logic.return_model.Past``), later
    orders, later amount, then orders and amount of the last year before the cut-off.

    :param Measuring measuring: as of the last day that is known
    :param days: days after that to look at
    """
    return SQL(
        """
        WITH member AS (%(members)s
        ), %(past)s
        SELECT recency, days, orders, amount, later_orders, later_amount, year_orders,
               year_amount
          FROM past
      ORDER BY md5(partner_id::text)
        """,
        members=sample.members(measuring.program_id),
        past=past(
            measuring,
            measuring.as_of + timedelta(days=days),
            SQL(
                "AND %s IN (SELECT partner_id FROM member)",
                measuring.partner,
            ),
        ),
        to_flush=read_fields(env),
    )


def past(measuring: Measuring, until: date, only: SQL) -> SQL:
    """Return CTEs, the last named ``past``: a row for each member who had bought.

    An order counts that was not taken back as a whole until the day: in its past for
    its first day, afterwards if it was placed then.

    :param Measuring measuring: as of the last day that is known
    :param until: the last day of what is called later
    :param only: a further condition on the row ``activity``
    """
    return SQL(
        """placed AS (%(placed)s
        ), past AS (
              SELECT partner_id,
                     %(as_of)s + 1 - MAX(day) FILTER (WHERE orders > 0) AS recency,
                     COUNT(DISTINCT day) FILTER (WHERE orders > 0) AS days,
                     SUM(orders) FILTER (WHERE orders > 0) AS orders,
                     COALESCE(SUM(amount), 0) AS amount,
                     COALESCE(SUM(later_orders) FILTER (
                         WHERE later_orders > 0), 0) AS later_orders,
                     COALESCE(SUM(later_amount), 0) AS later_amount,
                     GREATEST(SUM(year_orders), 0) AS year_orders,
                     COALESCE(SUM(year_amount), 0) AS year_amount
                FROM placed
            GROUP BY partner_id
              HAVING COUNT(*) FILTER (WHERE orders > 0) > 0
        )""",
        placed=_placed(measuring, until, only),
        as_of=SQL("%s::date", measuring.as_of),
    )


def _placed(measuring: Measuring, until: date, only: SQL) -> SQL:
    """Return a row for each document: when it was placed, what is left of it."""
    return SQL(
        """
              SELECT %(partner)s AS partner_id,
                     MIN(activity.date) FILTER (
                         WHERE activity.order_count > 0) AS day,
                     SUM(order_count) FILTER (WHERE %(known)s) AS orders,
                     SUM(amount) FILTER (WHERE %(known)s) AS amount,
                     SUM(order_count) FILTER (
                         WHERE %(known)s AND %(last_year)s) AS year_orders,
                     SUM(amount) FILTER (
                         WHERE %(known)s AND %(last_year)s) AS year_amount,
                     SUM(order_count) FILTER (WHERE NOT %(known)s) AS later_orders,
                     SUM(amount) FILTER (WHERE NOT %(known)s) AS later_amount
                FROM member_activity activity
               WHERE activity.company_id = %(company_id)s
                 AND activity.kind = 'purchase'
                 AND activity.date <= %(until)s
                 %(only)s
            GROUP BY 1, %(document)s""",
        partner=measuring.partner,
        known=SQL("activity.date <= %s", measuring.as_of),
        last_year=SQL("activity.date > %s", measuring.as_of - timedelta(days=YEAR)),
        company_id=measuring.company_id,
        until=until,
        only=only,
        document=document(),
    )


def read_fields(env) -> tuple:
    """Return the fields whose pending writes these statements have to see."""
    return (
        env["member.activity"]._fields["amount"],
        env["member.membership"]._fields["partner_id"],
        env["member.membership"]._fields["program_id"],
        env["member.membership"]._fields["active"],
    )
