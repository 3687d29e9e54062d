"""Anniversaries of joining, as ``logic.windows`` says them, for many members."""

from datetime import date

from odoo.tools import SQL


def last_anniversary(joined: SQL, as_of: date) -> SQL:
    """Return the latest anniversary of ``joined`` until a day; the day itself before.

    Who never joined has it at the beginning of time.
    """
    return SQL(
        "COALESCE((%(joined)s + make_interval(years => %(years)s))::date, '-infinity')",
        joined=joined,
        years=_years(joined, as_of),
    )


def next_anniversary(joined: SQL, as_of: date) -> SQL:
    """Return the first anniversary of ``joined`` after a day.

    Who never joined, or joins later, counts from the day itself or from joining.
    """
    known = SQL("COALESCE(%s, %s::date)", joined, as_of)
    return SQL(
        """CASE WHEN %(joined)s > %(as_of)s THEN %(joined)s
                ELSE (%(joined)s + make_interval(years => %(years)s + 1))::date END""",
        joined=known,
        as_of=as_of,
        years=_years(known, as_of),
    )


def _years(joined: SQL, as_of: date) -> SQL:
    """Return how many whole years lie between joining and a day.

    29 February plus a year is 28 February to PostgreSQL, as it is to us.
    """
    return SQL(
        """GREATEST(0, %(year)s - EXTRACT(YEAR FROM %(joined)s)::int
             - (%(joined)s + make_interval(years => GREATEST(0,
                    %(year)s - EXTRACT(YEAR FROM %(joined)s)::int))
                > %(as_of)s::date)::int)""",
        joined=joined,
        year=as_of.year,
        as_of=as_of,
    )
