"""Points given and used until a day, and the sales they came with, as SQL."""

from datetime import date

from odoo.tools import SQL

from .point_liability import to_flush

ORDER = "sale.order"
TAKEN_BACK = ("reversed", "claimed_back")


def given(env, program_id: int, until: date) -> SQL:
    """Return the points that orders earned and those given otherwise, until a day.

    Less what was taken back. Spending and expiry take nothing back.
    """
    return SQL(
        """
        SELECT COALESCE(SUM(points) FILTER (WHERE is_with_sale), 0),
               COALESCE(SUM(points) FILTER (WHERE NOT is_with_sale), 0)
          FROM (%s UNION ALL %s) change
        """,
        _lots(program_id, until),
        _withdrawn(program_id, until),
        to_flush=to_flush(env),
    )


def redeemed(env, program_id: int, until: date) -> SQL:
    """Return the points used until a day, less those that went back to their lots."""
    return SQL(
        """
        SELECT COALESCE(SUM(allocation.points), 0)
          FROM %(allocations)s
           AND (entry.kind = 'spent' OR allocation.points < 0)
        """,
        allocations=_allocations(program_id, until),
        to_flush=to_flush(env),
    )


def sales(env, program_id: int, until: date) -> SQL:
    """Return the purchases, in company currency, of all orders that earned points.

    They are read from the journal of activities: untaxed, less credit notes, as they
    stand on the last day.
    """
    return SQL(
        """
        SELECT COALESCE(SUM(activity.amount), 0)
          FROM (
                 SELECT DISTINCT entry.source_id
                   FROM member_point_entry entry
                  WHERE entry.program_id = %(program_id)s
                    AND entry.kind = 'earned'
                    AND entry.part IS NULL
                    AND entry.source_model = %(order)s
                    AND entry.day <= %(until)s
               ) earned
          JOIN member_activity activity
            ON activity.source_model = %(order)s
           AND activity.source_id = earned.source_id
         WHERE activity.kind = 'purchase' AND activity.date <= %(until)s
        """,
        program_id=program_id,
        until=until,
        order=ORDER,
        to_flush=to_flush(env),
    )


def _lots(program_id, until):
    """Return the points of lots of the wallet, and whether a sale gave them."""
    return SQL(
        """
        SELECT lot.points,
               COALESCE(entry.kind = 'earned' AND entry.source_model = %(order)s
                        AND entry.part IS NULL, FALSE) AS is_with_sale
          FROM member_point_lot lot
          JOIN member_point_entry entry ON entry.id = lot.entry_id
          JOIN loyalty_card card ON card.id = lot.card_id
          JOIN loyalty_program native ON native.id = card.program_id
         WHERE lot.program_id = %(program_id)s
           AND native.program_type = 'loyalty'
           AND entry.day <= %(until)s
        """,
        program_id=program_id,
        until=until,
        order=ORDER,
    )


def _withdrawn(program_id, until):
    """Return what was taken back, as minus, and whether it was given with a sale."""
    return SQL(
        """
        SELECT -allocation.points,
               COALESCE(entry.kind = ANY(%(taken_back)s)
                        AND entry.source_model = %(order)s
                        AND entry.part IS NULL, FALSE)
          FROM %(allocations)s
           AND entry.kind NOT IN ('spent', 'expired')
           AND allocation.points > 0
        """,
        allocations=_allocations(program_id, until),
        taken_back=list(TAKEN_BACK),
        order=ORDER,
    )


def _allocations(program_id, until):
    """Return the allocations of the wallet until a day: from where on, as SQL."""
    return SQL(
        """
               member_point_allocation allocation
          JOIN member_point_entry entry ON entry.id = allocation.entry_id
          JOIN loyalty_card card ON card.id = entry.card_id
          JOIN loyalty_program native ON native.id = card.program_id
         WHERE entry.program_id = %(program_id)s
           AND native.program_type = 'loyalty'
           AND entry.day <= %(until)s
        """,
        program_id=program_id,
        until=until,
    )
