"""Whether customers bought after their turn came, called or left alone."""

from datetime import date

from odoo.tools import SQL


def judge(env, program_id: int, partner_column: str, day: date) -> SQL:
    """Say of all whose days are over whether they bought, by the journal."""
    return SQL(
        """
        UPDATE member_call call
           SET saved_amount = bought.amount,
               is_saved = bought.amount > 0,
               judged_on = %(day)s,
               closed_on = CASE call.state WHEN 'held_out' THEN %(day)s
                                           ELSE call.closed_on END
          FROM (
                SELECT due.id, COALESCE(SUM(activity.amount), 0) AS amount
                  FROM member_call due
             LEFT JOIN member_activity activity
                    ON activity.company_id = due.company_id
                   AND activity.kind = 'purchase'
                   AND %(partner)s = due.partner_id
                   AND activity.date BETWEEN due.started_on AND due.watched_until
                 WHERE due.program_id = %(program_id)s
                   AND due.judged_on IS NULL
                   AND due.watched_until < %(day)s
              GROUP BY due.id
               ) bought
         WHERE bought.id = call.id
        """,
        partner=SQL.identifier("activity", partner_column),
        program_id=program_id,
        day=day,
        to_flush=(
            env["member.call"]._fields["watched_until"],
            env["member.activity"]._fields["amount"],
        ),
    )
