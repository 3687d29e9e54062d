"""What members bought since a tier was granted to them against a promise."""

from collections.abc import Sequence

from odoo.tools import SQL


def purchases_since_grant(env, partner_column: str, appeal_ids: Sequence[int]) -> SQL:
    """Sum up what was bought from the day of the grant to the end of the promise.

    Both days count. Columns: appeal id, amount in company currency.

    :param partner_column: the journal's column that names the member
    """
    appeal = env["member.tier.appeal"]._fields
    return SQL(
        """
          SELECT appeal.id, COALESCE(SUM(activity.amount), 0)
            FROM member_tier_appeal appeal
            JOIN member_membership membership ON membership.id = appeal.membership_id
            JOIN member_program program ON program.id = membership.program_id
       LEFT JOIN member_activity activity
              ON activity.company_id = program.company_id
             AND activity.kind = 'purchase'
             AND %(partner)s = membership.partner_id
             AND activity.date BETWEEN appeal.granted_on AND appeal.wished_until
           WHERE appeal.id = ANY(%(appeal_ids)s)
             AND appeal.granted_on IS NOT NULL
        GROUP BY appeal.id
        """,
        partner=SQL.identifier("activity", partner_column),
        appeal_ids=list(appeal_ids),
        to_flush=(
            appeal["granted_on"],
            appeal["wished_until"],
            appeal["membership_id"],
            env["member.membership"]._fields["partner_id"],
            env["member.activity"]._fields["amount"],
        ),
    )
