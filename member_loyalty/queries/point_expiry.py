"""Points that can no longer be used: booked out in sets; and how they live longer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from odoo.tools import SQL

Position = tuple[datetime, int]


def read_fields(env) -> tuple:
    """Return the fields that these queries read."""
    cards, lots = env["loyalty.card"]._fields, env["member.point.lot"]._fields
    return (
        cards["points"],
        cards["member_program_id"],
        lots["remaining"],
        lots["expires_at"],
    )


def find_due(at: datetime, after: Position | None, limit: int) -> SQL:
    """Choose the next lots that expired until ``at``, soonest first."""
    return SQL(
        """
          SELECT expires_at, card_id
            FROM member_point_lot
           WHERE remaining > 0
             AND expires_at <= %(at)s
                 %(after)s
        ORDER BY expires_at, card_id
           LIMIT %(limit)s
        """,
        at=at,
        after=SQL("AND (expires_at, card_id) > (%s, %s)", *after) if after else SQL(""),
        limit=limit,
    )


def find_due_of(at: datetime, card_ids: Sequence[int]) -> SQL:
    """Choose the lots of these cards that expired until ``at``."""
    return SQL(
        """
          SELECT expires_at, card_id
            FROM member_point_lot
           WHERE remaining > 0
             AND expires_at <= %(at)s
             AND card_id = ANY(%(card_ids)s)
        ORDER BY expires_at, card_id
        """,
        at=at,
        card_ids=list(card_ids),
    )


def expire(
    env, due: SQL, at: datetime, days: Mapping[int, date], description: str
) -> SQL:
    """Book out everything that expired on the cards of the ``due`` lots.

    One statement, so nobody can stop it half-way: an entry for each card, an
    allocation for each lot, the lots emptied, the card and Odoo's own history
    written. A card that somebody works on is left out; whoever looked at a card
    before and wants to move its points conflicts. What a lot no longer holds cannot
    expire again, so each lot is booked once for each time it is filled.

    Columns, one row: lots looked at, cards written, cards left out, and the expiry
    and the card of the last lot looked at.

    :param due: ``find_due`` or ``find_due_of``
    :param days: the day of ``at`` by company
    :param description: what Odoo's own history says
    :raises psycopg2.errors.SerializationFailure: when a card was changed meanwhile
    """
    return SQL(
        """
        WITH %(losses)s, %(writing)s
           SELECT counted.*, last.expires_at, last.card_id
             FROM (SELECT (SELECT COUNT(*) FROM due),
                          (SELECT COUNT(*) FROM loss),
                          (SELECT COUNT(*) FROM due_card) - (SELECT COUNT(*) FROM card)
                  ) counted
        LEFT JOIN (  SELECT expires_at, card_id
                       FROM due
                   ORDER BY expires_at DESC, card_id DESC
                      LIMIT 1) last ON TRUE
        """,
        losses=_losses(due, at),
        writing=_writing(env, at, days, description),
        to_flush=read_fields(env),
    )


def _losses(due: SQL, at: datetime) -> SQL:
    """Return the CTEs that lock cards and say what each lot and card loses."""
    return SQL(
        """due AS MATERIALIZED (%(due)s
        ), due_card AS (
              SELECT DISTINCT card_id FROM due
        ), card AS MATERIALIZED (
              SELECT id, points, member_program_id AS program_id
                FROM loyalty_card
               WHERE id IN (SELECT card_id FROM due_card)
                 AND member_program_id IS NOT NULL
                 FOR NO KEY UPDATE SKIP LOCKED
        ), lot AS MATERIALIZED (
              SELECT lot.id, lot.entry_id, lot.card_id, lot.remaining
                FROM member_point_lot lot
                JOIN card ON card.id = lot.card_id
               WHERE lot.remaining > 0
                 AND lot.expires_at <= %(at)s
        ), loss AS MATERIALIZED (
              SELECT card.id AS card_id, card.program_id, program.company_id,
                     due.points,
                     ROUND(COALESCE(card.points, 0)::numeric, 2) - due.points AS balance
                FROM card
                JOIN (  SELECT card_id, SUM(remaining) AS points
                          FROM lot
                      GROUP BY card_id) due ON due.card_id = card.id
                JOIN member_program program ON program.id = card.program_id
        )""",
        due=due,
        at=at,
    )


def _writing(env, at: datetime, days: Mapping[int, date], description: str) -> SQL:
    """Return the CTEs that write what ``loss`` and ``lot`` say."""
    return SQL(
        """entry AS (
            INSERT INTO member_point_entry (
                        card_id, program_id, company_id, kind, points, debt, balance,
                        date, day, create_uid, write_uid, create_date, write_date)
                 SELECT card_id, program_id, loss.company_id, 'expired', -points, 0,
                        balance, %(at)s, today.day, %(uid)s, %(uid)s, %(now)s, %(now)s
                   FROM loss
                   JOIN (VALUES %(days)s) today (company_id, day)
                     ON today.company_id = loss.company_id
               ORDER BY card_id
              RETURNING id, card_id, -points AS points, balance
        ), allocation AS (
            INSERT INTO member_point_allocation (lot_id, entry_id, points)
                 SELECT lot.entry_id, entry.id, lot.remaining
                   FROM lot
                   JOIN entry ON entry.card_id = lot.card_id
        ), %(emptying)s, mirror AS (
            INSERT INTO loyalty_history (
                        card_id, description, issued, used,
                        create_uid, write_uid, create_date, write_date)
                 SELECT card_id, %(description)s, 0, points,
                        %(uid)s, %(uid)s, %(now)s, %(now)s
                   FROM entry
        )""",
        at=at,
        uid=env.uid,
        now=SQL("now() AT TIME ZONE 'UTC'"),
        days=SQL(", ").join(
            SQL("(%s, %s::date)", company_id, day) for company_id, day in days.items()
        ),
        emptying=_emptying(),
        description=description,
    )


def _emptying() -> SQL:
    """Return the CTEs that empty the lots and lower the cards."""
    return SQL(
        """emptied AS (
                 UPDATE member_point_lot
                    SET remaining = 0
                   FROM lot
                   JOIN entry ON entry.card_id = lot.card_id
                  WHERE member_point_lot.id = lot.id
        ), lowered AS (
                 UPDATE loyalty_card
                    SET points = entry.balance,
                        member_movement = COALESCE(member_movement, 0) + 1
                   FROM entry
                  WHERE loyalty_card.id = entry.card_id
        )"""
    )


def prolong(expiries: Mapping[int, datetime], card_ids: Sequence[int], at) -> SQL:
    """Let the open lots of cards live until a moment given by member program.

    What has expired stays expired, and nothing lives shorter than it would have:
    neither what never expires nor what somebody prolonged beyond that.
    """
    return SQL(
        """
        UPDATE member_point_lot lot
           SET expires_at = policy.expires_at
          FROM (VALUES %(expiries)s) policy (program_id, expires_at)
         WHERE lot.card_id = ANY(%(card_ids)s)
           AND lot.remaining > 0
           AND lot.program_id = policy.program_id
           AND lot.expires_at > %(at)s
           AND lot.expires_at < policy.expires_at
        """,
        expiries=SQL(", ").join(
            SQL("(%s, %s::timestamp)", *expiry) for expiry in expiries.items()
        ),
        card_ids=list(card_ids),
        at=at,
    )
