"""Which benefits work: their users beside those who had them and did not use them."""

from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from .benefit_entitlement import is_entitled
from .member_figures import is_undone


@dataclass(frozen=True, slots=True)
class Span:
    """The days in which uses count, and those after them that are watched."""

    first: date
    last: date
    watched_first: date
    watched_last: date


def ranking(env, program, span: Span) -> SQL:
    """Compare, for each benefit of a program, users of a span with non-users.

    Users used it in the span. Non-users had it on the span's last day (by the tier of
    that day as the log of decisions has it, by the tags and the terms of now) and did
    not use it; what was not granted yet, nobody had. Came back: who bought in the days
    that are watched.

    Columns: benefit, uses, cost, users, users who came back, non-users, non-users who
    came back.
    """
    return SQL(
        """
        WITH bought AS (%(bought)s),
             used AS (%(used)s),
             holding AS (%(holding)s),
             fact AS (%(facts)s)
          SELECT benefit_id,
                 SUM(quantity),
                 SUM(cost),
                 COUNT(*) FILTER (WHERE has_used),
                 COUNT(*) FILTER (WHERE has_used AND came_back),
                 COUNT(*) FILTER (WHERE has_it AND NOT has_used),
                 COUNT(*) FILTER (WHERE has_it AND NOT has_used AND came_back)
            FROM fact
        GROUP BY benefit_id
        """,
        bought=_bought(program, span),
        used=_used(program, span),
        holding=_holding(program, span.last),
        facts=_facts(),
        to_flush=_read(env),
    )


def _read(env) -> tuple:
    """Return the fields that the ranking reads."""
    return (
        env["member.benefit.usage"]._fields["quantity"],
        env["member.benefit.usage"]._fields["program_id"],
        env["member.membership"]._fields["tier_id"],
        env["member.activity"]._fields["order_count"],
        env["member.tier.decision"]._fields["to_tier_id"],
        env["member.benefit"]._fields["active"],
        env["member.benefit"]._fields["tier_ids"],
        env["member.benefit"]._fields["tag_ids"],
    )


def _facts() -> SQL:
    """Return, for each benefit and member, what the member did."""
    return SQL(
        """SELECT COALESCE(used.benefit_id, holding.benefit_id) AS benefit_id,
                  COALESCE(used.quantity, 0) AS quantity,
                  COALESCE(used.cost, 0) AS cost,
                  COALESCE(used.quantity > 0, FALSE) AS has_used,
                  holding.membership_id IS NOT NULL AS has_it,
                  bought.partner_id IS NOT NULL AS came_back
             FROM used
        FULL JOIN holding
               ON holding.membership_id = used.membership_id
              AND holding.benefit_id = used.benefit_id
             JOIN member_membership membership
               ON membership.id = COALESCE(used.membership_id, holding.membership_id)
        LEFT JOIN bought ON bought.partner_id = membership.partner_id"""
    )


def _bought(program, span: Span) -> SQL:
    """Return the members who bought in the days that are watched, and kept of it."""
    return SQL(
        """SELECT DISTINCT %(partner)s AS partner_id
             FROM member_activity activity
            WHERE activity.company_id = %(company_id)s
              AND activity.kind = 'purchase'
              AND activity.order_count > 0
              AND activity.date BETWEEN %(first)s AND %(last)s
              AND NOT %(undone)s""",
        partner=SQL.identifier("activity", program._get_partner_column()),
        company_id=program.company_id.id,
        first=span.watched_first,
        last=span.watched_last,
        undone=is_undone(span.watched_last),
    )


def _used(program, span: Span) -> SQL:
    """Sum up the uses of each member in the span."""
    return SQL(
        """SELECT benefit_id, membership_id, SUM(quantity) AS quantity,
                  COALESCE(SUM(cost), 0) AS cost
             FROM member_benefit_usage
            WHERE program_id = %(program_id)s
              AND date BETWEEN %(first)s AND %(last)s
         GROUP BY benefit_id, membership_id""",
        program_id=program.id,
        first=span.first,
        last=span.last,
    )


def _holding(program, day: date) -> SQL:
    """Return who had which benefit on a day."""
    return SQL(
        """SELECT benefit.id AS benefit_id, membership.id AS membership_id
             FROM (%(members)s) membership
             JOIN member_benefit benefit ON benefit.program_id = %(program_id)s
            WHERE %(entitled)s
              AND %(there)s""",
        members=_members(program, day),
        program_id=program.id,
        entitled=is_entitled(day),
        there=_was_there(day),
    )


def _was_there(day: date) -> SQL:
    """Return the condition that the row ``benefit`` was granted on a day already.

    Without a first day it is granted since it was made, or since its first use.
    """
    return SQL(
        """(
                   benefit.date_from IS NOT NULL
                OR benefit.create_date::date <= %(day)s
                OR EXISTS (SELECT 1 FROM member_benefit_usage earlier
                            WHERE earlier.benefit_id = benefit.id
                              AND earlier.date <= %(day)s)
              )""",
        day=day,
    )


def _members(program, day: date) -> SQL:
    """Return the members on a day, and the tier in which they were then."""
    return SQL(
        """SELECT held.id, held.partner_id,
                  COALESCE(moved.to_tier_id, held.tier_id) AS tier_id
             FROM member_membership held
        LEFT JOIN LATERAL (
                      SELECT decision.to_tier_id
                        FROM member_tier_decision decision
                       WHERE decision.membership_id = held.id
                         AND decision.date <= %(day)s
                         AND decision.event <> 'warned'
                    ORDER BY decision.date DESC, decision.id DESC
                       LIMIT 1
                  ) moved ON TRUE
            WHERE held.program_id = %(program_id)s
              AND held.active
              AND COALESCE(held.joined_on, %(day)s) <= %(day)s""",
        program_id=program.id,
        day=day,
    )
