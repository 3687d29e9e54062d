"""Who is to be given something on an occasion.

What is found is (membership, contact, key of the occasion, day, order). Nobody is
found who was given it before.
"""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

from ..logic.benefit_gift import key_of
from ..logic.notification_moves import FRESH
from . import pending
from .benefit_entitlement import is_entitled
from .point_days import calendar_of, day_in_year
from .point_events import Circle, membership_of, takes_part

# those behind a day and a contact, and how many; None for all
Part = tuple[tuple[date, int], int | None]
ALL: Part = ((date.min, 0), None)


def birthdays(env, benefit, circle: Circle, days, is_second: bool, part: Part) -> SQL:
    """Find the next persons whose birthday it is on one of ``days``."""
    wanted, calendar = calendar_of(days)
    key = SQL(
        "CASE WHEN partner.id = membership.partner_id THEN wanted.key"
        " ELSE wanted.key || ',' || partner.id END"
    )
    return _due(
        env,
        benefit,
        key,
        SQL(
            """unnest(%(days)s::date[], %(calendar)s::int[], %(keys)s::text[])
               AS wanted (day, date, key)
             JOIN res_partner partner ON %(birthday)s = wanted.date
             JOIN %(membership)s""",
            days=wanted,
            calendar=calendar,
            keys=[key_of(day, is_second=is_second) for day in wanted],
            birthday=day_in_year(SQL.identifier("partner", "member_birthday")),
            membership=membership_of(circle),
        ),
        SQL(
            """partner.member_birthday < wanted.day
               AND COALESCE(membership.joined_on, wanted.day) <= wanted.day
               AND partner.is_company IS NOT TRUE
               AND %s""",
            takes_part(circle),
        ),
        part,
    )


def anniversaries(
    env, benefit, circle: Circle, days, is_second: bool, part: Part
) -> SQL:
    """Find the next members who joined on one of ``days``, some years earlier."""
    wanted, calendar = calendar_of(days)
    return _due(
        env,
        benefit,
        SQL("wanted.key"),
        SQL(
            """unnest(%(days)s::date[], %(calendar)s::int[], %(keys)s::text[])
               AS wanted (day, date, key)
             JOIN member_membership membership
               ON %(joined)s = wanted.date
              AND membership.program_id = %(program_id)s
              AND membership.active
             JOIN res_partner partner ON partner.id = membership.partner_id""",
            days=wanted,
            calendar=calendar,
            keys=[key_of(day, is_second=is_second) for day in wanted],
            joined=day_in_year(SQL.identifier("membership", "joined_on")),
            program_id=circle.program_id,
        ),
        SQL("membership.joined_on < wanted.day"),
        part,
    )


def brand_days(env, benefit, circle: Circle, days, is_second: bool, part: Part) -> SQL:
    """Find the next members for days on which everybody is given something."""
    countries = benefit.gift_country_ids.ids
    abroad = SQL("partner.country_id = ANY(%s)", countries)
    keys = [key_of(day, benefit.gift_yearly, is_second) for day in days]
    return _due(
        env,
        benefit,
        SQL("wanted.key"),
        SQL(
            """unnest(%(days)s::date[], %(keys)s::text[]) AS wanted (day, key)
             JOIN member_membership membership
               ON membership.program_id = %(program_id)s
              AND membership.active
             JOIN res_partner partner ON partner.id = membership.partner_id""",
            days=list(days),
            keys=keys,
            program_id=circle.program_id,
        ),
        SQL(
            "COALESCE(membership.joined_on, wanted.day) <= wanted.day AND %s",
            abroad if countries else SQL("TRUE"),
        ),
        part,
    )


def welcomes(env, benefit, decision_ids: Sequence[int]) -> SQL:
    """Find whom decisions made members; those found later were members before."""
    return _due(
        env,
        benefit,
        SQL("'welcome'"),
        _moves(benefit, decision_ids),
        SQL(
            """wanted.event = 'join'
               AND wanted.day >= %s
               AND NOT %s""",
            benefit.gift_since,
            _is_history(),
        ),
    )


def tiers_reached(env, benefit, decision_ids: Sequence[int]) -> SQL:
    """Find whom decisions gave a higher tier, which they still have.

    Whom the history lifts that was brought in was there before: that is no occasion.
    """
    return _due(
        env,
        benefit,
        SQL("'tier,' || wanted.to_tier_id"),
        SQL(
            """%s
             JOIN member_tier reached ON reached.id = wanted.to_tier_id
        LEFT JOIN member_tier former ON former.id = wanted.from_tier_id""",
            _moves(benefit, decision_ids),
        ),
        SQL(
            """wanted.event IN ('up', 'manual', 'appeal')
               AND wanted.day >= %s
               AND held.tier_id = wanted.to_tier_id
               AND (former.id IS NULL
                    OR (reached.sequence, reached.id) > (former.sequence, former.id))
               AND NOT (%s
                        AND wanted.create_date::date - held.create_date::date
                            <= CASE WHEN wanted.run_id IS NULL THEN 0 ELSE %s END)""",
            benefit.gift_since,
            _is_history(),
            FRESH.days,
        ),
    )


def _is_history() -> SQL:
    """Return the condition that the membership was written down long after joining.

    As ``logic.notification_moves.Joining`` says it.
    """
    return SQL(
        """(held.joined_by IS NOT DISTINCT FROM 'import'
                OR COALESCE(held.create_date::date - held.joined_on, 0) > %s)""",
        FRESH.days,
    )


def _moves(benefit, decision_ids) -> SQL:
    """Return the tables of moves; ``membership`` is as the move left it."""
    return SQL(
        """(SELECT decision.*, decision.date AS day
               FROM member_tier_decision decision
              WHERE decision.id = ANY(%(decision_ids)s)) wanted
             JOIN member_membership held
               ON held.id = wanted.membership_id
              AND held.program_id = %(program_id)s
              AND held.active
    CROSS JOIN LATERAL (
                SELECT held.id, held.partner_id, wanted.to_tier_id AS tier_id
             ) membership
             JOIN res_partner partner ON partner.id = membership.partner_id""",
        decision_ids=list(decision_ids),
        program_id=benefit.program_id.id,
    )


def first_orders(env, benefit, column: str, order_ids: Sequence[int]) -> SQL:
    """Find whose first orders these are. The contact who ordered is thanked.

    :param column: of a contact, that names the member
    """
    return _due(
        env,
        benefit,
        SQL("'first_order'"),
        SQL(
            """(SELECT ordered.id, ordered.partner_id, MIN(activity.id) AS activity_id,
                      MIN(activity.date) AS day,
                      'sale.order,' || ordered.id AS source_key
                 FROM sale_order ordered
                 JOIN member_activity activity
                   ON activity.source_key = 'sale.order,' || ordered.id
                  AND activity.company_id = %(company_id)s
                WHERE ordered.id = ANY(%(order_ids)s)
                  AND ordered.state = 'sale'
             GROUP BY ordered.id
               HAVING SUM(activity.order_count) > 0
             ORDER BY ordered.id) wanted
             JOIN res_partner partner ON partner.id = wanted.partner_id
             JOIN member_membership membership
               ON membership.partner_id = %(member)s
              AND membership.program_id = %(program_id)s
              AND membership.active""",
            company_id=benefit.company_id.id,
            order_ids=list(order_ids),
            member=SQL.identifier("partner", column),
            program_id=benefit.program_id.id,
        ),
        SQL("NOT EXISTS (%s)", _ordered_before(benefit, column)),
        order=SQL("wanted.id"),
    )


def _ordered_before(benefit, column: str) -> SQL:
    """Select orders that the member of the row ``wanted`` made before that one."""
    of_member = "partner_id" if column == "id" else column
    return SQL(
        """SELECT 1
             FROM member_activity earlier
            WHERE earlier.company_id = %(company_id)s
              AND %(member)s = membership.partner_id
              AND earlier.source_key != wanted.source_key
              AND earlier.id < wanted.activity_id
         GROUP BY earlier.source_key
           HAVING SUM(earlier.order_count) > 0""",
        company_id=benefit.company_id.id,
        member=SQL.identifier("earlier", of_member),
    )


def _due(
    env, benefit, key: SQL, tables: SQL, condition: SQL, part=ALL, order=None
) -> SQL:
    """Select from tables with ``wanted``, ``membership`` and ``partner``."""
    return SQL(
        """
          SELECT membership.id, partner.id, %(key)s, wanted.day, %(order)s
            FROM %(tables)s
            JOIN member_benefit benefit ON benefit.id = %(benefit_id)s
           WHERE %(condition)s
             AND %(entitled)s
             AND partner.active
             AND (wanted.day, partner.id) > (%(after_day)s, %(after_id)s)
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_benefit_gift_issue issue
                     WHERE issue.benefit_id = benefit.id
                       AND issue.membership_id = membership.id
                       AND issue.occasion_key = %(key)s
                 )
        ORDER BY wanted.day, partner.id
           LIMIT %(limit)s
        """,
        key=key,
        tables=tables,
        benefit_id=benefit.id,
        condition=condition,
        entitled=is_entitled(SQL("wanted.day")),
        after_day=part[0][0],
        after_id=part[0][1],
        limit=part[1],
        order=order or SQL("NULL"),
        to_flush=read_fields(env),
    )


def read_fields(env) -> tuple:
    """Return the fields that the questions read."""
    partner = ("member_birthday", "active", "is_company", "commercial_partner_id")
    benefit = ("active", "date_from", "date_to", "gift_limit")
    return (
        *pending.memberships(env),
        *(env["res.partner"]._fields[name] for name in (*partner, "country_id")),
        *(env["member.benefit"]._fields[name] for name in benefit),
        env["member.tier.decision"]._fields["to_tier_id"],
        env["member.activity"]._fields["order_count"],
        env["sale.order"]._fields["state"],
        env["member.benefit.gift.issue"]._fields["occasion_key"],
    )
