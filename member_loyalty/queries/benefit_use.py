"""How often members used benefits: counters that no two transactions share."""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

from ..logic.benefit_entitlement import EVER


def count(
    env, membership, benefit, period_start: date, quantity: int, day: date
) -> SQL:
    """Count uses of a benefit in a period; return how many there are with these.

    The row changes in any case: of two transactions that use the same benefit of a
    member, PostgreSQL refuses the second, and Odoo runs it again.
    """
    return SQL(
        """
        INSERT INTO member_benefit_allowance AS allowance (
               membership_id, benefit_id, program_id, company_id, period_start, used,
               last_used_on, movement)
        VALUES (%(membership_id)s, %(benefit_id)s, %(program_id)s, %(company_id)s,
               %(period_start)s, %(quantity)s, %(day)s, 1)
   ON CONFLICT (membership_id, benefit_id, period_start) DO UPDATE
           SET used = allowance.used + EXCLUDED.used,
               last_used_on = CASE WHEN EXCLUDED.used > 0
                    THEN GREATEST(allowance.last_used_on, EXCLUDED.last_used_on)
                    ELSE allowance.last_used_on END,
               movement = allowance.movement + 1
     RETURNING used
        """,
        membership_id=membership.id,
        benefit_id=benefit.id,
        program_id=benefit.program_id.id,
        company_id=benefit.company_id.id,
        period_start=period_start,
        quantity=quantity,
        day=day,
        to_flush=(env["member.benefit.allowance"]._fields["used"],),
    )


def count_once_each(
    env, benefit, membership_ids: Sequence[int], period_start: date, day: date
) -> SQL:
    """Count one use of a benefit for each of many members, as ``count`` does."""
    return SQL(
        """
        INSERT INTO member_benefit_allowance AS allowance (
               membership_id, benefit_id, program_id, company_id, period_start, used,
               last_used_on, movement)
        SELECT membership_id, %(benefit_id)s, %(program_id)s, %(company_id)s,
               %(period_start)s, 1, %(day)s, 1
          FROM unnest(%(membership_ids)s) membership_id
      ORDER BY membership_id
   ON CONFLICT (membership_id, benefit_id, period_start) DO UPDATE
           SET used = allowance.used + 1,
               last_used_on = GREATEST(allowance.last_used_on, EXCLUDED.last_used_on),
               movement = allowance.movement + 1
        """,
        membership_ids=sorted(set(membership_ids)),
        benefit_id=benefit.id,
        program_id=benefit.program_id.id,
        company_id=benefit.company_id.id,
        period_start=period_start,
        day=day,
        to_flush=(env["member.benefit.allowance"]._fields["used"],),
    )


def booked(env, model: str, source_ids: Sequence[int]) -> SQL:
    """Sum what was booked for documents.

    Columns: document, membership, benefit, quantity, cost, day of the first use.
    """
    Usage = env["member.benefit.usage"]
    return SQL(
        """
          SELECT source_id, membership_id, benefit_id, SUM(quantity),
                 COALESCE(SUM(cost), 0), MIN(date)
            FROM member_benefit_usage
           WHERE source_model = %(model)s
             AND source_id = ANY(%(source_ids)s)
        GROUP BY source_id, membership_id, benefit_id
        """,
        model=model,
        source_ids=list(source_ids),
        to_flush=(Usage._fields["source_id"], Usage._fields["quantity"]),
    )


def forget_counts(benefit_ids: Sequence[int]) -> SQL:
    """Delete the counters of benefits, before they are counted anew."""
    return SQL(
        "DELETE FROM member_benefit_allowance WHERE benefit_id = ANY(%(ids)s)",
        ids=list(benefit_ids),
    )


def recount(env, benefit_ids: Sequence[int]) -> SQL:
    """Count what was used of benefits in the periods that they have now.

    A use counts on its day. What takes it back counts there too, and so does what a
    document uses later.
    """
    Usage, Benefit = env["member.benefit.usage"], env["member.benefit"]
    return SQL(
        """
        INSERT INTO member_benefit_allowance (
               membership_id, benefit_id, program_id, company_id, period_start, used,
               last_used_on, movement)
        SELECT counted.membership_id, benefit.id, benefit.program_id,
               benefit.company_id,
               CASE benefit.quota_period WHEN 'ever' THEN %(ever)s::date
                    ELSE date_trunc(benefit.quota_period, counted.day)::date END,
               SUM(counted.quantity),
               MAX(counted.date) FILTER (WHERE counted.quantity > 0), 1
          FROM (%(counted)s) counted
          JOIN member_benefit benefit ON benefit.id = counted.benefit_id
      GROUP BY counted.membership_id, benefit.id, 5
        """,
        ever=EVER,
        counted=_counted(benefit_ids),
        to_flush=(
            Usage._fields["quantity"],
            Usage._fields["reversed_id"],
            Benefit._fields["quota_period"],
        ),
    )


def _counted(benefit_ids: Sequence[int]) -> SQL:
    """Return the uses of benefits, each with the day on which it counts."""
    return SQL(
        """SELECT usage.membership_id, usage.benefit_id, usage.quantity, usage.date,
                  COALESCE(
                      reversed.date,
                      CASE WHEN usage.source_id > 0 THEN MIN(usage.date) OVER (
                          PARTITION BY usage.source_model, usage.source_id,
                                       usage.membership_id, usage.benefit_id
                      ) END,
                      usage.date
                  ) AS day
             FROM member_benefit_usage usage
        LEFT JOIN member_benefit_usage reversed ON reversed.id = usage.reversed_id
            WHERE usage.benefit_id = ANY(%(ids)s)""",
        ids=list(benefit_ids),
    )


def take_over(winner_id: int, loser_ids: Sequence[int]) -> SQL:
    """Add the counters of memberships that end to the one that goes on."""
    return SQL(
        """
        INSERT INTO member_benefit_allowance AS allowance (
               membership_id, benefit_id, program_id, company_id, period_start, used,
               last_used_on, movement)
        SELECT %(winner_id)s, benefit_id, program_id, company_id, period_start,
               SUM(used), MAX(last_used_on), 1
          FROM member_benefit_allowance
         WHERE membership_id = ANY(%(loser_ids)s)
      GROUP BY benefit_id, program_id, company_id, period_start
   ON CONFLICT (membership_id, benefit_id, period_start) DO UPDATE
           SET used = allowance.used + EXCLUDED.used,
               last_used_on = GREATEST(allowance.last_used_on, EXCLUDED.last_used_on),
               movement = allowance.movement + 1
        """,
        winner_id=winner_id,
        loser_ids=list(loser_ids),
    )


def hand_over(env, winner_id: int, loser_ids: Sequence[int]) -> SQL:
    """Let what memberships used that end be what the one used that goes on.

    The one change that uses know, as the journal of purchases knows it: those members
    no longer exist.
    """
    return SQL(
        """
        UPDATE member_benefit_usage
           SET membership_id = %(winner_id)s
         WHERE membership_id = ANY(%(loser_ids)s)
     RETURNING id
        """,
        winner_id=winner_id,
        loser_ids=list(loser_ids),
        to_flush=(env["member.benefit.usage"]._fields["membership_id"],),
    )
