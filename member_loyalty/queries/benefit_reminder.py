"""Who has something unused that ends soon, and writing down that they are told."""

from datetime import date

from odoo.tools import SQL

from . import pending
from .benefit_entitlement import entitlements


def remind_of_quotas(env, company_id: int, today: date, limit: int) -> SQL:
    """Write down the next members who still may use something that ends soon.

    Columns: the new ids.
    """
    return _remind(
        env,
        SQL(
            """
              SELECT held.benefit_id, held.membership_id, held.partner_id,
                     held.program_id, held.company_id, NULL::int AS issue_id,
                     held.usable_until AS ends_on, held.available
                FROM (%(entitlements)s) held
                JOIN member_benefit benefit ON benefit.id = held.benefit_id
                JOIN member_program program ON program.id = held.program_id
               WHERE program.active
                 AND program.notify_members
                 AND benefit.remind_days > 0
                 AND benefit.kind != 'gift'
                 AND held.company_id = %(company_id)s
                 AND held.available > 0
                 AND held.usable_until >= %(today)s
                 AND held.usable_until <= %(today)s + benefit.remind_days""",
            entitlements=entitlements(today),
            company_id=company_id,
            today=today,
        ),
        limit,
    )


def remind_of_coupons(env, company_id: int, today: date, limit: int) -> SQL:
    """Write down the next members whose coupons nobody used and that end soon.

    Columns: the new ids.
    """
    return _remind(
        env,
        SQL(
            """
              SELECT issue.benefit_id, issue.membership_id, issue.partner_id,
                     issue.program_id, issue.company_id, issue.id AS issue_id,
                     issue.expires_on AS ends_on, 1 AS available
                FROM member_benefit_gift_issue issue
                JOIN member_benefit benefit ON benefit.id = issue.benefit_id
                JOIN member_membership membership
                  ON membership.id = issue.membership_id
                JOIN loyalty_card card ON card.id = issue.card_id
                JOIN member_program program ON program.id = issue.program_id
               WHERE program.active
                 AND program.notify_members
                 AND benefit.remind_days > 0
                 AND membership.active
                 AND issue.company_id = %(company_id)s
                 AND NOT issue.is_withdrawn
                 AND card.active
                 AND card.points >= issue.worth
                 AND issue.expires_on >= %(today)s
                 AND issue.expires_on <= %(today)s + benefit.remind_days
                 AND issue.given_on < %(today)s""",
            company_id=company_id,
            today=today,
        ),
        limit,
    )


def _remind(env, ending: SQL, limit: int) -> SQL:
    """Write down those of ``ending`` who were not told before."""
    card = env["loyalty.card"]._fields
    benefit = env["member.benefit"]._fields
    issue = env["member.benefit.gift.issue"]._fields
    program = env["member.program"]._fields
    return SQL(
        """
        INSERT INTO member_benefit_reminder (
               benefit_id, membership_id, partner_id, program_id, company_id,
               issue_id, ends_on, available)
        SELECT ending.*
          FROM (%(ending)s) ending
         WHERE NOT EXISTS (
                  SELECT 1
                    FROM member_benefit_reminder told
                   WHERE told.membership_id = ending.membership_id
                     AND told.benefit_id = ending.benefit_id
                     AND told.ends_on = ending.ends_on
                     AND told.issue_id IS NOT DISTINCT FROM ending.issue_id
               )
      ORDER BY ending.membership_id, ending.benefit_id
         LIMIT %(limit)s
   ON CONFLICT DO NOTHING
     RETURNING id
        """,
        ending=ending,
        limit=limit,
        to_flush=(
            *pending.memberships(env),
            *(benefit[name] for name in ("remind_days", "quota", "date_to", "active")),
            *(card[name] for name in ("points", "active")),
            *(issue[name] for name in ("card_id", "worth", "is_withdrawn")),
            *(program[name] for name in ("active", "notify_members")),
        ),
    )
