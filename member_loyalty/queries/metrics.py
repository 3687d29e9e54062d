"""What can be measured of a member, and how the journal is summed for it.

Another module adds a metric by extending ``member.metric`` with one more
``Metric``; a metric here is the column it sums and the kind of activity it reads.
"""

from dataclasses import dataclass

from odoo.tools import SQL

from ..logic.tier_qualification import FigureKey


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to measure a member: the sum of a column over one kind of activity."""

    name: str
    kind: str
    column: str

    def measure(self, figure: FigureKey, as_of) -> SQL:
        """Return the sum over the figure's window, 0 when there is nothing.

        The query reads ``member_activity`` under the alias ``activity`` and has
        already left out what comes after ``as_of``.
        """
        first = figure.window.days_as_of(as_of).first
        since = SQL(" AND activity.date >= %s", first) if first else SQL()
        return SQL(
            "COALESCE(SUM(%(column)s)"
            " FILTER (WHERE activity.kind = %(kind)s%(since)s), 0)",
            column=SQL.identifier("activity", self.column),
            kind=self.kind,
            since=since,
        )


PURCHASE_AMOUNT = Metric("purchase_amount", "purchase", "amount")
ORDER_COUNT = Metric("order_count", "purchase", "order_count")
