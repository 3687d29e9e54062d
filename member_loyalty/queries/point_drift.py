"""Cards, entries, lots and allocations compared with each other."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from odoo.tools import SQL


def compare(
    env, at: datetime, days: Mapping[int, date], card_ids: Sequence[int] | None = None
) -> SQL:
    """Write down every difference, and close those that are gone.

    Expected is always what the entries say; found is what stands on the card, what
    it owes, what is left of its lots together, and of each lot alone.

    Columns: id and program of each difference that was not there before.

    :param days: the day of ``at`` by company
    :param card_ids: only these cards; all that are kept by the ledger without
    """
    return SQL(
        """
        WITH %(sums)s, difference AS (%(differences)s
        ), written AS (%(write)s
        ), gone AS (%(close)s
        )
        SELECT id, program_id FROM written WHERE is_new ORDER BY id
        """,
        sums=_sums(card_ids),
        differences=_differences(_only(card_ids, SQL("lot.card_id"))),
        write=_write(env, days),
        close=_close(at, _only(card_ids, SQL("drift.card_id"))),
        to_flush=(
            *(env["loyalty.card"]._fields[name] for name in ("points", "member_debt")),
            env["member.point.lot"]._fields["remaining"],
            env["member.point.drift"]._fields["state"],
        ),
    )


def _sums(card_ids) -> SQL:
    """Return the CTEs that sum up what there is."""
    return SQL(
        """card AS (
              SELECT card.id, program.id AS program_id, program.company_id,
                     ROUND(COALESCE(card.points, 0)::numeric, 2) AS points,
                     COALESCE(card.member_debt, 0) AS debt
                FROM loyalty_card card
                JOIN member_program program ON program.id = card.member_program_id
               WHERE %(of_card)s
        ), booked AS (
              SELECT card_id, SUM(points) AS points, SUM(debt) AS debt
                FROM member_point_entry entry
               WHERE %(of_entry)s
            GROUP BY card_id
        ), held AS (
              SELECT card_id, SUM(remaining) AS points
                FROM member_point_lot lot
               WHERE remaining > 0 AND %(of_lot)s
            GROUP BY card_id
        ), taken AS (
              SELECT allocation.lot_id, SUM(allocation.points) AS points
                FROM member_point_allocation allocation
               WHERE %(of_allocation)s
            GROUP BY allocation.lot_id
        )""",
        of_card=_only(card_ids, SQL("card.id")),
        of_entry=_only(card_ids, SQL("entry.card_id")),
        of_lot=_only(card_ids, SQL("lot.card_id")),
        of_allocation=_only_allocations(card_ids),
    )


def _only(card_ids, column: SQL) -> SQL:
    return SQL("TRUE") if card_ids is None else SQL("%s = ANY(%s)", column, card_ids)


def _only_allocations(card_ids) -> SQL:
    if card_ids is None:
        return SQL("TRUE")
    return SQL(
        "lot_id IN (SELECT entry_id FROM member_point_lot WHERE card_id = ANY(%s))",
        card_ids,
    )


def _differences(of_lot: SQL) -> SQL:
    """Return what differs: card, kind of figure, lot, expected, found."""
    return SQL(
        """
              SELECT card.id AS card_id, card.program_id, card.company_id, figure.what,
                     NULL::int AS lot_id, figure.expected, figure.found
                FROM card
           LEFT JOIN booked ON booked.card_id = card.id
           LEFT JOIN held ON held.card_id = card.id
        CROSS JOIN LATERAL (VALUES
                     ('points', COALESCE(booked.points, 0), card.points),
                     ('debt', COALESCE(booked.debt, 0), card.debt),
                     ('lots', COALESCE(booked.points, 0), COALESCE(held.points, 0))
                     ) figure (what, expected, found)
               WHERE ROUND(figure.expected, 2) != ROUND(figure.found, 2)
           UNION ALL
              SELECT lot.card_id, card.program_id, card.company_id, 'lot', lot.entry_id,
                     lot.points - COALESCE(taken.points, 0), lot.remaining
                FROM member_point_lot lot
                JOIN card ON card.id = lot.card_id
           LEFT JOIN taken ON taken.lot_id = lot.entry_id
               WHERE lot.remaining != lot.points - COALESCE(taken.points, 0)
                 AND %(of_lot)s
        """,
        of_lot=of_lot,
    )


def _write(env, days: Mapping[int, date]) -> SQL:
    """Write down the differences; those that are known get their new figures."""
    return SQL(
        """
         INSERT INTO member_point_drift (
                     card_id, program_id, company_id, what, lot_id, expected, found,
                     found_on, state, create_uid, write_uid, create_date, write_date)
              SELECT card_id, program_id, difference.company_id, what, lot_id, expected,
                     found, today.day, 'open', %(uid)s, %(uid)s, %(now)s, %(now)s
                FROM difference
                JOIN (VALUES %(days)s) today (company_id, day)
                  ON today.company_id = difference.company_id
            ORDER BY card_id, what, lot_id
         ON CONFLICT (card_id, what, COALESCE(lot_id, 0)) WHERE state = 'open'
           DO UPDATE SET expected = EXCLUDED.expected,
                         found = EXCLUDED.found,
                         write_date = EXCLUDED.write_date
           RETURNING id, program_id, xmax = 0 AS is_new
        """,
        uid=env.uid,
        now=SQL("now() AT TIME ZONE 'UTC'"),
        days=SQL(", ").join(
            SQL("(%s, %s::date)", company_id, day) for company_id, day in days.items()
        ),
    )


def _close(at: datetime, of_drift: SQL) -> SQL:
    """Close the differences that are gone."""
    return SQL(
        """
              UPDATE member_point_drift drift
                 SET state = 'settled', settled_at = %(at)s
               WHERE state = 'open'
                 AND %(of_drift)s
                 AND NOT EXISTS (
                         SELECT FROM difference
                          WHERE difference.card_id = drift.card_id
                            AND difference.what = drift.what
                            AND difference.lot_id IS NOT DISTINCT FROM drift.lot_id)
        """,
        at=at,
        of_drift=of_drift,
    )


def remake_lots(card_id: int) -> SQL:
    """Make what is left of a card's lots anew, from entries and allocations."""
    return SQL(
        """
        WITH taken AS (
              SELECT entry.id, entry.points - COALESCE(SUM(allocation.points), 0)
                     AS remaining
                FROM member_point_entry entry
           LEFT JOIN member_point_allocation allocation ON allocation.lot_id = entry.id
               WHERE entry.card_id = %(card_id)s
                 AND entry.points > 0
                 AND NOT EXISTS (
                         SELECT FROM member_point_allocation
                          WHERE entry_id = entry.id)
            GROUP BY entry.id
        )
        INSERT INTO member_point_lot (
               entry_id, card_id, program_id, company_id, points, remaining, earned_at,
               expires_at)
        SELECT entry.id, card_id, program_id, company_id, points, taken.remaining, date,
               expires_at
          FROM taken
          JOIN member_point_entry entry ON entry.id = taken.id
   ON CONFLICT (entry_id)
     DO UPDATE SET points = EXCLUDED.points, remaining = EXCLUDED.remaining
        """,
        card_id=card_id,
    )


def put_back(card_id: int) -> SQL:
    """Let a card hold what its entries say, before the difference is booked.

    Columns, one row: what it held, what it holds now, what it owes, what it owes by
    its entries.
    """
    return SQL(
        """
        WITH booked AS (
              SELECT COALESCE(SUM(points), 0) AS points, COALESCE(SUM(debt), 0) AS debt
                FROM member_point_entry
               WHERE card_id = %(card_id)s
        ), card AS (
              SELECT ROUND(COALESCE(points, 0)::numeric, 2) AS points,
                     COALESCE(member_debt, 0) AS debt
                FROM loyalty_card
               WHERE id = %(card_id)s
        )
        UPDATE loyalty_card
           SET points = booked.points,
               member_movement = COALESCE(member_movement, 0) + 1
          FROM booked, card
         WHERE id = %(card_id)s
     RETURNING card.points, booked.points, card.debt, booked.debt
        """,
        card_id=card_id,
    )


def book_debt(env, card_id: int, debt, at: datetime, day: date, reason: str) -> SQL:
    """Add an entry by which the entries owe what the card owes."""
    return SQL(
        """
        INSERT INTO member_point_entry (
               card_id, program_id, company_id, kind, points, debt, balance, date, day,
               reason, create_uid, write_uid, create_date, write_date)
        SELECT card.id, program.id, program.company_id, 'adjusted', 0, %(debt)s,
               card.points, %(at)s, %(day)s, %(reason)s, %(uid)s, %(uid)s, %(now)s,
               %(now)s
          FROM loyalty_card card
          JOIN member_program program ON program.id = card.member_program_id
         WHERE card.id = %(card_id)s
        """,
        card_id=card_id,
        debt=debt,
        at=at,
        day=day,
        reason=reason,
        uid=env.uid,
        now=SQL("now() AT TIME ZONE 'UTC'"),
    )
