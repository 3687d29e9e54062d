"""What is known of a buyer, to recommend products."""

from odoo.tools import SQL

from .product_pairs import is_purchase

ROWS_LOOKED_AT = 200
PRODUCTS_BOUGHT = 50
BEST_SELLERS = 60


def _looked(partner, website, since) -> SQL:
    """Return the latest rows of what a contact looked at."""
    return SQL(
        """
                   SELECT *
                     FROM member_product_interest
                    WHERE partner_id = %(partner_id)s
                      AND website_id = %(website_id)s
                      AND day >= %(since)s
                 ORDER BY day DESC, product_tmpl_id
                    LIMIT %(rows)s
        """,
        partner_id=partner.id,
        website_id=website.id,
        since=since,
        rows=ROWS_LOOKED_AT,
    )


def _bought(partner, website, since) -> SQL:
    """Return the products that the contact's whole company bought."""
    return SQL(
        """
                   SELECT product.product_tmpl_id,
                          MAX(placed.date_order)::date AS day,
                          COUNT(DISTINCT placed.id) AS orders
                     FROM sale_order placed
                     JOIN sale_order_line line ON line.order_id = placed.id
                     JOIN product_product product ON product.id = line.product_id
                    WHERE placed.partner_id IN (
                              SELECT id
                                FROM res_partner
                               WHERE commercial_partner_id = %(commercial_id)s
                          )
                      AND placed.company_id = %(company_id)s
                      AND placed.state = 'sale'
                      AND placed.date_order >= %(since)s
                      AND %(is_purchase)s
                 GROUP BY product.product_tmpl_id
        """,
        commercial_id=partner.commercial_partner_id.id,
        company_id=website.company_id.id,
        since=since,
        is_purchase=is_purchase(),
    )


def _carted(partner, website) -> SQL:
    """Return the products in the contact's open carts and offers of a website."""
    return SQL(
        """
        SELECT product.product_tmpl_id
          FROM sale_order cart
          JOIN sale_order_line line ON line.order_id = cart.id
          JOIN product_product product ON product.id = line.product_id
         WHERE cart.partner_id = %(partner_id)s
           AND cart.website_id = %(website_id)s
           AND cart.state IN ('draft', 'sent')
        """,
        partner_id=partner.id,
        website_id=website.id,
    )


def _known(partner, website) -> SQL:
    """Return one row for each fact, from the tables of :func:`evidence`."""
    return SQL(
        """
        SELECT 'looked', product_tmpl_id, NULL::integer, day,
               ARRAY[
                   view_count, seconds, search_count, inquiry_count, cart_count
               ]::float8[]
          FROM looked
     UNION ALL
        SELECT 'bought', product_tmpl_id, NULL, day, ARRAY[orders]::float8[]
          FROM bought
     UNION ALL
        SELECT 'cart', product_tmpl_id, NULL, NULL, NULL
          FROM (%(carted)s) carted
     UNION ALL
        SELECT 'pair', pair.product_tmpl_id, pair.other_tmpl_id, NULL,
               ARRAY[pair.score]::float8[]
          FROM seeds
          JOIN member_product_pair pair ON pair.product_tmpl_id = seeds.product_tmpl_id
         WHERE pair.company_id = %(company_id)s
        """,
        carted=_carted(partner, website),
        company_id=website.company_id.id,
    )


def evidence(partner, website, looked_since, bought_since) -> SQL:
    """Return what a buyer looked at, bought, has in the cart, and what goes with it.

    One statement: rows (kind, product, other, day, figures). Kinds are "looked" (views,
    seconds, searches, inquiries, carts of a day), "bought" (orders, all products),
    "cart", and "pair" (cosine). Only the latest rows and purchases get pairs.

    :param partner: the contact; purchases are those of the contact's whole company
    :param looked_since: first day of what the contact looked at
    :param bought_since: first day of purchases
    """
    return SQL(
        """
          WITH looked AS MATERIALIZED (%(looked)s),
               bought AS MATERIALIZED (%(bought)s),
               latest AS (
                   SELECT product_tmpl_id
                     FROM bought
                 ORDER BY day DESC, product_tmpl_id
                    LIMIT %(bought_limit)s
               ),
               seeds AS (
                   SELECT product_tmpl_id FROM looked
                    UNION
                   SELECT product_tmpl_id FROM latest
               )
        %(known)s
        """,
        looked=_looked(partner, website, looked_since),
        bought=_bought(partner, website, bought_since),
        known=_known(partner, website),
        bought_limit=PRODUCTS_BOUGHT,
    )


def best_sellers(company_id, known_ids, excluded_ids) -> SQL:
    """Return best sellers, first those of the shop categories of what a buyer knows.

    Rows (product, category or nothing).
    """
    return SQL(
        """
          WITH liked AS MATERIALIZED (
                   SELECT DISTINCT product_public_category_id AS category
                     FROM product_public_category_product_template_rel
                    WHERE product_template_id = ANY(%(known_ids)s)
               )
        SELECT sold.product_tmpl_id, MIN(liked.category) AS category
          FROM member_product_popularity sold
     LEFT JOIN product_public_category_product_template_rel shown
            ON shown.product_template_id = sold.product_tmpl_id
     LEFT JOIN liked ON liked.category = shown.product_public_category_id
         WHERE sold.company_id = %(company_id)s
           AND sold.product_tmpl_id <> ALL(%(excluded_ids)s)
      GROUP BY sold.product_tmpl_id, sold.order_count
      ORDER BY MIN(liked.category) IS NULL, sold.order_count DESC, sold.product_tmpl_id
         LIMIT %(limit)s
        """,
        company_id=company_id,
        known_ids=list(known_ids),
        excluded_ids=list(excluded_ids),
        limit=BEST_SELLERS,
    )
