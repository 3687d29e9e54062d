"""Take partners into a program, all at once."""

from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from . import pending


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who is to join which program, and how.

    :param joined_by: "signup", "order", "import" or "hand"
    :param joined_on: the day of joining of the row ``partner`` of ``res_partner``,
        as given by :func:`on_day` or :func:`on_first_activity`
    """

    program_id: int
    company_id: int
    base_tier_id: int
    version_id: int
    partner_ids: tuple[int, ...]
    joined_by: str
    joined_on: SQL


def enrol(env, enrolment: Enrolment) -> SQL:
    """Make members of those who are none yet and log that they joined.

    Returns the ids of the memberships that are new or back.
    """
    return SQL(
        """
        WITH returned AS (%(bring_back)s
        ), joining AS (%(insert)s
        ), joined AS (
              SELECT id, joined_on FROM returned
           UNION ALL
              SELECT id, joined_on FROM joining
        ), logged AS (
              INSERT INTO member_tier_decision (
                     membership_id, date, event, to_tier_id, create_uid, create_date)
              SELECT id, joined_on, 'join', %(tier_id)s, %(user_id)s, %(now)s
                FROM joined
        )
        SELECT id FROM joined
        """,
        bring_back=_bring_back(env, enrolment),
        insert=_insert(env, enrolment),
        tier_id=enrolment.base_tier_id,
        user_id=env.uid,
        now=env.cr.now(),
        to_flush=pending.memberships(env),
    )


def _bring_back(env, enrolment: Enrolment) -> SQL:
    """Let former members come back to their old membership, in the lowest tier.

    But an order does not bring back somebody whose membership was ended.
    """
    return SQL(
        """
              UPDATE member_membership membership
                 SET active = TRUE, tier_id = %(tier_id)s, tier_since = %(joined_on)s,
                     valid_until = NULL, granted_tier_id = NULL,
                     granted_until = NULL, warned_for = NULL,
                     joined_by = %(joined_by)s,
                     joined_on = %(joined_on)s,
                     write_uid = %(user_id)s, write_date = %(now)s
                FROM res_partner partner
               WHERE partner.id = membership.partner_id
                 AND membership.id IN (
                        SELECT MAX(former.id)
                          FROM member_membership former
                         WHERE former.program_id = %(program_id)s
                           AND former.partner_id = ANY(%(partner_ids)s)
                      GROUP BY former.partner_id
                        HAVING NOT bool_or(former.active)
                     )
                 AND %(joined_by)s != 'order'
           RETURNING membership.id, membership.joined_on""",
        program_id=enrolment.program_id,
        tier_id=enrolment.base_tier_id,
        partner_ids=list(enrolment.partner_ids),
        joined_by=enrolment.joined_by,
        joined_on=enrolment.joined_on,
        user_id=env.uid,
        now=env.cr.now(),
    )


def _insert(env, enrolment: Enrolment) -> SQL:
    """Insert a membership for everybody who never had one in the program."""
    return SQL(
        """
              INSERT INTO member_membership (
                     partner_id, program_id, company_id, tier_id, tier_since,
                     joined_on, joined_by, active, automatic, version_id,
                     create_uid, create_date, write_uid, write_date)
              SELECT partner.id, %(program_id)s, %(company_id)s, %(tier_id)s,
                     %(joined_on)s, %(joined_on)s, %(joined_by)s, TRUE, TRUE,
                     %(version_id)s,
                     %(user_id)s, %(now)s, %(user_id)s, %(now)s
                FROM res_partner partner
               WHERE partner.id = ANY(%(partner_ids)s)
                 AND NOT EXISTS (
                        SELECT 1
                          FROM member_membership membership
                         WHERE membership.program_id = %(program_id)s
                           AND membership.partner_id = partner.id
                     )
            ORDER BY partner.id
         ON CONFLICT (program_id, partner_id) WHERE active DO NOTHING
           RETURNING id, joined_on""",
        program_id=enrolment.program_id,
        company_id=enrolment.company_id,
        tier_id=enrolment.base_tier_id,
        version_id=enrolment.version_id,
        partner_ids=list(enrolment.partner_ids),
        joined_by=enrolment.joined_by,
        joined_on=enrolment.joined_on,
        user_id=env.uid,
        now=env.cr.now(),
    )


def on_day(day: date) -> SQL:
    """Join everybody on the same day."""
    return SQL("%s::date", day)


def on_first_activity(company_id: int, partner_column: str, latest: date) -> SQL:
    """Join each partner on the day of their first activity, ``latest`` without one."""
    return SQL(
        """
        (SELECT LEAST(MIN(activity.date), %(latest)s::date)
           FROM member_activity activity
          WHERE activity.company_id = %(company_id)s
            AND %(partner)s = partner.id)
        """,
        latest=latest,
        company_id=company_id,
        partner=SQL.identifier("activity", partner_column),
    )


def buyers_to_enroll(env, program_id: int, company_id: int, partner_column: str) -> SQL:
    """Find who has a confirmed order in Odoo and never was a member."""
    partner = SQL.identifier("activity", partner_column)
    return SQL(
        """
          SELECT %(partner)s
            FROM member_activity activity
           WHERE activity.company_id = %(company_id)s
             AND activity.kind = 'purchase'
             AND activity.source_model = 'sale.order'
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_membership membership
                     WHERE membership.program_id = %(program_id)s
                       AND membership.partner_id = %(partner)s
                 )
        GROUP BY %(partner)s
          HAVING SUM(activity.order_count) > 0
        """,
        partner=partner,
        company_id=company_id,
        program_id=program_id,
        to_flush=(
            env["member.activity"]._fields["amount"],
            *pending.memberships(env),
        ),
    )
