"""Who takes part in events, whose day it is, and what was earned by a rule so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from ..logic.point_events import celebrated_on
from . import pending


@dataclass(frozen=True, slots=True)
class Circle:
    """Whose events a program looks at.

    :param member_column: "id" or "commercial_partner_id" of a contact: the member
    :param purse_column: the same for who holds the points
    :param is_personal: an event of a person, which earns only for members
        themselves and for contacts with a purse of their own
    """

    program_id: int
    wallet_id: int
    member_column: str
    purse_column: str
    is_personal: bool = False


def participants(env, circle: Circle, partner_ids: Sequence[int]) -> SQL:
    """Find which contacts belong to members.

    Columns: partner id, id of who holds the points, card id or NULL, tier id, tag ids.
    """
    return SQL(
        """
          SELECT partner.id, %(purse)s, card.id, membership.tier_id,
                 ARRAY(SELECT carried.member_tag_id
                         FROM member_tag_res_partner_rel carried
                        WHERE carried.res_partner_id
                              IN (partner.id, membership.partner_id))
            FROM res_partner partner
            JOIN %(membership)s
       LEFT JOIN loyalty_card card
              ON card.program_id = %(wallet_id)s
             AND card.member_owner_id = %(purse)s
             AND card.active
           WHERE partner.id = ANY(%(partner_ids)s)
             AND %(takes_part)s
        """,
        purse=SQL.identifier("partner", circle.purse_column),
        membership=_membership(circle),
        wallet_id=circle.wallet_id,
        partner_ids=list(partner_ids),
        takes_part=_takes_part(circle),
        to_flush=(
            *pending.memberships(env),
            env["res.partner"]._fields["commercial_partner_id"],
            env["res.partner"]._fields["member_tag_ids"],
            env["loyalty.card"]._fields["member_owner_id"],
            env["loyalty.card"]._fields["active"],
        ),
    )


def _membership(circle: Circle) -> SQL:
    return SQL(
        """member_membership membership
              ON membership.program_id = %s
             AND membership.active
             AND membership.partner_id = %s""",
        circle.program_id,
        SQL.identifier("partner", circle.member_column),
    )


def _takes_part(circle: Circle) -> SQL:
    if not circle.is_personal:
        return SQL("TRUE")
    return SQL(
        "partner.id IN (membership.partner_id, %s)",
        SQL.identifier("partner", circle.purse_column),
    )


def booked(env, program_id: int, source_keys: Sequence[str]) -> SQL:
    """Find which of these keys earned points before."""
    return SQL(
        """
          SELECT source_key
            FROM member_point_entry
           WHERE program_id = %(program_id)s
             AND source_key = ANY(%(source_keys)s)
        """,
        program_id=program_id,
        source_keys=list(source_keys),
        to_flush=(env["member.point.entry"]._fields["source_key"],),
    )


def use_of_rules(
    env,
    card_ids: Sequence[int],
    starts: Sequence[tuple[int, date, bool]],
    but_for: tuple[str, int] | None = None,
) -> SQL:
    """Sum up what cards got by rules since a day.

    What is taken back is nothing earned; all entries of a document are one time.

    Columns: card id, rule id, points, times.

    :param starts: rule ids, the first day that counts, and whether documents earn
        by the rule, to which what they give back belongs
    :param but_for: model and id of a document to leave out
    """
    rule_ids, days, by_document = zip(*starts, strict=True)
    return SQL(
        """
          SELECT card_id, rule_id, SUM(points), COUNT(*)
            FROM (
                  SELECT entry.card_id, entry.rule_id,
                         SUM(entry.points - entry.debt) AS points
                    FROM unnest(%(rule_ids)s::int[], %(days)s::date[],
                                %(by_document)s::bool[])
                         AS since (rule_id, day, by_document)
                    JOIN member_point_entry entry
                      ON entry.rule_id = since.rule_id
                     AND entry.day >= since.day
                   WHERE entry.card_id = ANY(%(card_ids)s)
                     AND (%(source_model)s::text IS NULL
                          OR (entry.source_model, entry.source_id)
                             IS DISTINCT FROM
                             (%(source_model)s::text, %(source_id)s::int))
                GROUP BY entry.card_id, entry.rule_id,
                         CASE WHEN since.by_document AND entry.source_id > 0
                              THEN entry.source_model || ',' || entry.source_id
                              ELSE entry.id::text
                         END
                 ) earned
           WHERE points > 0
        GROUP BY card_id, rule_id
        """,
        rule_ids=list(rule_ids),
        days=list(days),
        by_document=list(by_document),
        card_ids=list(card_ids),
        source_model=but_for and but_for[0],
        source_id=but_for and but_for[1],
        to_flush=(env["member.point.entry"]._fields["points"],),
    )


def birthdays(
    env, circle: Circle, days: Sequence[date], after: tuple[date, int], limit: int
) -> SQL:
    """Find the next contacts of members whose birthday it is on one of ``days``.

    Columns: the day, partner id; in this order, from the one behind ``after`` on.
    """
    wanted, calendar = _calendar(days)
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
        birthday=_day_in_year(SQL.identifier("partner", "member_birthday")),
        membership=_membership(circle),
        takes_part=_takes_part(circle),
        after_day=after[0],
        after_id=after[1],
        limit=limit,
        to_flush=(
            *pending.memberships(env),
            env["res.partner"]._fields["member_birthday"],
            env["res.partner"]._fields["active"],
        ),
    )


def joining_anniversaries(
    env, circle: Circle, days: Sequence[date], after: tuple[date, int], limit: int
) -> SQL:
    """Find the next members who joined on one of ``days``, some years earlier.

    Columns: the day, partner id; in this order, from the one behind ``after`` on.
    """
    wanted, calendar = _calendar(days)
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
        joined=_day_in_year(SQL.identifier("membership", "joined_on")),
        program_id=circle.program_id,
        after_day=after[0],
        after_id=after[1],
        limit=limit,
        to_flush=pending.memberships(env),
    )


def _calendar(days: Sequence[date]) -> tuple[list[date], list[int]]:
    """Return days and what is celebrated on each, as month times 100 plus day."""
    pairs = [
        (day, month * 100 + day_of_month)
        for day in days
        for month, day_of_month in celebrated_on(day)
    ]
    return [day for day, _date in pairs], [date for _day, date in pairs]


def _day_in_year(column: SQL) -> SQL:
    """Return month times 100 plus day, as the index on birthdays has it."""
    return SQL(
        "(EXTRACT(MONTH FROM %(column)s) * 100 + EXTRACT(DAY FROM %(column)s))",
        column=column,
    )


def targets_reached(
    env,
    measuring,
    rule_id: int,
    target: float,
    years: tuple[date, date],
    after: int,
    limit: int,
) -> SQL:
    """Find the next members whose purchases between two days reach a target.

    Those who got the points of the rule for it before are left out.

    :param measuring: whom to measure, as ``program._get_measuring`` gives it
    :param years: the first and the last day that count
    """
    return SQL(
        """
          SELECT bought.partner_id
            FROM (
                  SELECT %(partner)s AS partner_id
                    FROM member_activity activity
                   WHERE activity.company_id = %(company_id)s
                     AND activity.kind = 'purchase'
                     AND activity.date BETWEEN %(first)s AND %(last)s
                     AND %(partner)s > %(after)s
                GROUP BY %(partner)s
                  HAVING SUM(activity.amount) >= %(target)s
                 ) bought
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
        partner=SQL.identifier("activity", measuring.partner_column),
        company_id=measuring.company_id,
        program_id=measuring.program_id,
        first=years[0],
        last=years[1],
        after=after,
        target=target,
        prefix=f"{rule_id}|yearly_target|",
        year=str(years[0].year),
        limit=limit,
        to_flush=(
            *pending.memberships(env),
            env["member.activity"]._fields["amount"],
            env["member.point.entry"]._fields["source_key"],
        ),
    )
