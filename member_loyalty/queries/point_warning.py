"""Who is told that points will expire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from odoo.tools import SQL

from .point_expiry import read_fields


@dataclass(frozen=True, slots=True)
class Warned:
    """A program that tells its members: ``days`` before the last day, ``today`` there.

    ``until``: lots that expire later are not looked at.
    """

    program_id: int
    today: date
    zone: str
    days: tuple[int, ...]
    until: datetime


def warn(env, programs: Sequence[Warned], at: datetime, after: int, limit: int) -> SQL:
    """Write down the next members who are to be told, by card.

    A last day within several of a program's numbers of days counts for the smallest.
    Once that is written down, neither it nor a larger one comes again.

    Columns, one row: cards looked at, the last of them, ids of the new warnings.

    :param after: look at cards with a higher id
    """
    return SQL(
        """
        WITH program (id, today, zone, days, until) AS (VALUES %(programs)s
        ), card AS MATERIALIZED (
              SELECT lot.card_id AS id
                FROM member_point_lot lot
                JOIN program ON program.id = lot.program_id
               WHERE lot.remaining > 0
                 AND lot.card_id > %(after)s
                 AND lot.expires_at > %(at)s
                 AND lot.expires_at <= program.until
            GROUP BY lot.card_id
            ORDER BY lot.card_id
               LIMIT %(limit)s
        ), %(ending)s, %(warned)s
        SELECT (SELECT COUNT(*) FROM card),
               (SELECT MAX(id) FROM card),
               (SELECT COALESCE(ARRAY_AGG(id ORDER BY id), '{}') FROM warned)
        """,
        programs=SQL(", ").join(map(_program, programs)),
        at=at,
        after=after,
        limit=limit,
        ending=_ending(at),
        warned=_warned(at),
        to_flush=(*read_fields(env), env["loyalty.card"]._fields["active"]),
    )


def _program(one: Warned) -> SQL:
    return SQL(
        "(%s, %s::date, %s, %s::int[], %s::timestamp)",
        *(one.program_id, one.today, one.zone, list(one.days), one.until),
    )


def _ending(at: datetime) -> SQL:
    """Return the CTE that sums up what ends on each day, for each card."""
    return SQL(
        """ending AS (
              SELECT lot.card_id, lot.program_id, lot.company_id, program.today,
                     program.days, last.day AS expires_on, SUM(lot.remaining) AS points
                FROM card
                JOIN loyalty_card ON loyalty_card.id = card.id AND loyalty_card.active
                JOIN member_point_lot lot ON lot.card_id = card.id
                JOIN program ON program.id = lot.program_id
        CROSS JOIN LATERAL (
                         SELECT ((lot.expires_at - INTERVAL '1 second')
                                 AT TIME ZONE 'UTC' AT TIME ZONE program.zone)::date
                                AS day) last
               WHERE lot.remaining > 0
                 AND lot.expires_at > %(at)s
                 AND lot.expires_at <= program.until
            GROUP BY 1, 2, 3, 4, 5, 6
        )""",
        at=at,
    )


def _warned(at: datetime) -> SQL:
    """Return the CTE that writes down what was not told before."""
    return SQL(
        """warned AS (
         INSERT INTO member_point_warning (
                     card_id, program_id, company_id, expires_on, days, points,
                     told_at)
              SELECT card_id, program_id, company_id, expires_on, early.days, points,
                     %(at)s
                FROM ending
        CROSS JOIN LATERAL (
                         SELECT MIN(number) AS days
                           FROM UNNEST(ending.days) number
                          WHERE number >= ending.expires_on - ending.today) early
               WHERE early.days IS NOT NULL
                 AND NOT EXISTS (
                         SELECT FROM member_point_warning earlier
                          WHERE earlier.card_id = ending.card_id
                            AND earlier.expires_on = ending.expires_on
                            AND earlier.days <= early.days)
            ORDER BY card_id, expires_on
         ON CONFLICT (card_id, expires_on, days) DO NOTHING
           RETURNING id
        )""",
        at=at,
    )
