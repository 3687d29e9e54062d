"""What customers bought and may review."""

from odoo.tools import SQL

FLUSHED = (
    ("sale.order", "state"),
    ("sale.order", "date_order"),
    ("sale.order", "commitment_date"),
    ("sale.order", "partner_id"),
    ("sale.order.line", "qty_delivered"),
    ("sale.order.line", "product_uom_qty"),
    ("product.template", "is_published"),
    ("product.template", "active"),
    ("rating.rating", "consumed"),
)


def purchases(env, buyer, company_id: int, since, template_id=None) -> SQL:
    """Find products that a contact's company bought, the latest first, at most 30.

    Those that the contact reviewed already are left out, unless one product is asked
    for. Columns: template id, the most delivered, first promised day, first day of an
    order that promises none (days in UTC).

    :param buyer: the contact
    :param since: first day of orders that count
    """
    return SQL(
        """
          SELECT product.product_tmpl_id,
                 MAX(line.qty_delivered),
                 MIN(sale.commitment_date)::date,
                 MIN(sale.date_order) FILTER (WHERE sale.commitment_date IS NULL)::date
            FROM sale_order sale
            JOIN res_partner contact
              ON contact.id = sale.partner_id
             AND contact.commercial_partner_id = %(entity_id)s
            JOIN sale_order_line line ON line.order_id = sale.id
            JOIN product_product product ON product.id = line.product_id
            JOIN product_template template
              ON template.id = product.product_tmpl_id
             AND template.active AND template.is_published
           WHERE line.product_uom_qty > 0 AND sale.state = 'sale'
             AND sale.company_id = %(company_id)s AND sale.date_order >= %(since)s
             AND %(is_open)s
        GROUP BY product.product_tmpl_id
        ORDER BY MAX(sale.date_order) DESC, product.product_tmpl_id
           LIMIT 30
        """,
        entity_id=buyer.commercial_partner_id.id,
        company_id=company_id,
        since=since,
        is_open=_is_open(buyer.id, company_id, template_id),
        to_flush=tuple(env[model]._fields[name] for model, name in FLUSHED),
    )


def _is_open(partner_id: int, company_id: int, template_id) -> SQL:
    if template_id:
        return SQL("product.product_tmpl_id = %s", template_id)
    return SQL(
        """
                 NOT EXISTS (SELECT FROM rating_rating rating
                              WHERE rating.res_model = 'product.template'
                                AND rating.res_id = product.product_tmpl_id
                                AND rating.partner_id = %(partner_id)s
                                AND rating.consumed)
             AND NOT EXISTS (SELECT FROM member_review review
                              WHERE review.product_tmpl_id = product.product_tmpl_id
                                AND review.partner_id = %(partner_id)s
                                AND review.company_id = %(company_id)s)
        """,
        partner_id=partner_id,
        company_id=company_id,
    )


def take_up(rating, company_id: int, state: str, points, moment) -> SQL:
    """Write a review down that earns points; returns its id, once for each product."""
    return SQL(
        """
        INSERT INTO member_review
                    (partner_id, product_tmpl_id, company_id, rating_id, state,
                     points, moment)
             VALUES (%(partner_id)s, %(template_id)s, %(company_id)s, %(rating_id)s,
                     %(state)s, %(points)s, %(moment)s)
        ON CONFLICT DO NOTHING
          RETURNING id
        """,
        partner_id=rating.partner_id.id,
        template_id=rating.res_id,
        company_id=company_id,
        rating_id=rating.id,
        state=state,
        points=points,
        moment=moment,
    )
