"""Past sales that the journal does not hold yet, and where it differs from them."""

from collections.abc import Sequence

from odoo.tools import SQL


def unbooked_orders(env, company_ids: Sequence[int], after: int, limit: int) -> SQL:
    """Find confirmed orders without any row in the journal, by id after ``after``."""
    return SQL(
        """
          SELECT "order".id
            FROM sale_order "order"
           WHERE "order".state = 'sale'
             AND "order".company_id = ANY(%(company_ids)s)
             AND "order".id > %(after)s
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_activity activity
                     WHERE activity.company_id = "order".company_id
                       AND activity.kind = 'purchase'
                       AND activity.source_key = 'sale.order,' || "order".id
                 )
        ORDER BY "order".id
           LIMIT %(limit)s
        """,
        company_ids=list(company_ids),
        after=after,
        limit=limit,
        to_flush=(
            env["sale.order"]._fields["state"],
            env["member.activity"]._fields["source_key"],
        ),
    )


def unbooked_credit_notes(
    env, company_ids: Sequence[int], after: int, limit: int
) -> SQL:
    """Find posted customer credit notes without any row in the journal."""
    return SQL(
        """
          SELECT move.id
            FROM account_move move
           WHERE move.state = 'posted'
             AND move.move_type = 'out_refund'
             AND move.partner_id IS NOT NULL
             AND move.company_id = ANY(%(company_ids)s)
             AND move.id > %(after)s
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_activity activity
                     WHERE activity.company_id = move.company_id
                       AND activity.kind = 'purchase'
                       AND activity.source_key = 'account.move,' || move.id
                 )
        ORDER BY move.id
           LIMIT %(limit)s
        """,
        company_ids=list(company_ids),
        after=after,
        limit=limit,
        to_flush=(
            env["account.move"]._fields["state"],
            env["member.activity"]._fields["source_key"],
        ),
    )


def booked_documents(
    env, company_ids: Sequence[int], model: str, after: int, limit: int
) -> SQL:
    """List documents of one model that the journal holds rows of, by id."""
    return SQL(
        """
          SELECT DISTINCT source_id
            FROM member_activity
           WHERE source_model = %(model)s
             AND company_id = ANY(%(company_ids)s)
             AND source_id > %(after)s
        ORDER BY source_id
           LIMIT %(limit)s
        """,
        model=model,
        company_ids=list(company_ids),
        after=after,
        limit=limit,
        to_flush=(env["member.activity"]._fields["source_key"],),
    )
