"""Who had and who used which benefit in a month, kept as a summary."""

from datetime import date

from odoo.tools import SQL

from .benefit_entitlement import is_entitled


def first_month(env, program_id: int, previous: date) -> SQL:
    """Return the first day of the first month that has to be summed up again.

    It is the previous month, or an earlier one of which uses were recorded since, or
    uses that no summary has.
    """
    return SQL(
        """
        SELECT LEAST(%(previous)s::date, MIN(DATE_TRUNC('month', usage.date))::date)
          FROM member_benefit_usage usage
         WHERE usage.program_id = %(program_id)s
           AND usage.date < %(previous)s
           AND (
                   usage.create_date >= %(previous)s
                OR NOT EXISTS (
                       SELECT 1
                         FROM member_benefit_month summary
                        WHERE summary.benefit_id = usage.benefit_id
                          AND summary.tier_id = usage.tier_id
                          AND summary.month = DATE_TRUNC('month', usage.date)::date
                   )
               )
        """,
        program_id=program_id,
        previous=previous,
        to_flush=(
            env["member.benefit.usage"]._fields["date"],
            env["member.benefit.usage"]._fields["program_id"],
            env["member.benefit.month"]._fields["uses"],
        ),
    )


def refresh(env, program, since: date, today: date) -> SQL:
    """Write the summary of a program, from a month on until today.

    Doing it twice changes nothing. Uses are summed up for each month. Who has a
    benefit is known of today only, so it is written for the current month only; what
    nobody has any more, or used, is nobody's. Columns: the number of rows written.
    """
    return SQL(
        """
        WITH used AS (%(used)s),
             holding AS (%(holding)s),
             fact AS (%(facts)s),
             written AS (%(written)s),
             emptied AS (%(emptied)s)
        SELECT COUNT(*) FROM written
        """,
        used=_used(program, since, today),
        holding=_holding(program, today),
        facts=_facts(),
        written=_written(program, today.replace(day=1)),
        emptied=_emptied(program, today.replace(day=1)),
        to_flush=(
            env["member.benefit.usage"]._fields["quantity"],
            env["member.benefit.usage"]._fields["program_id"],
            env["member.membership"]._fields["tier_id"],
            env["member.benefit"]._fields["tier_ids"],
            env["member.benefit"]._fields["tag_ids"],
            env["member.benefit"]._fields["active"],
            env["member.benefit.month"]._fields["uses"],
        ),
    )


def _written(program, this_month: date) -> SQL:
    """Write a row for each benefit, tier and month of the facts."""
    return SQL(
        """INSERT INTO member_benefit_month AS summary (
                  benefit_id, tier_id, month, program_id, company_id,
                  entitled, is_entitled_known, users, uses, cost)
           SELECT benefit_id, tier_id, month, %(program_id)s, %(company_id)s,
                  CASE WHEN month = %(this_month)s
                       THEN COUNT(*) FILTER (WHERE had_it) END,
                  month = %(this_month)s,
                  COUNT(*) FILTER (WHERE quantity > 0),
                  SUM(quantity),
                  SUM(cost)
             FROM fact
         GROUP BY benefit_id, tier_id, month
      ON CONFLICT (benefit_id, tier_id, month) DO UPDATE
              SET entitled = COALESCE(EXCLUDED.entitled, summary.entitled),
                  is_entitled_known = summary.is_entitled_known
                                      OR EXCLUDED.is_entitled_known,
                  users = EXCLUDED.users,
                  uses = EXCLUDED.uses,
                  cost = EXCLUDED.cost
        RETURNING benefit_id, tier_id, month""",
        this_month=this_month,
        program_id=program.id,
        company_id=program.company_id.id,
    )


def _emptied(program, this_month: date) -> SQL:
    """Note of this month's rows that no member stands behind any more: nobody."""
    return SQL(
        """UPDATE member_benefit_month stale
              SET entitled = 0
            WHERE stale.program_id = %(program_id)s
              AND stale.month = %(this_month)s
              AND stale.entitled > 0
              AND NOT EXISTS (
                      SELECT 1
                        FROM written
                       WHERE written.benefit_id = stale.benefit_id
                         AND written.tier_id = stale.tier_id
                         AND written.month = stale.month
                  )""",
        program_id=program.id,
        this_month=this_month,
    )


def _facts() -> SQL:
    """Return, for each month, benefit, tier and member, whether it was had or used."""
    return SQL(
        """SELECT COALESCE(used.month, holding.month) AS month,
                  COALESCE(used.benefit_id, holding.benefit_id) AS benefit_id,
                  COALESCE(used.tier_id, holding.tier_id) AS tier_id,
                  COALESCE(used.quantity, 0) AS quantity,
                  COALESCE(used.cost, 0) AS cost,
                  holding.membership_id IS NOT NULL OR used.quantity > 0 AS had_it
             FROM used
        FULL JOIN holding
               ON holding.membership_id = used.membership_id
              AND holding.benefit_id = used.benefit_id
              AND holding.tier_id = used.tier_id
              AND holding.month = used.month"""
    )


def _used(program, since: date, today: date) -> SQL:
    """Sum up the uses by benefit, tier then, member and month."""
    return SQL(
        """SELECT usage.benefit_id,
                  COALESCE(usage.tier_id, membership.tier_id) AS tier_id,
                  usage.membership_id,
                  DATE_TRUNC('month', usage.date)::date AS month,
                  SUM(usage.quantity) AS quantity,
                  COALESCE(SUM(usage.cost), 0) AS cost
             FROM member_benefit_usage usage
             JOIN member_membership membership ON membership.id = usage.membership_id
            WHERE usage.program_id = %(program_id)s
              AND usage.date BETWEEN %(since)s AND %(today)s
         GROUP BY 1, 2, 3, 4""",
        program_id=program.id,
        since=since,
        today=today,
    )


def _holding(program, today: date) -> SQL:
    """Return who has which benefit today, in which tier."""
    return SQL(
        """SELECT benefit.id AS benefit_id, membership.tier_id,
                  membership.id AS membership_id,
                  DATE_TRUNC('month', %(today)s::date)::date AS month
             FROM member_membership membership
             JOIN member_benefit benefit
               ON benefit.program_id = membership.program_id
            WHERE membership.program_id = %(program_id)s
              AND membership.active
              AND %(entitled)s""",
        today=today,
        program_id=program.id,
        entitled=is_entitled(today),
    )


def usage_rate(users: SQL, entitled: SQL, known: SQL) -> SQL:
    """Return the share (%) of those who had benefits that used them, of many rows."""
    return SQL(
        "100.0 * SUM(%(users)s) FILTER (WHERE %(known)s)"
        " / NULLIF(SUM(%(entitled)s) FILTER (WHERE %(known)s), 0)",
        users=users,
        entitled=entitled,
        known=known,
    )
