"""What was bought: money, orders and units, of everything or of some categories."""

from odoo.tools import SQL

from .measuring import Metric
from .metrics_activity import PLACES, JournalSum, document

PRODUCTS = ("category_ids", *PLACES)


def in_categories(figure) -> SQL:
    """Return the condition that the row ``line`` is of the categories, or below."""
    if not figure.limit.category_ids:
        return SQL("TRUE")
    return SQL(
        """line.category_id IN (
                     SELECT below.id
                       FROM product_category named
                       JOIN product_category below
                         ON starts_with(below.parent_path, named.parent_path)
                      WHERE named.id = ANY(%s))""",
        list(figure.limit.category_ids),
    )


def sum_of_lines(figure, measuring, column: str) -> SQL:
    """Sum a column of what of the purchases is of the categories."""
    return SQL(
        """
              SELECT %(partner)s AS partner_id, SUM(%(column)s) AS value
                %(rows)s
                 AND activity.kind = 'purchase'
                 AND %(in_categories)s
            GROUP BY 1""",
        partner=measuring.partner,
        column=SQL.identifier("line", column),
        rows=measuring.rows(
            figure,
            SQL(" JOIN member_activity_line line ON line.activity_id = activity.id"),
        ),
        in_categories=in_categories(figure),
    )


class PurchaseAmount(JournalSum):
    """What was bought, less what was given back."""

    name = "purchase_amount"
    unit = "money"
    column = "amount"
    limits = PRODUCTS

    def subquery(self, figure, measuring):
        return sum_of_lines(figure, measuring, "amount")


class LifetimeValue(PurchaseAmount):
    """What was ever bought, less what was given back."""

    name = "lifetime_value"
    has_window = False


class UnitsBought(Metric):
    """How many units were bought, less what was given back, such as hotel nights.

    Imported histories say no products, so they have no units.
    """

    name = "units_bought"
    unit = "units"
    kind = "purchase"
    limits = PRODUCTS

    def subquery(self, figure, measuring):
        return sum_of_lines(figure, measuring, "quantity")


class OrderCount(JournalSum):
    """How many orders were placed, less those taken back as a whole.

    Limited to categories: how many of the orders placed in the window, and not taken
    back in it, come to more than nothing in these categories.
    """

    name = "order_count"
    column = "order_count"
    limits = PRODUCTS

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT partner_id, COUNT(*) AS value
                FROM (SELECT partner_id
                        FROM (%(rows)s) row
                    GROUP BY partner_id, document
                      HAVING SUM(order_count) > 0
                         AND SUM(amount) > 0) bought
            GROUP BY partner_id""",
            rows=self._rows_with_category(figure, measuring),
        )

    def _rows_with_category(self, figure, measuring):
        """Return each purchase with what of it is of the categories."""
        line = SQL(
            " LEFT JOIN member_activity_line line"
            " ON line.activity_id = activity.id AND %s",
            in_categories(figure),
        )
        return SQL(
            """
                              SELECT %(partner)s AS partner_id,
                                     %(document)s AS document,
                                     activity.order_count,
                                     SUM(line.amount) AS amount
                                %(rows)s
                                 AND activity.kind = 'purchase'
                            GROUP BY activity.id""",
            partner=measuring.partner,
            document=document(),
            rows=measuring.rows(figure, line),
        )


class LargestOrder(Metric):
    """The largest order placed in the window, of those not taken back as a whole.

    As the journal has it: what a credit note takes back of an order in part is
    booked with the credit note and does not make the order smaller.
    """

    name = "largest_order"
    unit = "money"
    kind = "purchase"
    limits = PLACES

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT partner_id, MAX(amount) AS value
                FROM (SELECT %(partner)s AS partner_id,
                             SUM(activity.amount) AS amount
                        %(rows)s
                         AND activity.kind = 'purchase'
                    GROUP BY 1, %(document)s
                      HAVING SUM(activity.order_count) > 0) placed
            GROUP BY partner_id""",
            partner=measuring.partner,
            rows=measuring.rows(figure),
            document=document(),
        )
