"""Which members an evaluation has to look at."""

from collections.abc import Iterable
from datetime import datetime

from odoo.tools import SQL

from ..logic.windows import Days
from . import pending


def next_span(env, program_id: int, after: int, limit: int) -> SQL:
    """Find the last partner id of the next ``limit`` members, and how many they are."""
    return SQL(
        """
          SELECT MAX(partner_id), COUNT(*)
            FROM (
                    SELECT partner_id
                      FROM member_membership
                     WHERE program_id = %(program_id)s
                       AND active
                       AND partner_id > %(after)s
                  ORDER BY partner_id
                     LIMIT %(limit)s
                 ) span
        """,
        program_id=program_id,
        after=after,
        limit=limit,
        to_flush=pending.memberships(env),
    )


def touched_partners(
    env,
    program_id: int,
    company_id: int,
    partner_column: str,
    spans: Iterable[Days],
    recorded_since: datetime,
    after: int,
    limit: int,
) -> SQL:
    """Find the members whose figures can have changed, by partner id.

    They are those with an activity recorded since ``recorded_since``, or dated in
    one of ``spans`` (days that came into a window or dropped out of one), and
    those who joined since.
    """
    return SQL(
        """
          SELECT membership.partner_id
            FROM member_membership membership
           WHERE membership.program_id = %(program_id)s
             AND membership.active
             AND membership.partner_id > %(after)s
             AND (membership.partner_id IN (%(touched)s)
                  OR membership.create_date >= %(recorded_since)s)
        ORDER BY membership.partner_id
           LIMIT %(limit)s
        """,
        program_id=program_id,
        after=after,
        limit=limit,
        recorded_since=recorded_since,
        touched=_touched(company_id, partner_column, spans, recorded_since),
        to_flush=(
            env["member.activity"]._fields["amount"],
            *pending.memberships(env),
        ),
    )


def _touched(
    company_id: int,
    partner_column: str,
    spans: Iterable[Days],
    recorded_since: datetime,
) -> SQL:
    """Find the partners with an activity recorded lately or dated in ``spans``."""
    partner = SQL.identifier("activity", partner_column)
    recorded = SQL(
        "SELECT %s AS partner_id FROM member_activity activity"
        " WHERE company_id = %s AND create_date >= %s",
        partner,
        company_id,
        recorded_since,
    )
    dated = [
        SQL(
            "SELECT %s AS partner_id FROM member_activity activity"
            " WHERE company_id = %s AND date BETWEEN %s AND %s",
            partner,
            company_id,
            days.first,
            days.last,
        )
        for days in spans
    ]
    return SQL(" UNION ").join([recorded, *dated])
