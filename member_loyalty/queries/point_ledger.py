"""Reads wallets and writes entries, lots and allocations."""

from collections.abc import Sequence

from odoo.tools import SQL

ENTRY_COLUMNS = (
    "card_id",
    "program_id",
    "company_id",
    "kind",
    "points",
    "debt",
    "balance",
    "date",
    "day",
    "expires_at",
    "lot_id",
    "rule_id",
    "part",
    "source_model",
    "source_id",
    "source_ref",
    "source_key",
    "reason",
    "create_uid",
    "write_uid",
)


def wallets(env, card_ids: Sequence[int]) -> SQL:
    """Read cards kept by the ledger.

    Columns: id, points, debt, member program, company.
    """
    return SQL(
        """
          SELECT card.id, round(COALESCE(card.points, 0)::numeric, 2),
                 COALESCE(card.member_debt, 0),
                 card.member_program_id, program.company_id
            FROM loyalty_card card
            JOIN member_program program ON program.id = card.member_program_id
           WHERE card.id = ANY(%(card_ids)s)
        ORDER BY card.id
        """,
        card_ids=list(card_ids),
        to_flush=(
            env["loyalty.card"]._fields["points"],
            env["loyalty.card"]._fields["member_program_id"],
        ),
    )


def lots(env, card_ids: Sequence[int], entry_ids: Sequence[int]) -> SQL:
    """Read the open lots of cards, and these lots whether open or not.

    Columns: card, entry, earned_at, expires_at, remaining, source model and id.
    """
    return SQL(
        """
          SELECT lot.card_id, lot.entry_id, lot.earned_at, lot.expires_at,
                 lot.remaining, entry.source_model, entry.source_id
            FROM member_point_lot lot
            JOIN member_point_entry entry ON entry.id = lot.entry_id
           WHERE (lot.card_id = ANY(%(card_ids)s) AND lot.remaining > 0)
              OR lot.entry_id = ANY(%(entry_ids)s)
        ORDER BY lot.entry_id
        """,
        card_ids=list(card_ids),
        entry_ids=list(entry_ids),
    )


def booked_keys(program_ids: Sequence[int], keys: Sequence[str]) -> SQL:
    """Find which of these sources were booked before.

    Columns: program, source_key.
    """
    return SQL(
        """
        SELECT program_id, source_key
          FROM member_point_entry
         WHERE program_id = ANY(%s) AND source_key = ANY(%s)
        """,
        list(program_ids),
        list(keys),
    )


def move_cards(changes: Sequence[tuple]) -> SQL:
    """Move the points of cards.

    The row itself is changed, always: whoever looked at it before and wants to move
    points as well conflicts, and is run again.

    :param changes: tuples of card id, points and debt to be added
    :raises psycopg2.errors.SerializationFailure: when another transaction won
    """
    return SQL(
        """
        UPDATE loyalty_card card
           SET points = round(COALESCE(card.points, 0)::numeric + change.points, 2),
               member_debt = COALESCE(card.member_debt, 0) + change.debt,
               member_movement = COALESCE(card.member_movement, 0) + 1
          FROM (VALUES %(changes)s) AS change(id, points, debt)
         WHERE card.id = change.id
        """,
        changes=_rows(changes, ("int", "numeric", "numeric")),
    )


def insert_entries(rows: Sequence[tuple]) -> SQL:
    """Write entries; returns their ids in the order of ``rows``.

    :param rows: values of ``ENTRY_COLUMNS``
    """
    return SQL(
        """
        INSERT INTO member_point_entry (%(columns)s, create_date, write_date)
             VALUES %(rows)s
          RETURNING id
        """,
        columns=SQL(", ").join(map(SQL.identifier, ENTRY_COLUMNS)),
        rows=SQL(", ").join(
            SQL(
                "(%s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')",
                SQL(", ").join(SQL("%s", value) for value in row),
            )
            for row in rows
        ),
    )


def write_effects(new_lots, drawn, allocations, history) -> SQL:
    """Write what entries do to lots, what paid for them, and Odoo's own history.

    :param new_lots: entry, card, program, company, points, remaining, earned_at,
        expires_at
    :param drawn: a lot's entry and the points taken from it, negative when given back
    :param allocations: a lot's entry, the entry it pays for, points
    :param history: card, description, issued, used, order_model, order_id, user
    """
    parts = []
    if new_lots:
        parts.append(_insert_lots(new_lots))
    if drawn:
        parts.append(_draw_lots(drawn))
    if allocations:
        parts.append(_insert_allocations(allocations))
    if history:
        parts.append(_insert_history(history))
    return SQL(
        "WITH %s SELECT 1",
        SQL(", ").join(
            SQL("%s AS (%s)", SQL.identifier(f"part_{number}"), part)
            for number, part in enumerate(parts)
        ),
    )


def _insert_lots(rows: Sequence[tuple]) -> SQL:
    return SQL(
        """
        INSERT INTO member_point_lot (entry_id, card_id, program_id, company_id, points,
                                      remaining, earned_at, expires_at)
             VALUES %s
        """,
        _rows(rows),
    )


def _insert_allocations(rows: Sequence[tuple]) -> SQL:
    return SQL(
        "INSERT INTO member_point_allocation (lot_id, entry_id, points) VALUES %s",
        _rows(rows),
    )


def _draw_lots(changes: Sequence[tuple]) -> SQL:
    return SQL(
        """
        UPDATE member_point_lot lot
           SET remaining = lot.remaining - change.points
          FROM (VALUES %(changes)s) AS change(entry_id, points)
         WHERE lot.entry_id = change.entry_id
        """,
        changes=_rows(changes, ("int", "numeric")),
    )


def _insert_history(rows: Sequence[tuple]) -> SQL:
    return SQL(
        """
        INSERT INTO loyalty_history (card_id, description, issued, used, order_model,
                                     order_id, create_uid, write_uid, create_date,
                                     write_date)
             SELECT *, row.create_uid, now() AT TIME ZONE 'UTC',
                    now() AT TIME ZONE 'UTC'
               FROM (VALUES %s) AS row(card_id, description, issued, used,
                                       order_model, order_id, create_uid)
        """,
        _rows(rows, ("int", "text", "float8", "float8", "text", "int", "int")),
    )


def move_expiry(changes: Sequence[tuple]) -> SQL:
    """Give lots another moment of expiry.

    :param changes: tuples of a lot's entry and the moment, or None for never
    """
    return SQL(
        """
        UPDATE member_point_lot lot
           SET expires_at = change.expires_at
          FROM (VALUES %(changes)s) AS change(entry_id, expires_at)
         WHERE lot.entry_id = change.entry_id
        """,
        changes=_rows(changes, ("int", "timestamp")),
    )


def usable(env, card_ids: Sequence[int], at) -> SQL:
    """Sum up what of each card can be used at a moment.

    Columns: card, points.
    """
    return SQL(
        """
          SELECT card_id, SUM(remaining)
            FROM member_point_lot
           WHERE card_id = ANY(%(card_ids)s)
             AND remaining > 0
             AND (expires_at IS NULL OR expires_at > %(at)s)
        GROUP BY card_id
        """,
        card_ids=list(card_ids),
        at=at,
    )


def _rows(rows: Sequence[tuple], types: Sequence[str] = ()) -> SQL:
    """Return rows of VALUES; types, where the database cannot know them."""
    if not types:
        return SQL(", ").join(SQL("%s", tuple(row)) for row in rows)
    return SQL(", ").join(
        SQL(
            "(%s)",
            SQL(", ").join(
                SQL("%s::%s", value, SQL(name))  # pylint: disable=sql-injection
                for value, name in zip(row, types, strict=True)
            ),
        )
        for row in rows
    )
