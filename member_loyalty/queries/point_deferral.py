"""Points given and used until a day, and the sales they came with, as SQL."""

from datetime import date

from odoo.tools import SQL

from .point_liability import to_flush

ORDER = "sale.order"
TAKEN_BACK = ("reversed", "claimed_back")


def given(env, program_id: int, since: date | None, until: date) -> SQL:
    """Return the points that orders earned and those given otherwise.

    Less what was taken back on the same days. Spending and expiry take nothing back.

    :param since: the last day that is not looked at; None for everything
    """
    return SQL(
        """
        WITH change AS (
              SELECT lot.points,
                     entry.kind = 'earned' AND entry.source_model = %(order)s
                     AS is_with_sale
                FROM member_point_lot lot
                JOIN member_point_entry entry ON entry.id = lot.entry_id
                JOIN loyalty_card card ON card.id = lot.card_id
                JOIN loyalty_program native ON native.id = card.program_id
               WHERE lot.program_id = %(program_id)s
                 AND native.program_type = 'loyalty'
                 AND entry.day > %(since)s AND entry.day <= %(until)s
           UNION ALL
              SELECT -allocation.points, entry.kind = ANY(%(taken_back)s)
                FROM member_point_allocation allocation
                JOIN member_point_entry entry ON entry.id = allocation.entry_id
                JOIN loyalty_card card ON card.id = entry.card_id
                JOIN loyalty_program native ON native.id = card.program_id
               WHERE entry.program_id = %(program_id)s
                 AND native.program_type = 'loyalty'
                 AND entry.day > %(since)s AND entry.day <= %(until)s
                 AND entry.kind NOT IN ('spent', 'expired')
                 AND allocation.points > 0
        )
        SELECT COALESCE(SUM(points) FILTER (WHERE is_with_sale), 0),
               COALESCE(SUM(points) FILTER (WHERE NOT is_with_sale), 0)
          FROM change
        """,
        program_id=program_id,
        since=since or date.min,
        until=until,
        order=ORDER,
        taken_back=list(TAKEN_BACK),
        to_flush=to_flush(env),
    )


def redeemed(env, program_id: int, until: date) -> SQL:
    """Return the points used until a day, less those that went back to their lots."""
    return SQL(
        """
        SELECT COALESCE(SUM(allocation.points), 0)
          FROM member_point_allocation allocation
          JOIN member_point_entry entry ON entry.id = allocation.entry_id
          JOIN loyalty_card card ON card.id = entry.card_id
          JOIN loyalty_program native ON native.id = card.program_id
         WHERE entry.program_id = %(program_id)s
           AND native.program_type = 'loyalty'
           AND entry.day <= %(until)s
           AND (entry.kind = 'spent' OR allocation.points < 0)
        """,
        program_id=program_id,
        until=until,
        to_flush=to_flush(env),
    )


def sales(env, program_id: int, since: date | None, until: date) -> SQL:
    """Return the purchases, in company currency, that first earned in a period.

    They are read from the journal of activities: untaxed, as they stand on the last
    day. An order counts in the period of its first points and never again.
    """
    return SQL(
        """
        SELECT COALESCE(SUM(activity.amount), 0)
          FROM (
                  SELECT entry.source_id
                    FROM member_point_entry entry
                   WHERE entry.program_id = %(program_id)s
                     AND entry.kind = 'earned'
                     AND entry.source_model = %(order)s
                     AND entry.day <= %(until)s
                GROUP BY entry.source_id
                  HAVING MIN(entry.day) > %(since)s
               ) earned
          JOIN member_activity activity
            ON activity.source_model = %(order)s
           AND activity.source_id = earned.source_id
         WHERE activity.kind = 'purchase' AND activity.date <= %(until)s
        """,
        program_id=program_id,
        since=since or date.min,
        until=until,
        order=ORDER,
        to_flush=to_flush(env),
    )
