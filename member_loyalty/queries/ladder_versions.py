"""Which versions of a program's rules still matter to somebody."""

from datetime import date

from odoo.tools import SQL

from . import pending


def versions_promised(env, program_id: int, as_of: date) -> SQL:
    """Find the versions under which members are promised a tier on a day.

    Archived members count: they come back to what they were promised.
    """
    return SQL(
        """
          SELECT DISTINCT version_id
            FROM member_membership
           WHERE program_id = %(program_id)s
             AND valid_until >= %(as_of)s
             AND version_id IS NOT NULL
        """,
        program_id=program_id,
        as_of=as_of,
        to_flush=pending.memberships(env),
    )
