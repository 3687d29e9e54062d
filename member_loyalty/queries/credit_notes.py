"""What customer credit notes take back, in all and by product category."""

from collections.abc import Sequence

from odoo.tools import SQL

from . import purchase_parts
from .purchase_journal import counted_order_line, document_fields


def credit_note_states(env, move_ids: Sequence[int]) -> SQL:
    """Read what each customer credit note takes back, as a positive amount.

    A line counts when the sale it belongs to counts. A line of no sale counts
    unless the credit note reverses an invoice that did not come from a sale. Country
    and team are those that were booked with the sale, if it was.

    Columns: id, name, company, partner, commercial partner, currency, posted,
    invoice_date, credited, country, team, counted lines by product category (JSON
    list of category, amount and units).
    """
    return SQL(
        """
          SELECT move.id,
                 move.name,
                 move.company_id,
                 move.partner_id,
                 partner.commercial_partner_id,
                 move.currency_id,
                 move.state = 'posted',
                 move.invoice_date,
                 COALESCE(lines.credited, 0),
                 COALESCE(sale.country_id, member.country_id),
                 COALESCE(sale.team_id, move.team_id),
                 lines.parts
            FROM account_move move
            JOIN res_partner partner ON partner.id = move.partner_id
            JOIN res_partner member ON member.id = partner.commercial_partner_id
       LEFT JOIN LATERAL (%(lines)s) lines ON TRUE
       LEFT JOIN LATERAL (%(booked_sale)s) sale ON TRUE
           WHERE move.id = ANY(%(move_ids)s)
             AND move.move_type = 'out_refund'
        ORDER BY move.id
        """,
        lines=_lines_of_credit_note(env),
        booked_sale=_booked_sale_of_credit_note(),
        move_ids=list(move_ids),
        to_flush=document_fields(env),
    )


def _lines_of_credit_note(env) -> SQL:
    """Sum up the lines that count of the row ``move``, and those of each category."""
    return SQL(
        """
                    SELECT SUM(part.amount) AS credited,
                           jsonb_agg(jsonb_build_array(
                               part.category_id, part.amount, part.quantity
                           ) ORDER BY part.category_id) AS parts
                      FROM (%(parts)s) part""",
        parts=credit_lines(env, "move"),
    )


def credit_lines(env, alias: str) -> SQL:
    """Sum the lines that count of a credit note by product category.

    :param alias: of the row of ``account_move``
    """
    return purchase_parts.credit_lines_by_category(
        alias,
        counted_order_line(env, "line"),
        _is_free_or_reverses_a_sale(SQL.identifier(alias, "reversed_entry_id")),
    )


def _booked_sale_of_credit_note() -> SQL:
    """Find where the first sale was booked that the row ``move`` takes back."""
    return SQL(
        """
                    SELECT activity.country_id, activity.team_id
                      FROM account_move_line item
                      JOIN sale_order_line_invoice_rel link
                        ON link.invoice_line_id = item.id
                      JOIN sale_order_line line ON line.id = link.order_line_id
                      JOIN member_activity activity
                        ON activity.source_key = 'sale.order,' || line.order_id
                       AND activity.kind = 'purchase'
                       AND activity.company_id = move.company_id
                     WHERE item.move_id = move.id
                  ORDER BY item.id, line.id, activity.revision DESC
                     LIMIT 1"""
    )


def _is_free_or_reverses_a_sale(reversed_id: SQL) -> SQL:
    """Tell whether a credit note stands alone or reverses the invoice of a sale."""
    return SQL(
        """
        (%(reversed_id)s IS NULL OR EXISTS (
            SELECT 1
              FROM account_move_line original
              JOIN sale_order_line_invoice_rel sold
                ON sold.invoice_line_id = original.id
             WHERE original.move_id = %(reversed_id)s
        ))
        """,
        reversed_id=reversed_id,
    )
