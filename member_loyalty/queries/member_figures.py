"""The figures that screens, exports and printouts show of members."""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

from ..logic.windows import Window
from . import pending


def member_figures(
    env,
    company_id: int,
    partner_column: str,
    window: Window,
    as_of: date,
    partner_ids: Sequence[int],
) -> SQL:
    """Sum up what each member bought.

    Columns: partner id, amount in the window (company currency), orders in the
    window, last day of a purchase (at any time) that was not undone as a whole.
    """
    first = window.days_as_of(as_of).first
    return SQL(
        """
          SELECT %(partner)s,
                 COALESCE(SUM(activity.amount) FILTER (WHERE %(in_window)s), 0),
                 COALESCE(SUM(activity.order_count) FILTER (WHERE %(in_window)s), 0),
                 MAX(activity.date) FILTER (
                     WHERE activity.order_count > 0
                       AND NOT %(undone)s
                 )
            FROM member_activity activity
           WHERE activity.company_id = %(company_id)s
             AND activity.kind = 'purchase'
             AND %(partner)s = ANY(%(partner_ids)s)
             AND activity.date <= %(as_of)s
        GROUP BY %(partner)s
        """,
        partner=SQL.identifier("activity", partner_column),
        in_window=SQL("activity.date >= %s", first) if first else SQL("TRUE"),
        company_id=company_id,
        partner_ids=list(partner_ids),
        as_of=as_of,
        undone=is_undone(as_of),
        to_flush=(env["member.activity"]._fields["amount"],),
    )


def is_undone(as_of: date) -> SQL:
    """Tell whether the order of the row ``activity`` was taken back as a whole."""
    return SQL(
        """
        EXISTS (
            SELECT 1
              FROM member_activity undone
             WHERE undone.company_id = activity.company_id
               AND undone.kind = activity.kind
               AND undone.source_key = activity.source_key
               AND undone.revision > activity.revision
               AND undone.order_count < 0
               AND undone.date <= %s
        )
        """,
        as_of,
    )


def tier_totals(
    env,
    program_id: int,
    company_id: int,
    partner_column: str,
    window: Window,
    as_of: date,
) -> SQL:
    """Count each tier's members and sum what they bought in the window.

    Columns: tier id, members, amount in company currency.
    """
    first = window.days_as_of(as_of).first
    return SQL(
        """
          SELECT membership.tier_id, COUNT(*), COALESCE(SUM(bought.amount), 0)
            FROM member_membership membership
       LEFT JOIN (
                    SELECT %(partner)s AS partner_id, SUM(activity.amount) AS amount
                      FROM member_activity activity
                     WHERE activity.company_id = %(company_id)s
                       AND activity.kind = 'purchase'
                       AND activity.date <= %(as_of)s
                       AND %(since)s
                  GROUP BY %(partner)s
                 ) bought ON bought.partner_id = membership.partner_id
           WHERE membership.program_id = %(program_id)s
             AND membership.active
        GROUP BY membership.tier_id
        """,
        partner=SQL.identifier("activity", partner_column),
        since=SQL("activity.date >= %s", first) if first else SQL("TRUE"),
        company_id=company_id,
        program_id=program_id,
        as_of=as_of,
        to_flush=(
            env["member.activity"]._fields["amount"],
            *pending.memberships(env),
        ),
    )
