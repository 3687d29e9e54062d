"""What benefits cost by tier, beside what the tier's members bought."""

from datetime import date

from odoo.tools import SQL


def spent_by_tier(env, program, first: date, last: date) -> SQL:
    """Sum up, by the tier of today, what members bought and what benefits cost.

    Columns: tier, members, purchases, cost of price and logistics benefits, cost of
    the others; in company currency.
    """
    return SQL(
        """
        WITH bought AS (%(bought)s),
             spent AS (%(spent)s)
          SELECT membership.tier_id,
                 COUNT(*),
                 COALESCE(SUM(bought.amount), 0),
                 COALESCE(SUM(spent.by_purchase), 0),
                 COALESCE(SUM(spent.by_member), 0)
            FROM member_membership membership
       LEFT JOIN bought ON bought.partner_id = membership.partner_id
       LEFT JOIN spent ON spent.membership_id = membership.id
           WHERE membership.program_id = %(program_id)s
             AND membership.active
        GROUP BY membership.tier_id
        """,
        bought=_bought(program, first, last),
        spent=_spent(program, first, last),
        program_id=program.id,
        to_flush=(
            env["member.benefit.usage"]._fields["cost"],
            env["member.benefit.usage"]._fields["program_id"],
            env["member.benefit"]._fields["family"],
            env["member.activity"]._fields["amount"],
            env["member.membership"]._fields["tier_id"],
        ),
    )


def _bought(program, first: date, last: date) -> SQL:
    """Sum up what each member bought, less what was taken back."""
    partner = SQL.identifier("activity", program._get_partner_column())
    return SQL(
        """SELECT %(partner)s AS partner_id, SUM(activity.amount) AS amount
             FROM member_activity activity
            WHERE activity.company_id = %(company_id)s
              AND activity.kind = 'purchase'
              AND activity.date BETWEEN %(first)s AND %(last)s
         GROUP BY %(partner)s""",
        partner=partner,
        company_id=program.company_id.id,
        first=first,
        last=last,
    )


def _spent(program, first: date, last: date) -> SQL:
    """Sum up what the benefits of each member cost: by purchases, and by themselves."""
    return SQL(
        """SELECT usage.membership_id,
                  SUM(CASE WHEN %(by_purchase)s THEN usage.cost ELSE 0 END)
                  AS by_purchase,
                  SUM(CASE WHEN %(by_purchase)s THEN 0 ELSE usage.cost END)
                  AS by_member
             FROM member_benefit_usage usage
             JOIN member_benefit benefit ON benefit.id = usage.benefit_id
            WHERE usage.program_id = %(program_id)s
              AND usage.date BETWEEN %(first)s AND %(last)s
         GROUP BY usage.membership_id""",
        by_purchase=SQL("benefit.family IN ('price', 'logistics')"),
        program_id=program.id,
        first=first,
        last=last,
    )
