"""What sales documents say, what the journal holds of them, and where both differ."""

from collections.abc import Sequence

from odoo.tools import SQL

from . import purchase_parts


def counted_order_line(env, alias: str) -> SQL:
    """Tell whether a sales order line counts as a purchase.

    Notes and sections, down payments, rewards and delivery do not; delivery only
    exists where that module is installed.
    """
    line = env["sale.order.line"]
    conditions = [SQL("%s IS NULL", SQL.identifier(alias, "display_type"))]
    conditions += [
        SQL("%s IS NOT TRUE", SQL.identifier(alias, name))
        if line._fields[name].type == "boolean"
        else SQL("%s IS NULL", SQL.identifier(alias, name))
        for name in line._get_member_uncounted_marks()
    ]
    return SQL(" AND ").join(conditions)


def order_states(env, order_ids: Sequence[int], move_ids: Sequence[int] = ()) -> SQL:
    """Read each order as it stands: ordered, invoiced and credited amounts.

    Columns: id, name, company, partner, commercial partner, currency, confirmed,
    date_order (UTC), ordered, invoiced and credited (in the order's currency),
    what was invoiced or credited in another one (JSON list of move type, currency,
    day and amount), the last day of a credit note in ``move_ids``, and of any, the
    customer's country, the sales team, and the counted lines by product category
    (JSON list of category, amount and units).
    """
    return SQL(
        """
          SELECT "order".id, "order".name, "order".company_id,
                 "order".partner_id,
                 partner.commercial_partner_id,
                 "order".currency_id,
                 "order".state = 'sale',
                 "order".date_order,
                 COALESCE(lines.ordered, 0),
                 COALESCE(invoices.invoiced, 0), COALESCE(invoices.credited, 0),
                 invoices.other_currencies,
                 invoices.credited_on, invoices.last_credited_on,
                 member.country_id, "order".team_id, lines.parts
            FROM sale_order "order"
            JOIN res_partner partner ON partner.id = "order".partner_id
            JOIN res_partner member ON member.id = partner.commercial_partner_id
       LEFT JOIN LATERAL (%(lines)s) lines ON TRUE
       LEFT JOIN LATERAL (%(invoices)s
                 ) invoices ON TRUE
           WHERE "order".id = ANY(%(order_ids)s)
        ORDER BY "order".id
        """,
        lines=_lines_of_order(env),
        invoices=_invoices_of_order(env, move_ids),
        order_ids=list(order_ids),
        to_flush=document_fields(env),
    )


def _lines_of_order(env) -> SQL:
    """Sum up the lines that count of the row "order", and those of each category."""
    return SQL(
        """
                    SELECT SUM(part.amount) AS ordered,
                           jsonb_agg(jsonb_build_array(
                               part.category_id, part.amount, part.quantity
                           ) ORDER BY part.category_id) AS parts
                      FROM (%(parts)s) part""",
        parts=purchase_parts.order_lines_by_category(
            counted_order_line(env, "line"), SQL('line.order_id = "order".id')
        ),
    )


def _invoices_of_order(env, move_ids: Sequence[int]) -> SQL:
    """Sum up the posted invoices and credit notes of the row "order"."""
    return SQL(
        """
                    SELECT SUM(item.price_subtotal) FILTER (
                               WHERE move.move_type = 'out_invoice'
                                 AND move.currency_id = "order".currency_id
                           ) AS invoiced,
                           SUM(item.price_subtotal) FILTER (
                               WHERE move.move_type = 'out_refund'
                                 AND move.currency_id = "order".currency_id
                           ) AS credited,
                           jsonb_agg(jsonb_build_array(
                               move.move_type, move.currency_id,
                               COALESCE(move.invoice_date, move.date),
                               item.price_subtotal
                           )) FILTER (
                               WHERE move.move_type IN ('out_invoice', 'out_refund')
                                 AND move.currency_id != "order".currency_id
                           ) AS other_currencies,
                           MAX(move.invoice_date) FILTER (
                               WHERE move.move_type = 'out_refund'
                                 AND move.id = ANY(%(move_ids)s)
                           ) AS credited_on,
                           MAX(move.invoice_date) FILTER (
                               WHERE move.move_type = 'out_refund'
                           ) AS last_credited_on
                      FROM sale_order_line line
                      JOIN sale_order_line_invoice_rel link
                        ON link.order_line_id = line.id
                      JOIN account_move_line item ON item.id = link.invoice_line_id
                      JOIN account_move move ON move.id = item.move_id
                     WHERE line.order_id = "order".id
                       AND %(counted)s
                       AND move.state = 'posted'""",
        counted=counted_order_line(env, "line"),
        move_ids=list(move_ids),
    )


def document_fields(env) -> list:
    """Return the fields whose pending writes a look at the documents has to see."""
    marks = env["sale.order.line"]._get_member_uncounted_marks()
    names = {
        # what the order still has to compute is written in the same statement
        "sale.order": (
            *("invoice_status", "state", "name"),
            *("partner_id", "currency_id", "date_order", "team_id"),
        ),
        "sale.order.line": (
            *("price_subtotal", "display_type", "order_id", *marks),
            *("product_id", "product_uom_qty", "product_uom_id"),
        ),
        "account.move": (
            *("state", "partner_id", "currency_id", "invoice_date", "team_id"),
        ),
        "account.move.line": (
            *("price_subtotal", "display_type", "sale_line_ids"),
            *("product_id", "quantity", "product_uom_id"),
        ),
        "res.partner": ("commercial_partner_id", "country_id"),
        "product.template": ("categ_id", "uom_id"),
    }
    return [env[model]._fields[name] for model in names for name in names[model]]


def orders_of_moves(env, move_ids: Sequence[int]) -> SQL:
    """Find the sales orders that invoices or credit notes belong to.

    A credit note without lines of a sale belongs to those of what it reverses.
    """
    return SQL(
        """
          SELECT DISTINCT line.order_id
            FROM account_move_line item
            JOIN sale_order_line_invoice_rel link ON link.invoice_line_id = item.id
            JOIN sale_order_line line ON line.id = link.order_line_id
           WHERE item.move_id = ANY(
                     %(move_ids)s || ARRAY(
                         SELECT reversed_entry_id FROM account_move
                          WHERE id = ANY(%(move_ids)s)
                            AND reversed_entry_id IS NOT NULL))
        ORDER BY line.order_id
        """,
        move_ids=list(move_ids),
        to_flush=(
            env["account.move.line"]._fields["sale_line_ids"],
            env["account.move"]._fields["reversed_entry_id"],
        ),
    )


def booked_postings(env, source_keys: Sequence[str]) -> SQL:
    """Read what the journal holds of these documents, oldest first.

    Columns: source_key, revision, partner, commercial partner, document currency,
    date, document_amount, amount, order_count, document_rate, country, team, lines
    (JSON list of category, amount and units).
    """
    return SQL(
        """
          SELECT source_key, revision, partner_id, commercial_partner_id,
                 document_currency_id, date, document_amount, amount, order_count,
                 document_rate, country_id, team_id, split.parts
            FROM member_activity activity
       LEFT JOIN LATERAL (
                    SELECT jsonb_agg(jsonb_build_array(
                               line.category_id, line.amount, line.quantity
                           ) ORDER BY line.id) AS parts
                      FROM member_activity_line line
                     WHERE line.activity_id = activity.id
                 ) split ON TRUE
           WHERE kind = 'purchase'
             AND source_key = ANY(%(source_keys)s)
        ORDER BY source_key, revision
        """,
        source_keys=list(source_keys),
        to_flush=(
            env["member.activity"]._fields["amount"],
            env["member.activity.line"]._fields["amount"],
        ),
    )
