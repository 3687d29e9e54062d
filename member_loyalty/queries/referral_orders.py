"""The orders that referrals wait for, and how they stand."""

from collections.abc import Sequence

from odoo.tools import SQL

from .point_pending import is_paid, read_fields
from .referrals import fields_of_referrals


def first_orders(env, referral_ids: Sequence[int]) -> SQL:
    """Find the first order of each referred company that is large enough.

    Columns: id of the referral, order, its date (UTC).
    """
    return SQL(
        """
          SELECT referral.id, bought.id, bought.date_order
            FROM member_referral referral
            JOIN member_program program ON program.id = referral.program_id
            JOIN res_partner buyer ON buyer.id = referral.contact_id
            JOIN LATERAL (
                 SELECT sale.id, sale.date_order
                   FROM sale_order sale
                   JOIN res_partner customer ON customer.id = sale.partner_id
                  WHERE customer.commercial_partner_id = buyer.commercial_partner_id
                    AND sale.company_id = referral.company_id
                    AND sale.state = 'sale'
                    AND sale.date_order >= referral.bound_at
                    AND %(amount)s > 0
                    AND %(amount)s >= COALESCE(program.referral_minimum_amount, 0)
               ORDER BY sale.date_order, sale.id
                  LIMIT 1
                 ) bought ON TRUE
           WHERE referral.id = ANY(%(ids)s)
        """,
        amount=_amount_left("sale"),
        ids=list(referral_ids),
        to_flush=fields_of_referrals(env),
    )


def purchases(env, referral_ids: Sequence[int]) -> SQL:
    """Read how the orders of referrals stand.

    Columns: id of the referral, whether the order is confirmed, what is left of it
    in company currency, whether it is paid, whether a credit note is being written.
    """
    return SQL(
        """
          SELECT waiting.id, sale.state = 'sale', %(amount)s, %(is_paid)s,
                 EXISTS (%(drafts)s)
            FROM member_referral waiting
            JOIN sale_order sale ON sale.id = waiting.order_id
           WHERE waiting.id = ANY(%(ids)s)
        """,
        amount=_amount_left("sale"),
        is_paid=is_paid(env),
        drafts=SQL(
            "SELECT 1 FROM %s UNION ALL SELECT 1 FROM %s",
            _credit_lines("sale", "draft"),
            _credits_of_invoices("sale", "draft"),
        ),
        ids=list(referral_ids),
        to_flush=(*fields_of_referrals(env), *read_fields(env)),
    )


def _amount_left(order: str) -> SQL:
    """Return what is left of an order after its credit notes, in company currency."""
    return SQL(
        """(COALESCE(%(order)s.amount_untaxed, 0)
            / COALESCE(NULLIF(%(order)s.currency_rate, 0), 1)
            - COALESCE((SELECT SUM(item.balance) FROM %(credits)s), 0)
            - COALESCE((SELECT SUM(item.balance * billed.share)
                          FROM %(credits_of_invoices)s), 0))""",
        order=SQL.identifier(order),
        credits=_credit_lines(order, "posted"),
        credits_of_invoices=_credits_of_invoices(order, "posted"),
    )


def _credit_lines(order: str, state: str) -> SQL:
    """Return the lines of an order's credit notes, to be read behind FROM."""
    return SQL(
        """sale_order_line sold
           JOIN sale_order_line_invoice_rel link ON link.order_line_id = sold.id
           JOIN account_move_line item ON item.id = link.invoice_line_id
           JOIN account_move note
             ON note.id = item.move_id
            AND note.move_type = 'out_refund'
            AND note.state = %(state)s
          WHERE sold.order_id = %(order)s.id""",
        state=state,
        order=SQL.identifier(order),
    )


def _credits_of_invoices(order: str, state: str) -> SQL:
    """Return lines of credit notes that name no order, to be read behind FROM.

    They were made from an invoice of the order, or credit it by an amount. An order
    bears them as far as the invoice is its own.
    """
    return SQL(
        """(%(billed)s) billed
           JOIN account_move note
             ON note.reversed_entry_id = billed.move_id
            AND note.move_type = 'out_refund'
            AND note.state = %(state)s
           JOIN account_move_line item
             ON item.move_id = note.id
            AND item.display_type = 'product'
            AND NOT EXISTS (SELECT 1 FROM sale_order_line_invoice_rel named
                             WHERE named.invoice_line_id = item.id)""",
        billed=_billed(order),
        state=state,
    )


def _billed(order: str) -> SQL:
    """Select the invoices of an order, and which share of each is of this order."""
    return SQL(
        """
          SELECT line.move_id,
                 COALESCE(SUM(line.balance) FILTER (WHERE EXISTS (
                     SELECT 1 FROM sale_order_line_invoice_rel link
                       JOIN sale_order_line sold ON sold.id = link.order_line_id
                      WHERE link.invoice_line_id = line.id
                        AND sold.order_id = %(order)s.id)), 0)
                 / NULLIF(SUM(line.balance), 0) AS share
            FROM account_move_line line
           WHERE line.display_type = 'product'
             AND line.move_id IN (
                 SELECT bill.id
                   FROM sale_order_line sold
                   JOIN sale_order_line_invoice_rel link ON link.order_line_id = sold.id
                   JOIN account_move_line billed_line
                     ON billed_line.id = link.invoice_line_id
                   JOIN account_move bill
                     ON bill.id = billed_line.move_id
                    AND bill.move_type = 'out_invoice'
                    AND bill.state = 'posted'
                  WHERE sold.order_id = %(order)s.id)
        GROUP BY line.move_id""",
        order=SQL.identifier(order),
    )
