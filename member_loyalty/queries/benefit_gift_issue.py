"""Writing down what members were given on occasions: each once, within limits."""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

from ..logic.benefit_gift import Due
from .benefit_gift import read_fields


def issue(
    env, benefit, found: Sequence[Due], ends: Sequence[date | None], values: dict
) -> SQL:
    """Write down what is given to whom, as long as there is something left.

    The row of the benefit changes in any case: of two transactions that give it,
    PostgreSQL refuses the second, which is run again. Columns: the new ids.

    :param ends: the last day of each
    :param values: ``given_on``, ``occasion``, ``gives``, ``points``, ``is_second``
    """
    return SQL(
        """
        WITH giving AS (%(giving)s)
        INSERT INTO member_benefit_gift_issue (
               benefit_id, membership_id, partner_id, program_id, company_id,
               occasion, occasion_key, day, given_on, expires_on, gives, points,
               is_second, order_id, is_withdrawn)
        SELECT giving.id, found.membership_id, found.partner_id, giving.program_id,
               giving.company_id, %(occasion)s, found.key, found.day, %(given_on)s,
               found.expires_on, %(gives)s, %(points)s, %(is_second)s, found.order_id,
               FALSE
          FROM giving
    CROSS JOIN %(found)s
      ORDER BY found.place
         LIMIT (%(room)s)
   ON CONFLICT (benefit_id, membership_id, occasion_key) DO NOTHING
     RETURNING id
        """,
        giving=_giving(benefit),
        found=_table(found, ends),
        room=SQL("NULL::bigint") if values["is_second"] else _room(benefit),
        to_flush=read_fields(env),
        **values,
    )


def _giving(benefit) -> SQL:
    """Change the row of the benefit, and return what is needed of it."""
    return SQL(
        """
              UPDATE member_benefit
                 SET gift_movement = COALESCE(gift_movement, 0) + 1
               WHERE id = %s
           RETURNING id, program_id, company_id, gift_limit""",
        benefit.id,
    )


def _table(found: Sequence[Due], ends: Sequence[date | None]) -> SQL:
    """Return those who were found as a table, numbered in their order."""
    return SQL(
        """unnest(%(memberships)s::int[], %(partners)s::int[], %(keys)s::text[],
                      %(days)s::date[], %(ends)s::date[], %(orders)s::int[])
               WITH ORDINALITY AS found (membership_id, partner_id, key, day,
                                         expires_on, order_id, place)""",
        memberships=[one.membership_id for one in found],
        partners=[one.partner_id for one in found],
        keys=[one.key for one in found],
        days=[one.day for one in found],
        ends=list(ends),
        orders=[one.order_id for one in found],
    )


def _room(benefit) -> SQL:
    """Select how many gifts are left; NULL without a limit."""
    return SQL(
        """SELECT CASE WHEN giving.gift_limit > 0
                       THEN GREATEST(giving.gift_limit - (
                            SELECT COUNT(*)
                              FROM member_benefit_gift_issue given
                             WHERE given.benefit_id = %s
                               AND NOT given.is_withdrawn
                               AND NOT given.is_second), 0) END
             FROM giving""",
        benefit.id,
    )


def mark_done(benefit_id: int, day: date) -> SQL:
    """Remember until which day a benefit was given.

    :raises psycopg2.errors.SerializationFailure: when another process just gave it
    """
    return SQL(
        """
        UPDATE member_benefit
           SET gift_done_until = %(day)s
         WHERE id = %(benefit_id)s
           AND (gift_done_until IS NULL OR gift_done_until < %(day)s)
        """,
        benefit_id=benefit_id,
        day=day,
    )


def take_over(winner_id: int, loser_ids: Sequence[int]) -> SQL:
    """Let the membership that goes on have been given what the others were given."""
    return SQL(
        """
        UPDATE member_benefit_gift_issue
           SET membership_id = %(winner_id)s
         WHERE id IN (
                SELECT MIN(lost.id)
                  FROM member_benefit_gift_issue lost
                 WHERE lost.membership_id = ANY(%(loser_ids)s)
                   AND NOT EXISTS (
                          SELECT 1
                            FROM member_benefit_gift_issue kept
                           WHERE kept.membership_id = %(winner_id)s
                             AND kept.benefit_id = lost.benefit_id
                             AND kept.occasion_key = lost.occasion_key
                       )
              GROUP BY lost.benefit_id, lost.occasion_key
               )
        """,
        winner_id=winner_id,
        loser_ids=list(loser_ids),
    )
