"""Points that can no longer be used: booked out in sets; and how they live longer."""

import json
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
    env,
    due: SQL,
    at: datetime,
    days: Mapping[int, date],
    description: str,
    queueing=None,
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
    :param SQL queueing: a statement that reads ``lot``, run together with this one
    :raises psycopg2.errors.SerializationFailure: when a card was changed meanwhile
    """
    return SQL(
        """
        WITH %(losses)s, %(writing)s
           SELECT counted.*, last.expires_at, last.card_id
             FROM (SELECT (SELECT COUNT(*) FROM due),
                          (SELECT COUNT(*) FROM lot WHERE is_first),
                          (SELECT COUNT(*) FROM due_card) - (SELECT COUNT(*) FROM card)
                  ) counted
        LEFT JOIN (%(last)s) last ON TRUE
        """,
        last=_last_of_due(),
        losses=_losses(due, at),
        writing=_and_queue(_writing(env, at, days, description), queueing),
        to_flush=read_fields(env),
    )


def _last_of_due() -> SQL:
    """Return the expiry and the card of the last lot that was looked at."""
    return SQL(
        """  SELECT expires_at, card_id
                       FROM due
                   ORDER BY expires_at DESC, card_id DESC
                      LIMIT 1"""
    )


def _and_queue(writing: SQL, queueing: SQL | None) -> SQL:
    """Return CTEs with one more, when something is to follow."""
    return SQL("%s, queued AS (%s)", writing, queueing) if queueing else writing


def _losses(due: SQL, at: datetime) -> SQL:
    """Return the CTEs that lock cards and say what each lot and card loses.

    The id of a card's entry is drawn here: joining the lots with the entries that
    were inserted takes quadratic time, for the planner expects one row of them.
    """
    return SQL(
        """due AS MATERIALIZED (%(due)s
        ), due_card AS (
              SELECT DISTINCT card_id FROM due
        ), card AS MATERIALIZED (
              SELECT id, ROUND(COALESCE(points, 0)::numeric, 2) AS points
                FROM loyalty_card
               WHERE id IN (SELECT card_id FROM due_card)
                 AND member_program_id IS NOT NULL
                 FOR NO KEY UPDATE SKIP LOCKED
        ), lot AS MATERIALIZED (
              SELECT numbered.*,
                     MAX(drawn_id) OVER (PARTITION BY card_id) AS expiry_id,
                     drawn_id IS NOT NULL AS is_first,
                     SUM(remaining) OVER (PARTITION BY card_id) AS loss
                FROM (
                      SELECT lot.id, lot.entry_id, lot.card_id, lot.program_id,
                             lot.company_id, lot.remaining, card.points,
                             CASE WHEN ROW_NUMBER() OVER (
                                           PARTITION BY lot.card_id ORDER BY lot.id) = 1
                                  THEN NEXTVAL('member_point_entry_id_seq')
                                  END AS drawn_id
                        FROM card
                        JOIN member_point_lot lot ON lot.card_id = card.id
                       WHERE lot.remaining > 0
                         AND lot.expires_at <= %(at)s
                     ) numbered
        )""",
        due=due,
        at=at,
    )


def _writing(env, at: datetime, days: Mapping[int, date], description: str) -> SQL:
    """Return the CTEs that write what ``lot`` says."""
    return SQL(
        """entry AS (
            INSERT INTO member_point_entry (
                        id, card_id, program_id, company_id, kind, points, debt,
                        balance, date, day, create_uid, write_uid, create_date,
                        write_date)
                 SELECT expiry_id, card_id, program_id, company_id, 'expired', -loss, 0,
                        points - loss, %(at)s,
                        (%(days)s::jsonb ->> company_id::text)::date,
                        %(uid)s, %(uid)s, %(now)s, %(now)s
                   FROM lot
                  WHERE is_first
        ), mirror AS (
            INSERT INTO loyalty_history (
                        card_id, description, issued, used,
                        create_uid, write_uid, create_date, write_date)
                 SELECT card_id, %(description)s, 0, loss,
                        %(uid)s, %(uid)s, %(now)s, %(now)s
                   FROM lot
                  WHERE is_first
        ), %(emptying)s""",
        at=at,
        uid=env.uid,
        now=SQL("now() AT TIME ZONE 'UTC'"),
        days=json.dumps({company: str(day) for company, day in days.items()}),
        emptying=_emptying(),
        description=description,
    )


def _emptying() -> SQL:
    """Return the CTEs that empty the lots and lower the cards."""
    return SQL(
        """allocation AS (
            INSERT INTO member_point_allocation (lot_id, entry_id, points)
                 SELECT entry_id, expiry_id, remaining
                   FROM lot
        ), emptied AS (
                 UPDATE member_point_lot
                    SET remaining = 0
                   FROM lot
                  WHERE member_point_lot.id = lot.id
        ), lowered AS (
                 UPDATE loyalty_card
                    SET points = lot.points - lot.loss,
                        member_movement = COALESCE(member_movement, 0) + 1
                   FROM lot
                  WHERE loyalty_card.id = lot.card_id
                    AND lot.is_first
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
