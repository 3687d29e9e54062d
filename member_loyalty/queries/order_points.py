"""What orders, credit notes and entries say about the points of orders."""

from collections.abc import Sequence

from odoo.tools import SQL

from .purchase_journal import document_fields


def billed_lines(env, order_ids: Sequence[int], taxed: bool) -> SQL:
    """Sum up what posted invoices and credit notes say of each line of orders.

    In the currency of the order; another currency counts at the order's rate.

    Columns: order, line, invoiced, credited.
    """
    return SQL(
        """
          SELECT line.order_id, line.id,
                 COALESCE(SUM(%(amount)s) FILTER (
                     WHERE move.move_type = 'out_invoice'), 0),
                 COALESCE(SUM(%(amount)s) FILTER (
                     WHERE move.move_type = 'out_refund'), 0)
            FROM sale_order_line line
            JOIN sale_order "order" ON "order".id = line.order_id
            JOIN sale_order_line_invoice_rel link ON link.order_line_id = line.id
            JOIN account_move_line item ON item.id = link.invoice_line_id
            JOIN account_move move ON move.id = item.move_id
           WHERE line.order_id = ANY(%(order_ids)s)
             AND move.state = 'posted'
             AND move.move_type IN ('out_invoice', 'out_refund')
        GROUP BY line.order_id, line.id
        """,
        amount=SQL(
            """(CASE WHEN move.currency_id = "order".currency_id THEN item.%(amount)s
                     ELSE item.%(amount)s / NULLIF(move.invoice_currency_rate, 0)
                          * COALESCE("order".currency_rate, 1) END)::numeric""",
            amount=SQL.identifier("price_total" if taxed else "price_subtotal"),
        ),
        order_ids=list(order_ids),
        to_flush=document_fields(env),
    )


def loose_credits(env, order_ids: Sequence[int], taxed: bool) -> SQL:
    """Sum up credit note lines without a sale that reverse an invoice of an order.

    Columns: order, credited (in the order's currency).
    """
    return SQL(
        """
          SELECT sold.order_id, SUM(item.%(amount)s)
            FROM (
                  SELECT DISTINCT line.order_id, bill.move_id
                    FROM sale_order_line line
                    JOIN sale_order_line_invoice_rel link
                      ON link.order_line_id = line.id
                    JOIN account_move_line bill ON bill.id = link.invoice_line_id
                   WHERE line.order_id = ANY(%(order_ids)s)
                 ) sold
            JOIN account_move note
              ON note.reversed_entry_id = sold.move_id
             AND note.state = 'posted' AND note.move_type = 'out_refund'
            JOIN account_move_line item
              ON item.move_id = note.id AND item.display_type = 'product'
           WHERE NOT EXISTS (
                     SELECT 1 FROM sale_order_line_invoice_rel other
                      WHERE other.invoice_line_id = item.id)
        GROUP BY sold.order_id
        """,
        amount=SQL.identifier("price_total" if taxed else "price_subtotal"),
        order_ids=list(order_ids),
        to_flush=document_fields(env),
    )


def held(env, order_ids: Sequence[int]) -> SQL:
    """Read what is booked for orders, by what the points were for.

    Columns: order, loyalty program, rule, part, earned and spent: both positive,
    with what is owed, less what was taken or given back since.
    """
    return SQL(
        """
          SELECT entry.source_id, card.program_id, entry.rule_id, entry.part,
                 COALESCE(SUM(entry.points - entry.debt) FILTER (
                     WHERE %(earned)s), 0),
                 COALESCE(-SUM(entry.points - entry.debt) FILTER (
                     WHERE %(spent)s), 0)
            FROM member_point_entry entry
            JOIN loyalty_card card ON card.id = entry.card_id
           WHERE entry.source_model = 'sale.order'
             AND entry.source_id = ANY(%(order_ids)s)
        GROUP BY entry.source_id, card.program_id, entry.rule_id, entry.part
        """,
        earned=SQL(
            """(entry.kind = 'earned'
                OR entry.kind IN ('reversed', 'claimed_back')
                   AND entry.points - entry.debt < 0)"""
        ),
        spent=_spending(),
        order_ids=list(order_ids),
    )


def _spending() -> SQL:
    return SQL(
        """(entry.kind = 'spent'
            OR entry.kind = 'reversed' AND entry.points - entry.debt > 0)"""
    )


def expired_of_order(order_id: int) -> SQL:
    """Sum up what expired of the lots that an order earned.

    Columns: loyalty program, rule, part, points.
    """
    return SQL(
        """
          SELECT card.program_id, lot.rule_id, lot.part, SUM(allocation.points)
            FROM member_point_entry lot
            JOIN loyalty_card card ON card.id = lot.card_id
            JOIN member_point_allocation allocation ON allocation.lot_id = lot.id
            JOIN member_point_entry expiry
              ON expiry.id = allocation.entry_id AND expiry.kind = 'expired'
           WHERE lot.source_model = 'sale.order' AND lot.source_id = %s
        GROUP BY card.program_id, lot.rule_id, lot.part
        """,
        order_id,
    )


def usable_of_order(order_id: int, card_id: int, at) -> SQL:
    """Sum up what can be used of the lots of a card that an order earned.

    Columns: points.
    """
    return SQL(
        """
        SELECT COALESCE(SUM(lot.remaining), 0)
          FROM member_point_lot lot
          JOIN member_point_entry entry ON entry.id = lot.entry_id
         WHERE lot.card_id = %(card_id)s
           AND lot.remaining > 0
           AND (lot.expires_at IS NULL OR lot.expires_at > %(at)s)
           AND entry.source_model = 'sale.order'
           AND entry.source_id = %(order_id)s
           AND entry.kind = 'earned'
        """,
        card_id=card_id,
        at=at,
        order_id=order_id,
    )


def promised_by_rule(rule_id: int) -> SQL:
    """Tell whether an order was promised points by a rule."""
    return SQL(
        """
        SELECT 1
          FROM member_order_points
         WHERE earning -> 'rates' ? %(rule_id)s
            OR earning -> 'fixed' ? %(rule_id)s
         LIMIT 1
        """,
        rule_id=str(rule_id),
    )


def spent_allocations(order_id: int, loyalty_program_id: int) -> SQL:
    """Read which lots paid for an order, oldest first; negative where given back.

    Columns: lot, points, card of the lot, its expiry.
    """
    return SQL(
        """
          SELECT allocation.lot_id, allocation.points, lot.card_id, lot.expires_at
            FROM member_point_entry entry
            JOIN loyalty_card card
              ON card.id = entry.card_id AND card.program_id = %(program_id)s
            JOIN member_point_allocation allocation ON allocation.entry_id = entry.id
            JOIN member_point_entry lot ON lot.id = allocation.lot_id
           WHERE entry.source_model = 'sale.order'
             AND entry.source_id = %(order_id)s
             AND %(spending)s
        ORDER BY allocation.id
        """,
        program_id=loyalty_program_id,
        order_id=order_id,
        spending=_spending(),
    )


def bought_before(company_id: int, column: str, partner_id: int, order_id: int) -> SQL:
    """Tell whether a member has another order that counts.

    :param column: of the journal, that names the member
    """
    return SQL(
        """
          SELECT 1
            FROM member_activity
           WHERE company_id = %(company_id)s
             AND %(column)s = %(partner_id)s
             AND source_key != %(source_key)s
        GROUP BY source_key
          HAVING SUM(order_count) > 0
           LIMIT 1
        """,
        company_id=company_id,
        column=SQL.identifier(column),
        partner_id=partner_id,
        source_key=f"sale.order,{order_id}",
    )


def owed_by_orders(env, order_ids: Sequence[int]) -> SQL:
    """Sum up what members owe because orders were paid with points that lacked.

    Columns: order, points.
    """
    entries = env["member.point.entry"]
    return SQL(
        """
          SELECT source_id, SUM(debt)
            FROM member_point_entry
           WHERE source_model = 'sale.order'
             AND source_id = ANY(%(order_ids)s)
             AND kind = 'spent'
        GROUP BY source_id
          HAVING SUM(debt) > 0
        """,
        order_ids=list(order_ids),
        to_flush=tuple(
            entries._fields[name]
            for name in ("source_model", "source_id", "kind", "debt")
        ),
    )
