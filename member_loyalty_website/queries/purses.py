"""What a buyer is shown of a purse."""

from datetime import datetime

from odoo.tools import SQL


def expiring(env, card_id: int, now: datetime, limit: int) -> SQL:
    """Return when points of a card expire and how many do, the soonest first."""
    return SQL(
        """
          SELECT expires_at, sum(remaining)::float8
            FROM member_point_lot
           WHERE card_id = %(card_id)s
             AND remaining > 0
             AND expires_at > %(now)s
        GROUP BY expires_at
        ORDER BY expires_at
           LIMIT %(limit)s
        """,
        card_id=card_id,
        now=now,
        limit=limit,
        to_flush=(
            env["member.point.lot"]._fields["remaining"],
            env["member.point.lot"]._fields["expires_at"],
        ),
    )
