"""What a buyer has not paid yet."""

from odoo.tools import SQL


def open_payments(env, orders, invoices, today, zone) -> SQL:
    """Return what is open of quotations, orders and invoices.

    A quotation is open with what has to be paid to confirm it; one of the shop, which
    waits for a transfer of money, with all of it; another one need not be paid, and
    one that expired cannot. A confirmed order is open with what is neither paid online
    nor invoiced; payments and invoices of an order can be the same money, so the
    larger counts. A credit note lowers what is open of invoices.

    :param SQL orders: subselect of quotations and orders that the buyer may see
    :param SQL invoices: the same of invoices that are not paid
    :param date today: the last day that a quotation may be valid until
    :param str zone: time zone in which a moment is a day
    :return: rows (kind, id, name, day, due on, amount, currency id,
        whether its page needs the amount to offer a payment)
    """
    return SQL(
        """
        SELECT open.kind, open.id, open.name, open.day, open.due_on,
               ROUND(open.amount::numeric, currency.decimal_places) AS amount,
               open.currency_id, open.needs_amount
          FROM (%(invoices)s UNION ALL %(orders)s) open
          JOIN res_currency currency
            ON currency.id = open.currency_id
         WHERE ABS(open.amount) >= currency.rounding / 2
           AND (open.kind = 'invoice' OR open.amount > 0)
        """,
        invoices=_open_invoices(env, invoices),
        orders=_open_orders(env, orders, today, zone),
    )


def _open_invoices(env, invoices) -> SQL:
    """Return invoices with what is left to pay; a credit note lowers it."""
    Move = env["account.move"]
    return SQL(
        """
        SELECT 'invoice' AS kind, move.id, move.name, move.invoice_date AS day,
               move.invoice_date_due AS due_on, move.currency_id,
               CASE move.move_type
                    WHEN 'out_refund' THEN -move.amount_residual
                    ELSE move.amount_residual
                END AS amount,
               FALSE AS needs_amount
          FROM account_move move
         WHERE move.id IN %(invoices)s
        """,
        invoices=invoices,
        to_flush=(Move._fields["amount_residual"], Move._fields["state"]),
    )


def _open_orders(env, orders, today, zone) -> SQL:
    """Return quotations and orders with what is left to pay."""
    Order = env["sale.order"]
    return SQL(
        """
    SELECT CASE sold.state WHEN 'sale' THEN 'order' ELSE 'quotation' END,
           sold.id, sold.name,
           (sold.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
           CASE sold.state WHEN 'sale' THEN NULL ELSE sold.validity_date END,
           sold.currency_id,
           CASE WHEN sold.state = 'sale'
                THEN sold.amount_total - GREATEST(paid.amount, invoiced.amount)
                WHEN sold.require_payment
                THEN sold.amount_total * sold.prepayment_percent - paid.amount
                ELSE sold.amount_total - paid.amount
            END,
           sold.state = 'sale' OR sold.require_payment IS NOT TRUE
      FROM sale_order sold
CROSS JOIN LATERAL (%(paid)s) paid
CROSS JOIN LATERAL (%(invoiced)s) invoiced
     WHERE sold.id IN %(orders)s
       AND (
               sold.state = 'sale'
            OR (sold.require_payment OR sold.website_id IS NOT NULL)
           AND (sold.validity_date IS NULL OR sold.validity_date >= %(today)s)
           )
        """,
        orders=orders,
        today=today,
        zone=zone,
        paid=_paid(env),
        invoiced=_invoiced(env),
        to_flush=(Order._fields["amount_total"], Order._fields["website_id"]),
    )


def _paid(env) -> SQL:
    """Return what was paid online for an order, as Odoo sums it."""
    Transaction = env["payment.transaction"]
    return SQL(
        """
        SELECT COALESCE(SUM(transaction.amount), 0) AS amount
          FROM sale_order_transaction_rel link
          JOIN payment_transaction transaction
            ON transaction.id = link.transaction_id
         WHERE link.sale_order_id = sold.id
           AND transaction.state IN ('authorized', 'done')
        """,
        to_flush=(
            Transaction._fields["sale_order_ids"],
            Transaction._fields["amount"],
            Transaction._fields["state"],
        ),
    )


def _invoiced(env) -> SQL:
    """Return what posted invoices ask for an order, in the order's currency."""
    Line, Entry = env["sale.order.line"], env["account.move.line"]
    return SQL(
        """
        SELECT COALESCE(
                   SUM(
                       entry.price_total
                       * CASE move.move_type WHEN 'out_refund' THEN -1 ELSE 1 END
                       * CASE WHEN move.currency_id = sold.currency_id
                              THEN 1
                              ELSE sold.currency_rate
                                   / NULLIF(move.invoice_currency_rate, 0)
                          END
                   ),
                   0
               ) AS amount
          FROM sale_order_line line
          JOIN sale_order_line_invoice_rel link
            ON link.order_line_id = line.id
          JOIN account_move_line entry
            ON entry.id = link.invoice_line_id
          JOIN account_move move
            ON move.id = entry.move_id
           AND move.state = 'posted'
         WHERE line.order_id = sold.id
        """,
        to_flush=(
            Line._fields["invoice_lines"],
            Line._fields["order_id"],
            Entry._fields["price_total"],
        ),
    )
