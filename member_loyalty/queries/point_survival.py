"""What became of points, by the age at which it happened, as SQL."""

from datetime import datetime

from odoo.tools import SQL

from .point_liability import full_months, to_flush

# How an entry of a kind takes points from a lot; any other kind withdraws them.
USED, EXPIRED = "spent", "expired"

LEFT_IN_LOTS = SQL(
    """
    SELECT lot.entry_id,
           CASE WHEN lot.is_over THEN lot.age_at_end ELSE lot.age END,
           CASE WHEN lot.is_over THEN 'expired' ELSE 'open' END,
           lot.remaining,
           lot.age
      FROM lot
    """
)


def exits_by_age(env, program_id: int, moment: datetime) -> SQL:
    """Return for each age in months: points used, expired, withdrawn, still open.

    Only months of a lot's age that are over by ``moment`` are looked at; what happened
    in the month that is running counts as open until it is over. Points that went
    back to a lot count as not used. Rows are points, not lots.
    """
    return SQL(
        """
          WITH lot AS MATERIALIZED (%(lots)s),
               happened AS (%(taken)s UNION ALL %(left)s),
               seen AS (
                 SELECT LEAST(age, lot_age - 1) AS age,
                        CASE WHEN age < lot_age THEN way ELSE 'open' END AS way,
                        points
                   FROM happened
                  WHERE lot_age > 0 AND points <> 0
               )
        SELECT age,
               COALESCE(SUM(points) FILTER (WHERE way = 'used'), 0),
               COALESCE(SUM(points) FILTER (WHERE way = 'expired'), 0),
               COALESCE(SUM(points) FILTER (WHERE way = 'withdrawn'), 0),
               COALESCE(SUM(points) FILTER (WHERE way = 'open'), 0)
          FROM seen
      GROUP BY age
      ORDER BY age
        """,
        lots=_lots(program_id, moment),
        taken=_taken(program_id, moment),
        left=LEFT_IN_LOTS,
        to_flush=to_flush(env),
    )


def evidence(env, program_id: int, moment: datetime) -> SQL:
    """Return how many lots and points there are, and when the oldest was given."""
    return SQL(
        """
        SELECT COUNT(*), COALESCE(SUM(lot.points), 0), MIN(lot.earned_at),
               COALESCE(%(months)s, 0)
          FROM (%(lots)s) lot
        """,
        months=full_months(SQL("MIN(lot.earned_at)"), SQL("%s::timestamp", moment)),
        lots=_lots(program_id, moment),
        to_flush=to_flush(env),
    )


def _lots(program_id, moment):
    """Return the lots of a program's wallet, with their age and what is left."""
    end = SQL("%s::timestamp", moment)
    return SQL(
        """
        SELECT lot.entry_id,
               lot.points,
               lot.remaining,
               lot.earned_at,
               %(age)s AS age,
               lot.expires_at <= %(end)s AS is_over,
               %(age_at_end)s AS age_at_end
          FROM member_point_lot lot
          JOIN loyalty_card card ON card.id = lot.card_id
          JOIN loyalty_program native ON native.id = card.program_id
         WHERE lot.program_id = %(program_id)s
           AND native.program_type = 'loyalty'
           AND lot.earned_at <= %(end)s
        """,
        age=full_months(SQL("lot.earned_at"), end),
        age_at_end=full_months(SQL("lot.earned_at"), SQL("lot.expires_at")),
        end=end,
        program_id=program_id,
    )


def _taken(program_id, moment):
    """Return what was taken from lots, or went back to them, and when."""
    return SQL(
        """
        SELECT allocation.lot_id,
               %(age)s AS age,
               CASE WHEN entry.kind = %(used)s OR allocation.points < 0 THEN 'used'
                    WHEN entry.kind = %(expired)s THEN 'expired'
                    ELSE 'withdrawn' END AS way,
               allocation.points,
               lot.age AS lot_age
          FROM member_point_allocation allocation
          JOIN member_point_entry entry ON entry.id = allocation.entry_id
          JOIN lot ON lot.entry_id = allocation.lot_id
         WHERE entry.program_id = %(program_id)s
           AND entry.date <= %(moment)s
        """,
        age=full_months(SQL("lot.earned_at"), SQL("entry.date")),
        used=USED,
        expired=EXPIRED,
        program_id=program_id,
        moment=moment,
    )
