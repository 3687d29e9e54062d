"""What to offer a customer: what they bought, above all what they stopped buying."""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

CUSTOMERS = {
    "partner_id": SQL("sale.partner_id"),
    "commercial_partner_id": SQL("contact.commercial_partner_id"),
}


def favourites(
    env,
    company_id: int,
    partner_column: str,
    partner_ids: Sequence[int],
    lapsed_before: date,
    limit: int,
) -> SQL:
    """Return what each customer bought most often, first what they bought repeatedly
    but not since a day.

    Columns: partner id, product id, best first.
    """
    customer = CUSTOMERS[partner_column]
    return SQL(
        """
          SELECT partner_id, product_id
            FROM (
                  SELECT %(customer)s AS partner_id, line.product_id,
                         ROW_NUMBER() OVER (
                             PARTITION BY %(customer)s ORDER BY %(best_first)s
                         ) AS place
                         %(bought)s
                GROUP BY %(customer)s, line.product_id
                 ) bought
           WHERE place <= %(limit)s
        ORDER BY partner_id, place
        """,
        customer=customer,
        best_first=_best_first(lapsed_before),
        bought=_bought(env, customer, company_id, partner_ids),
        limit=limit,
        to_flush=(
            env["sale.order"]._fields["state"],
            env["sale.order.line"]._fields["price_subtotal"],
        ),
    )


def _best_first(lapsed_before: date) -> SQL:
    return SQL(
        """
        COUNT(DISTINCT sale.id) > 1 AND MAX(sale.date_order) < %s DESC,
        COUNT(DISTINCT sale.id) DESC,
        SUM(line.price_subtotal) DESC,
        line.product_id
        """,
        lapsed_before,
    )


def _bought(env, customer: SQL, company_id: int, partner_ids: Sequence[int]) -> SQL:
    """Return the lines ``line`` that customers bought of what is still sold."""
    return SQL(
        """
          FROM sale_order sale
          JOIN res_partner contact ON contact.id = sale.partner_id
          JOIN sale_order_line line ON line.order_id = sale.id
          JOIN product_product product
            ON product.id = line.product_id AND product.active
          JOIN product_template template
            ON template.id = product.product_tmpl_id AND template.sale_ok
         WHERE sale.state = 'sale'
           AND sale.company_id = %(company_id)s
           AND %(customer)s = ANY(%(partner_ids)s)
           AND line.product_uom_qty > 0
           AND line.price_unit > 0
           AND (%(uncounted)s) IS NOT TRUE
        """,
        company_id=company_id,
        customer=customer,
        partner_ids=list(partner_ids),
        uncounted=_is_uncounted(env["sale.order.line"]),
    )


def _is_uncounted(lines) -> SQL:
    """Tell whether the row ``line`` is no purchase."""
    return SQL(" OR ").join(
        SQL("line.%s IS NOT NULL", SQL.identifier(name))
        if lines._fields[name].type == "many2one"
        else SQL("line.%s", SQL.identifier(name))
        for name in lines._get_member_uncounted_marks()
    )
