"""What the portrait of a customer sums up: one statement for each of its figures.

The orders that count come in as a subselect of ids that the reader may see.
"""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

from odoo.addons.member_loyalty.queries.purchase_journal import counted_order_line


def order_totals(env, orders: SQL) -> SQL:
    """Return quotations and their sum, orders and their sum, how many to invoice.

    Sums are in company currency, with taxes, at the rates of the orders.
    """
    names = ("state", "amount_total", "currency_rate", "invoice_status")
    return SQL(
        """
          WITH seen AS (
                   SELECT state, invoice_status,
                          amount_total / COALESCE(NULLIF(currency_rate, 0), 1) AS amount
                     FROM sale_order
                    WHERE id IN %(orders)s)
        SELECT count(*) FILTER (WHERE state IN ('draft', 'sent')),
               COALESCE(sum(amount) FILTER (WHERE state IN ('draft', 'sent')), 0)
                   ::float8,
               count(*) FILTER (WHERE state = 'sale'),
               COALESCE(sum(amount) FILTER (WHERE state = 'sale'), 0)::float8,
               count(*) FILTER (
                   WHERE state = 'sale' AND invoice_status = 'to invoice')
          FROM seen
        """,
        orders=orders,
        to_flush=_fields(env, "sale.order", *names),
    )


def favourite_products(env, orders: SQL, limit: int) -> SQL:
    """Return product, number of orders, units and day of the last order.

    What is bought in most orders comes first.
    """
    return SQL(
        """
          SELECT line.product_id,
                 count(DISTINCT line.order_id),
                 sum(line.product_uom_qty)::float8,
                 max("order".date_order)
            FROM sale_order_line line
            JOIN sale_order "order" ON "order".id = line.order_id
           WHERE line.order_id IN %(orders)s
             AND "order".state = 'sale'
             AND line.product_id IS NOT NULL
             AND line.product_uom_qty > 0
             AND %(counted)s
        GROUP BY line.product_id
        ORDER BY 2 DESC, 4 DESC, 1
           LIMIT %(limit)s
        """,
        orders=orders,
        counted=counted_order_line(env, "line"),
        limit=limit,
        to_flush=_line_fields(env),
    )


def bought_together(
    env, orders: SQL, product_ids: Sequence[int], at_least: int, limit: int
) -> SQL:
    """Return pairs of products, and in how many orders both stood.

    :param product_ids: only pairs of these
    :param at_least: how many orders make a pair
    """
    return SQL(
        """
          WITH bought AS (
                   SELECT DISTINCT line.order_id, line.product_id
                     FROM sale_order_line line
                     JOIN sale_order "order" ON "order".id = line.order_id
                    WHERE line.order_id IN %(orders)s
                      AND "order".state = 'sale'
                      AND line.product_id = ANY(%(product_ids)s)
                      AND line.product_uom_qty > 0
                      AND %(counted)s)
        SELECT one.product_id, other.product_id, count(*)
          FROM bought one
          JOIN bought other
            ON other.order_id = one.order_id AND other.product_id > one.product_id
      GROUP BY one.product_id, other.product_id
        HAVING count(*) >= %(at_least)s
      ORDER BY 3 DESC, 1, 2
         LIMIT %(limit)s
        """,
        orders=orders,
        product_ids=list(product_ids),
        counted=counted_order_line(env, "line"),
        at_least=at_least,
        limit=limit,
        to_flush=_line_fields(env),
    )


def purchases_by_month(
    env, company_id: int, column: str, partner_id: int, since: date
) -> SQL:
    """Return first day of the month, amount and orders, from the journal.

    :param column: of the journal, who the member is
    """
    return SQL(
        """
          SELECT date_trunc('month', date)::date, sum(amount)::float8,
                 sum(order_count)::int
            FROM member_activity
           WHERE company_id = %(company_id)s
             AND %(column)s = %(partner_id)s
             AND kind = 'purchase'
             AND date >= %(since)s
        GROUP BY 1
        ORDER BY 1
        """,
        company_id=company_id,
        column=SQL.identifier(column),
        partner_id=partner_id,
        since=since,
        to_flush=_fields(env, "member.activity", "date", "amount", "order_count"),
    )


def purchases_in_all(env, company_id: int, column: str, partner_id: int) -> SQL:
    """Return amount, orders, first and last day, from the journal of all years."""
    return SQL(
        """
        SELECT COALESCE(sum(amount), 0)::float8, COALESCE(sum(order_count), 0)::int,
               min(date) FILTER (WHERE order_count > 0),
               max(date) FILTER (WHERE order_count > 0)
          FROM member_activity
         WHERE company_id = %(company_id)s
           AND %(column)s = %(partner_id)s
           AND kind = 'purchase'
        """,
        company_id=company_id,
        column=SQL.identifier(column),
        partner_id=partner_id,
        to_flush=_fields(env, "member.activity", "date", "amount", "order_count"),
    )


def favourite_categories(
    env, company_id: int, column: str, partner_id: int, limit: int
) -> SQL:
    """Return product category and amount, the largest first, from the journal."""
    return SQL(
        """
          SELECT line.category_id, sum(line.amount)::float8
            FROM member_activity activity
            JOIN member_activity_line line ON line.activity_id = activity.id
           WHERE activity.company_id = %(company_id)s
             AND activity.%(column)s = %(partner_id)s
             AND activity.kind = 'purchase'
             AND line.category_id IS NOT NULL
        GROUP BY line.category_id
          HAVING sum(line.amount) > 0
        ORDER BY 2 DESC, 1
           LIMIT %(limit)s
        """,
        company_id=company_id,
        column=SQL.identifier(column),
        partner_id=partner_id,
        limit=limit,
        to_flush=_fields(env, "member.activity.line", "amount", "category_id"),
    )


def _line_fields(env) -> tuple:
    marks = env["sale.order.line"]._get_member_uncounted_marks()
    names = ("product_id", "product_uom_qty", "display_type", "order_id", *marks)
    orders = _fields(env, "sale.order", "state", "date_order")
    return (*_fields(env, "sale.order.line", *names), *orders)


def _fields(env, model: str, *names: str) -> tuple:
    return tuple(env[model]._fields[name] for name in names)
