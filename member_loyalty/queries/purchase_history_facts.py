"""Facts that older rows of the journal lack, taken from what the documents say now."""

from odoo.tools import SQL

from . import credit_notes, purchase_journal, purchase_parts


def fill_origin() -> SQL:
    """Write down country, sales team and quantity where a row has none of them.

    The country is today's of the customer, the team today's of the document.
    """
    return SQL(
        """
        UPDATE member_activity activity
           SET country_id = member.country_id,
               team_id = COALESCE("order".team_id, move.team_id),
               quantity = 0
          FROM res_partner member, member_activity same
     LEFT JOIN sale_order "order"
            ON same.source_model = 'sale.order' AND "order".id = same.source_id
     LEFT JOIN account_move move
            ON same.source_model = 'account.move' AND move.id = same.source_id
         WHERE same.id = activity.id
           AND member.id = activity.commercial_partner_id
           AND activity.quantity IS NULL
        """
    )


def fill_lines_of_orders(env) -> SQL:
    """Split the booked rows of sales orders by the orders' present lines."""
    return _fill_lines(
        "sale.order",
        SQL.identifier("sale_order"),
        purchase_parts.order_lines_by_category(
            purchase_journal.counted_order_line(env, "line"),
            SQL("line.order_id = document.id"),
        ),
    )


def fill_lines_of_credit_notes(env) -> SQL:
    """Split the booked rows of credit notes by the credit notes' lines."""
    return _fill_lines(
        "account.move",
        SQL.identifier("account_move"),
        credit_notes.credit_lines(env, "document"),
    )


def _fill_lines(model: str, table: SQL, parts: SQL) -> SQL:
    """Split every row of a kind of document that is not split yet.

    A row's amount goes to the categories in the share of the document's lines; what
    rounding leaves goes to the largest. Documents whose lines come to nothing stay
    without a split.

    :param parts: the lines of the row ``document`` by category
    """
    return SQL(
        """
        WITH share AS (%(shares)s
        ), split AS (%(split)s
        ), rounded AS (
              SELECT activity_id,
                     category_id,
                     amount + CASE WHEN rank = 1
                                   THEN whole - SUM(amount) OVER (
                                       PARTITION BY activity_id)
                                   ELSE 0 END AS amount,
                     quantity
                FROM split
        )
        INSERT INTO member_activity_line (activity_id, category_id, amount, quantity)
        SELECT activity_id, category_id, amount, quantity
          FROM rounded
         WHERE amount <> 0 OR quantity <> 0
      ORDER BY activity_id, category_id
        """,
        shares=_shares(model, table, parts),
        split=_split(model),
    )


def _shares(model: str, table: SQL, parts: SQL) -> SQL:
    """Read the lines of every booked ``document``, with what they come to together."""
    return SQL(
        """
              SELECT document.id AS document_id,
                     part.*,
                     SUM(part.amount) OVER whole AS total,
                     ROW_NUMBER() OVER (
                         PARTITION BY document.id
                             ORDER BY abs(part.amount) DESC, part.category_id
                     ) AS rank
                FROM %(table)s document
          CROSS JOIN LATERAL (%(parts)s) part
               WHERE document.id IN (SELECT source_id
                                       FROM member_activity
                                      WHERE source_model = %(model)s)
              WINDOW whole AS (PARTITION BY document.id)""",
        table=table,
        parts=parts,
        model=model,
    )


def _split(model: str) -> SQL:
    """Give each row without lines the share of its document, rounded."""
    return SQL(
        """
              SELECT activity.id AS activity_id,
                     share.category_id,
                     share.rank,
                     activity.amount AS whole,
                     round(activity.amount * share.amount / share.total
                           / currency.rounding) * currency.rounding AS amount,
                     round(share.quantity * activity.document_amount / share.total, 6)
                         AS quantity
                FROM member_activity activity
                JOIN share ON share.document_id = activity.source_id
                          AND share.total <> 0
                JOIN res_currency currency ON currency.id = activity.currency_id
               WHERE activity.source_model = %(model)s
                 AND activity.kind = 'purchase'
                 AND NOT EXISTS (SELECT 1
                                   FROM member_activity_line line
                                  WHERE line.activity_id = activity.id)""",
        model=model,
    )
