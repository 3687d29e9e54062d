"""Products that are bought together, and how often products are bought."""

from odoo.tools import SQL

SMALLEST_SUPPORT = 2
LARGEST_ORDER = 50
OTHERS_KEPT = 20


def _sold(company_id, since) -> SQL:
    """Return the products of confirmed orders, each once for an order."""
    return SQL(
        """
        SELECT DISTINCT line.order_id, product.product_tmpl_id AS product
          FROM sale_order placed
          JOIN sale_order_line line ON line.order_id = placed.id
          JOIN product_product product ON product.id = line.product_id
         WHERE placed.company_id = %(company_id)s
           AND placed.state = 'sale'
           AND placed.date_order >= %(since)s
           AND %(is_purchase)s
        """,
        company_id=company_id,
        since=since,
        is_purchase=is_purchase(),
    )


def is_purchase() -> SQL:
    """Return the condition of a line that says what a customer likes."""
    return SQL(
        """
               line.display_type IS NULL
           AND line.reward_id IS NULL
           AND line.product_uom_qty > 0
           AND line.is_delivery IS NOT TRUE
           AND line.is_downpayment IS NOT TRUE
        """
    )


def _baskets(company_id, since) -> SQL:
    """Return the tables ``totals`` (orders by product) and ``basket``.

    Orders of very many products say little about each pair and would cost the most
    (the square of their lines), so they only count for how often a product is bought.
    """
    return SQL(
        """
               sold AS MATERIALIZED (%(sold)s),
               totals AS MATERIALIZED (
                   SELECT product, COUNT(*) AS orders FROM sold GROUP BY product
               ),
               fitting AS (
                   SELECT order_id
                     FROM sold
                 GROUP BY order_id
                   HAVING COUNT(*) BETWEEN 2 AND %(largest_order)s
               ),
               basket AS MATERIALIZED (
                   SELECT sold.order_id, sold.product
                     FROM sold
                     JOIN fitting ON fitting.order_id = sold.order_id
               )
        """,
        sold=_sold(company_id, since),
        largest_order=LARGEST_ORDER,
    )


def _scored() -> SQL:
    """Return the table ``fresh``: of each product the others that fit it best."""
    return SQL(
        """
               met AS (
                   SELECT one.product AS one, two.product AS two, COUNT(*) AS orders
                     FROM basket one
                     JOIN basket two
                       ON two.order_id = one.order_id AND two.product > one.product
                 GROUP BY one.product, two.product
                   HAVING COUNT(*) >= %(support)s
               ),
               scored AS (
                   SELECT met.one, met.two, met.orders,
                          met.orders / SQRT(first.orders::float8 * second.orders)
                              AS score
                     FROM met
                     JOIN totals first ON first.product = met.one
                     JOIN totals second ON second.product = met.two
               ),
               both_ways AS (
                   SELECT one AS product, two AS other, orders, score FROM scored
                UNION ALL
                   SELECT two, one, orders, score FROM scored
               ),
               ranked AS (
                   SELECT *, ROW_NUMBER() OVER (
                              PARTITION BY product
                                  ORDER BY score DESC, orders DESC, other
                          ) AS place
                     FROM both_ways
               ),
               fresh AS MATERIALIZED (SELECT * FROM ranked WHERE place <= %(kept)s)
        """,
        support=SMALLEST_SUPPORT,
        kept=OTHERS_KEPT,
    )


def refresh_pairs(company_id, since) -> SQL:
    """Find anew what is bought together; writes only what changed.

    The cosine of two products over orders, as in ``logic/recommendation.py``.
    """
    return SQL(
        """
          WITH %(baskets)s,
               %(scored)s,
               gone AS (
                   DELETE FROM member_product_pair known
                         WHERE known.company_id = %(company_id)s
                           AND NOT EXISTS (
                               SELECT 1
                                 FROM fresh
                                WHERE fresh.product = known.product_tmpl_id
                                  AND fresh.other = known.other_tmpl_id
                           )
               )
        INSERT INTO member_product_pair AS known
                    (company_id, product_tmpl_id, other_tmpl_id, order_count, score)
             SELECT %(company_id)s, product, other, orders, score FROM fresh
        ON CONFLICT (company_id, product_tmpl_id, other_tmpl_id)
          DO UPDATE SET order_count = EXCLUDED.order_count, score = EXCLUDED.score
              WHERE (known.order_count, known.score)
                    IS DISTINCT FROM (EXCLUDED.order_count, EXCLUDED.score)
        """,
        baskets=_baskets(company_id, since),
        scored=_scored(),
        company_id=company_id,
    )


def refresh_popularity(company_id, since) -> SQL:
    """Count anew in how many orders products are; writes only what changed."""
    return SQL(
        """
          WITH sold AS (%(sold)s),
               fresh AS MATERIALIZED (
                   SELECT product, COUNT(*) AS orders FROM sold GROUP BY product
               ),
               gone AS (
                   DELETE FROM member_product_popularity known
                         WHERE known.company_id = %(company_id)s
                           AND NOT EXISTS (
                               SELECT 1
                                 FROM fresh
                                WHERE fresh.product = known.product_tmpl_id
                           )
               )
        INSERT INTO member_product_popularity AS known
                    (company_id, product_tmpl_id, order_count)
             SELECT %(company_id)s, product, orders FROM fresh
        ON CONFLICT (company_id, product_tmpl_id)
          DO UPDATE SET order_count = EXCLUDED.order_count
              WHERE known.order_count IS DISTINCT FROM EXCLUDED.order_count
        """,
        sold=_sold(company_id, since),
        company_id=company_id,
    )
