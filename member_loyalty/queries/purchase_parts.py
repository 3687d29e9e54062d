"""What the lines of sales documents come to by product category."""

from odoo.tools import SQL


def order_lines_by_category(counted: SQL, of_orders: SQL) -> SQL:
    """Sum the lines of sales orders by product category.

    Columns: category_id, amount (in the order's currency), quantity (units in the
    product's own unit of measure).

    :param counted: condition that the row ``line`` counts as a purchase
    :param of_orders: condition that says which rows ``line`` to look at
    """
    return SQL(
        """
                        SELECT template.categ_id AS category_id,
                               SUM(line.price_subtotal) AS amount,
                               SUM(%(units)s) AS quantity
                          FROM sale_order_line line
                          %(product)s
                         WHERE %(of_orders)s
                           AND %(counted)s
                      GROUP BY template.categ_id""",
        units=_units(SQL("line.product_uom_qty")),
        product=_join_product("line"),
        of_orders=of_orders,
        counted=counted,
    )


def credit_lines_by_category(alias: str, counted: SQL, free: SQL) -> SQL:
    """Sum the lines that count of a credit note by product category.

    The units of a line that credits a sale are the share of the sale's units that
    it takes back in money. Columns as of :func:`order_lines_by_category`.

    :param alias: of the row of ``account_move``
    :param counted: condition that a row ``line`` of a sale counts as a purchase
    :param free: condition that a line of no sale counts
    """
    return SQL(
        """
                        SELECT template.categ_id AS category_id,
                               SUM(item.price_subtotal) AS amount,
                               SUM(COALESCE(
                                   item.price_subtotal * sold.units
                                       / NULLIF(sold.worth, 0),
                                   %(units)s
                               )) AS quantity
                          FROM account_move_line item
                          %(product)s
             LEFT JOIN LATERAL (%(sold)s) sold ON TRUE
                         WHERE item.move_id = %(move_id)s
                           AND item.display_type = 'product'
                           AND (sold.counted OR (sold.counted IS NULL AND %(free)s))
                      GROUP BY template.categ_id""",
        move_id=SQL.identifier(alias, "id"),
        units=_units(SQL("item.quantity")),
        product=_join_product("item"),
        sold=_sale_of_item(counted),
        free=free,
    )


def _sale_of_item(counted: SQL) -> SQL:
    """Tell of the row ``item`` whether a sale line it belongs to counts, if any.

    Also what the lines that count come to in the currency of ``item``, and their
    units.
    """
    return SQL(
        """
                        SELECT bool_or(%(counted)s) AS counted,
                               SUM(line.price_subtotal) FILTER (
                                   WHERE %(counted)s
                                     AND line.currency_id = item.currency_id
                               ) AS worth,
                               SUM(%(units)s) FILTER (WHERE %(counted)s) AS units
                          FROM sale_order_line_invoice_rel link
                          JOIN sale_order_line line ON line.id = link.order_line_id
                          %(product)s
                         WHERE link.invoice_line_id = item.id""",
        counted=counted,
        units=_units(SQL("line.product_uom_qty")),
        product=_join_product("line"),
    )


def _join_product(alias: str) -> SQL:
    """Return the joins with the product of a line, its unit and the line's."""
    return SQL(
        """LEFT JOIN product_product product
                     ON product.id = %(product)s
              LEFT JOIN product_template template
                     ON template.id = product.product_tmpl_id
              LEFT JOIN uom_uom unit ON unit.id = %(unit)s
              LEFT JOIN uom_uom own_unit ON own_unit.id = template.uom_id""",
        product=SQL.identifier(alias, "product_id"),
        unit=SQL.identifier(alias, "product_uom_id"),
    )


def _units(quantity: SQL) -> SQL:
    """Return a quantity of a line in its product's own unit of measure."""
    return SQL(
        "(%s * COALESCE(unit.factor / NULLIF(own_unit.factor, 0), 1))::numeric",
        quantity,
    )
