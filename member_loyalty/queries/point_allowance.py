"""Count what officers move by hand."""

from datetime import date, timedelta

from odoo.tools import SQL

DAYS_KEPT = 7


def use(env, program_id: int, day: date, points) -> SQL:
    """Add points to what the user moved on a day; returns what it comes to."""
    return SQL(
        """
        INSERT INTO member_point_allowance AS allowance (
               program_id, user_id, day, used)
             VALUES (%(program_id)s, %(user_id)s, %(day)s, %(points)s)
        ON CONFLICT (program_id, user_id, day)
          DO UPDATE SET used = allowance.used + EXCLUDED.used
          RETURNING allowance.used::float8
        """,
        program_id=program_id,
        user_id=env.uid,
        day=day,
        points=points,
    )


def forget_before(today: date) -> SQL:
    """Delete the days that no limit asks about any more."""
    return SQL(
        "DELETE FROM member_point_allowance WHERE day < %s",
        today - timedelta(days=DAYS_KEPT),
    )
