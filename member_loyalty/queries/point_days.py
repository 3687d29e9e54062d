"""Whose day it is: birthdays, anniversaries of joining, targets of a year."""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

from ..logic.point_events import celebrated_on
from . import pending
from .point_events import Circle, membership_of, takes_part


def birthdays(
    env, circle: Circle, days: Sequence[date], after: tuple[date, int], limit: int
) -> SQL:
    """Find the next contacts of members whose birthday it is on one of ``days``.

    Columns: the day, partner id; in this order, from the one behind ``after`` on.
    """
    wanted, calendar = calendar_of(days)
    return SQL(
        """
          SELECT wanted.day, partner.id
            FROM unnest(%(days)s::date[], %(calendar)s::int[]) AS wanted (day, date)
            JOIN res_partner partner
              ON %(birthday)s = wanted.date
            JOIN %(membership)s
           WHERE partner.member_birthday < wanted.day
             AND membership.joined_on <= wanted.day
             AND partner.active
             AND partner.is_company IS NOT TRUE
             AND %(takes_part)s
             AND (wanted.day, partner.id) > (%(after_day)s, %(after_id)s)
        ORDER BY wanted.day, partner.id
           LIMIT %(limit)s
        """,
        days=wanted,
        calendar=calendar,
        birthday=day_in_year(SQL.identifier("partner", "member_birthday")),
        membership=membership_of(circle),
        takes_part=takes_part(circle),
        after_day=after[0],
        after_id=after[1],
        limit=limit,
        to_flush=(*pending.memberships(env), *_partner_fields(env)),
    )


def _partner_fields(env) -> list:
    names = ("member_birthday", "active", "is_company", "commercial_partner_id")
    return [env["res.partner"]._fields[name] for name in names]


def joining_anniversaries(
    env, circle: Circle, days: Sequence[date], after: tuple[date, int], limit: int
) -> SQL:
    """Find the next members who joined on one of ``days``, some years earlier.

    Columns: the day, partner id; in this order, from the one behind ``after`` on.
    """
    wanted, calendar = calendar_of(days)
    return SQL(
        """
          SELECT wanted.day, membership.partner_id
            FROM unnest(%(days)s::date[], %(calendar)s::int[]) AS wanted (day, date)
            JOIN member_membership membership
              ON %(joined)s = wanted.date
             AND membership.program_id = %(program_id)s
             AND membership.active
           WHERE membership.joined_on < wanted.day
             AND (wanted.day, membership.partner_id) > (%(after_day)s, %(after_id)s)
        ORDER BY wanted.day, membership.partner_id
           LIMIT %(limit)s
        """,
        days=wanted,
        calendar=calendar,
        joined=day_in_year(SQL.identifier("membership", "joined_on")),
        program_id=circle.program_id,
        after_day=after[0],
        after_id=after[1],
        limit=limit,
        to_flush=pending.memberships(env),
    )


def calendar_of(days: Sequence[date]) -> tuple[list[date], list[int]]:
    """Return days and what is celebrated on each, as month times 100 plus day."""
    pairs = [
        (day, month * 100 + day_of_month)
        for day in days
        for month, day_of_month in celebrated_on(day)
    ]
    return [day for day, _date in pairs], [date for _day, date in pairs]


def day_in_year(column: SQL) -> SQL:
    """Return month times 100 plus day, as the index on birthdays has it."""
    return SQL(
        "(EXTRACT(MONTH FROM %(column)s) * 100 + EXTRACT(DAY FROM %(column)s))",
        column=column,
    )


def targets_reached(
    env, measuring, rule, days: tuple[date, date], after: int, limit: int
) -> SQL:
    """Find the next members whose purchases between two days reach a target.

    Those who got the points of the rule for it before are left out.

    :param measuring: whom to measure, as ``program._get_measuring`` gives it
    :param rule: the earning rule
    :param days: the first and the last day that count
    """
    return SQL(
        """
          SELECT bought.partner_id
            FROM (%(bought)s) bought
            JOIN member_membership membership
              ON membership.program_id = %(program_id)s
             AND membership.partner_id = bought.partner_id
             AND membership.active
           WHERE NOT EXISTS (
                    SELECT 1
                      FROM member_point_entry entry
                     WHERE entry.program_id = %(program_id)s
                       AND entry.source_key = %(prefix)s || bought.partner_id
                                              || ',' || %(year)s
                 )
        ORDER BY bought.partner_id
           LIMIT %(limit)s
        """,
        bought=_bought_enough(measuring, rule.target_amount, days, after),
        program_id=measuring.program_id,
        prefix=f"{rule.id}|yearly_target|",
        year=str(days[0].year),
        limit=limit,
        to_flush=(
            *pending.memberships(env),
            env["member.activity"]._fields["amount"],
            env["member.point.entry"]._fields["source_key"],
        ),
    )


def _bought_enough(measuring, target, days, after) -> SQL:
    """Select who bought for a target between two days."""
    return SQL(
        """
                  SELECT %(partner)s AS partner_id
                    FROM member_activity activity
                   WHERE activity.company_id = %(company_id)s
                     AND activity.kind = 'purchase'
                     AND activity.date BETWEEN %(first)s AND %(last)s
                     AND %(partner)s > %(after)s
                GROUP BY %(partner)s
                  HAVING SUM(activity.amount) >= %(target)s""",
        partner=SQL.identifier("activity", measuring.partner_column),
        company_id=measuring.company_id,
        first=days[0],
        last=days[1],
        after=after,
        target=target,
    )
