"""What is counted from activities, whatever they are about."""

from typing import ClassVar

from odoo.tools import SQL

from .measuring import Metric

PLACES = ("country_ids", "team_ids")


def document() -> SQL:
    """Return the document of the row ``activity``, of a reversal what it reverses."""
    return SQL(
        """(CASE WHEN starts_with(activity.source_key, 'member.activity,')
                 THEN (SELECT reversed.source_key
                         FROM member_activity reversed
                        WHERE reversed.id
                              = split_part(activity.source_key, ',', 2)::int)
                 ELSE activity.source_key END)"""
    )


class JournalSum(Metric):
    """The sum of a column over one kind of activity."""

    kind: ClassVar[str] = "purchase"
    column: ClassVar[str]

    def aggregate(self, figure, measuring):
        if figure.limit.category_ids:
            return None
        return SQL(
            "COALESCE(SUM(%s) FILTER (WHERE activity.kind = %s AND %s), 0)",
            SQL.identifier("activity", self.column),
            self.kind,
            measuring.in_window(figure),
        )


class Referrals(JournalSum):
    """How many others a member brought along."""

    name = "referrals"
    kind = "referral"
    column = "quantity"
    limits = ("country_ids",)


class ActiveMonths(Metric):
    """In how many calendar months an order was placed that was not undone in it."""

    name = "active_months"
    unit = "months"
    kind = "purchase"
    limits = PLACES

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT partner_id, COUNT(DISTINCT month) AS value
                FROM (SELECT %(partner)s AS partner_id,
                             date_trunc('month', activity.date) AS month
                        %(rows)s
                         AND activity.kind = 'purchase'
                    GROUP BY 1, 2, %(document)s
                      HAVING SUM(activity.order_count) > 0) placed
            GROUP BY partner_id""",
            partner=measuring.partner,
            rows=measuring.rows(figure),
            document=document(),
        )


class ConsecutiveDays(Metric):
    """The longest run of days with an order or another activity on each.

    What is taken back on its own day leaves no trace; what is taken back later does
    not undo the day.
    """

    name = "consecutive_days"
    unit = "days"
    limits = PLACES

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT partner_id, MAX(length) AS value
                FROM (SELECT partner_id, COUNT(*) AS length
                        FROM (SELECT partner_id,
                                     day - ROW_NUMBER() OVER (
                                         PARTITION BY partner_id ORDER BY day
                                     )::int AS island
                                FROM (%(days)s) active) numbered
                    GROUP BY partner_id, island) run
            GROUP BY partner_id""",
            days=self._active_days(figure, measuring),
        )

    def _active_days(self, figure, measuring):
        """Return each member's days with something that was not taken back on them."""
        return SQL(
            """
                              SELECT DISTINCT partner_id, day
                                FROM (SELECT %(partner)s AS partner_id,
                                             activity.date AS day
                                        %(rows)s
                                    GROUP BY 1, 2, activity.kind, %(document)s
                                      HAVING SUM(activity.order_count) > 0
                                          OR SUM(activity.quantity) > 0) happened""",
            partner=measuring.partner,
            rows=measuring.rows(figure),
            document=document(),
        )
