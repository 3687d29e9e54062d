"""Attempts of visitors and members on the website."""

from odoo.tools import SQL


def count_attempt(action, who, begins_at) -> SQL:
    """Count one more attempt; returns how many there are in this stretch of time."""
    return SQL(
        """
        INSERT INTO member_attempt AS known (action, who, begins_at, count)
             VALUES (%s, %s, %s, 1)
        ON CONFLICT (action, who, begins_at)
      DO UPDATE SET count = known.count + 1
          RETURNING count
        """,
        action,
        who,
        begins_at,
    )
