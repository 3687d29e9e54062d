"""What scores are worked out from, for all members of a program, as SQL."""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.member_loyalty.logic.windows import Window
from odoo.addons.member_loyalty.queries import pending

from ..logic.member_score import Settings

INQUIRY_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Scoring:
    """Whom to score, when and by which settings.

    ``tier_rank``: the rank of ``member.tier_id``, as SQL; ``top_rank``: the highest.
    ``point_cost``: company currency that an open point is expected to cost.
    """

    program_id: int
    company_id: int
    partner_column: str
    day: date
    settings: Settings
    tier_rank: SQL
    top_rank: int
    point_cost: float

    @property
    def first_day(self) -> date:
        """Return the first of the days that scores look at."""
        return _first_day(self.day, self.settings.months)


def _first_day(day, months):
    return Window("rolling_months", months).days_as_of(day).first


def to_flush(env) -> tuple:
    """Return the fields that the statement reads."""
    read = {
        "member.activity": ("amount", "order_count", "quantity"),
        "loyalty.card": ("points", "active", "member_owner_id"),
        "loyalty.program": ("program_type",),
        "member.benefit.usage": ("cost", "date", "membership_id", "program_id"),
        "member.score": ("membership_id", "partner_id", "scored_on"),
    }
    return (
        *pending.memberships(env),
        *(env[model]._fields[name] for model, names in read.items() for name in names),
    )


def facts(scoring: Scoring) -> SQL:
    """Return the CTEs that end in ``fact``: a row for each member of the program."""
    return SQL(
        """
        member AS (
              SELECT id, partner_id, tier_id
                FROM member_membership
               WHERE program_id = %(program_id)s
                 AND active
        ), %(purchases)s, %(others)s,
        fact AS MATERIALIZED (
              SELECT member.id AS membership_id,
                     member.partner_id,
                     %(tier_rank)s AS tier_rank,
                     rhythm.first_on,
                     rhythm.last_on,
                     COALESCE(rhythm.last_on >= %(first_day)s, FALSE) AS is_compared,
                     COALESCE(rhythm.purchase_days, 0) AS purchase_days,
                     COALESCE(rhythm.interval_days, 0) AS interval_days,
                     COALESCE(rhythm.is_won_back, FALSE) AS is_won_back,
                     COALESCE(bought.order_count, 0) AS order_count,
                     COALESCE(bought.amount, 0) AS amount,
                     COALESCE(bought.lifetime_value, 0) AS lifetime_value,
                     COALESCE(wallet.points, 0) AS points,
                     COALESCE(bought.inquiry_count, 0) AS inquiry_count,
                     COALESCE(used.cost, 0) AS benefit_cost
                FROM member
           LEFT JOIN rhythm USING (partner_id)
           LEFT JOIN bought USING (partner_id)
           LEFT JOIN wallet USING (partner_id)
           LEFT JOIN used ON used.membership_id = member.id
        )""",
        program_id=scoring.program_id,
        purchases=_purchases(scoring),
        others=_others(scoring),
        tier_rank=scoring.tier_rank,
        first_day=scoring.first_day,
    )


def _purchases(scoring):
    """Return ``bought``, sums by customer, and ``rhythm``, about days of purchases.

    Whoever only inquired is in ``bought`` too: both come from one pass.
    """
    return SQL(
        """
        bought AS MATERIALIZED (%s
        ), undone AS (%s
        ), purchase AS (%s
        ), %s""",
        _bought(scoring),
        _undone(scoring),
        _purchase_days(scoring),
        _rhythm(scoring),
    )


def _bought(scoring):
    return SQL(
        """
              SELECT %(partner)s AS partner_id,
                     SUM(amount) FILTER (WHERE kind = 'purchase') AS lifetime_value,
                     SUM(amount) FILTER (WHERE kind = 'purchase'
                                           AND date >= %(first_day)s) AS amount,
                     SUM(order_count) FILTER (WHERE kind = 'purchase'
                                                AND date >= %(first_day)s)
                         AS order_count,
                     SUM(quantity) FILTER (WHERE kind = 'inquiry'
                                             AND date >= %(inquiries_since)s)
                         AS inquiry_count
                FROM member_activity activity
               WHERE company_id = %(company_id)s
                 AND date <= %(day)s
            GROUP BY %(partner)s""",
        partner=SQL.identifier("activity", scoring.partner_column),
        company_id=scoring.company_id,
        day=scoring.day,
        first_day=scoring.first_day,
        inquiries_since=_first_day(scoring.day, INQUIRY_MONTHS),
    )


def _purchase_days(scoring):
    """Return each day with an order that still stands, and the days since the last.

    An order that was taken back as a whole is no purchase, as in
    ``member_figures.is_undone``.
    """
    return SQL(
        """
              SELECT day.partner_id,
                     day.date,
                     day.date - LAG(day.date) OVER (
                         PARTITION BY day.partner_id ORDER BY day.date) AS gap
                FROM (
                       SELECT %(partner)s AS partner_id, date, COUNT(*) AS orders
                         FROM member_activity activity
                        WHERE %(counts)s
                          AND order_count > 0
                     GROUP BY %(partner)s, date
                     ) day
           LEFT JOIN undone USING (partner_id, date)
               WHERE day.orders > COALESCE(undone.orders, 0)""",
        partner=SQL.identifier("activity", scoring.partner_column),
        counts=_counts(scoring, SQL("activity")),
    )


def _rhythm(scoring):
    return SQL(
        """
        told AS (
              SELECT partner_id,
                     MIN(date) AS first_on,
                     MAX(date) AS last_on,
                     COUNT(*) AS purchase_days,
                     PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY gap) AS interval_days,
                     MAX(gap) FILTER (WHERE date > %(won_back_since)s) AS late_gap,
                     ARRAY_AGG(date ORDER BY date) AS dates
                FROM purchase
            GROUP BY partner_id
        ), rhythm AS (
              SELECT partner_id, first_on, last_on, purchase_days, interval_days,
                     CASE WHEN late_gap > %(win_back_factor)s * %(rhythm_minimum)s
                          THEN %(is_won_back)s ELSE FALSE END AS is_won_back
                FROM told
        )""",
        is_won_back=_is_won_back(scoring),
        won_back_since=_won_back_since(scoring),
        win_back_factor=scoring.settings.win_back_factor,
        rhythm_minimum=scoring.settings.rhythm_minimum,
    )


def _counts(scoring, alias):
    """Return the condition that a row of the journal is a purchase up to the day."""
    return SQL(
        "%(alias)s.company_id = %(company_id)s AND %(alias)s.kind = 'purchase'"
        " AND %(alias)s.date <= %(day)s",
        alias=alias,
        company_id=scoring.company_id,
        day=scoring.day,
    )


def _undone(scoring):
    """Return how many orders of a customer's day were taken back as a whole."""
    return SQL(
        """
              SELECT %(partner)s AS partner_id, activity.date, COUNT(*) AS orders
                FROM (
                       SELECT source_key, MAX(revision) AS revision
                         FROM member_activity undoing
                        WHERE %(undoing)s
                          AND order_count < 0
                     GROUP BY source_key
                     ) taken_back
                JOIN member_activity activity
                  ON activity.source_key = taken_back.source_key
                 AND activity.revision < taken_back.revision
               WHERE %(counts)s
                 AND activity.order_count > 0
            GROUP BY %(partner)s, activity.date""",
        partner=SQL.identifier("activity", scoring.partner_column),
        undoing=_counts(scoring, SQL("undoing")),
        counts=_counts(scoring, SQL("activity")),
    )


def _won_back_since(scoring):
    return scoring.day - timedelta(days=scoring.settings.won_back_days)


def _is_won_back(scoring):
    """Return whether a late gap was too long for the rhythm known before it."""
    return SQL(
        """EXISTS (
              SELECT 1
                FROM GENERATE_SERIES(2, purchase_days::integer) number
               WHERE dates[number] > %(since)s
                 AND dates[number] - dates[number - 1] > %(factor)s * GREATEST(
                     %(minimum)s, COALESCE((
                       SELECT PERCENTILE_DISC(0.5)
                                  WITHIN GROUP (ORDER BY dates[past] - dates[past - 1])
                         FROM GENERATE_SERIES(2, number - 1) past), %(unknown)s)))""",
        since=_won_back_since(scoring),
        factor=scoring.settings.win_back_factor,
        minimum=scoring.settings.rhythm_minimum,
        unknown=scoring.settings.rhythm_days,
    )


def _others(scoring):
    """Return usable points, and what benefits have cost."""
    return SQL(
        """
        wallet AS (
              SELECT card.member_owner_id AS partner_id,
                     SUM(card.points::numeric) AS points
                FROM loyalty_card card
                JOIN loyalty_program native ON native.id = card.program_id
               WHERE card.member_program_id = %(program_id)s
                 AND card.active
                 AND native.program_type = 'loyalty'
                 AND card.points > 0
            GROUP BY card.member_owner_id
        ), used AS (
              SELECT membership_id, SUM(cost) AS cost
                FROM member_benefit_usage
               WHERE program_id = %(program_id)s
                 AND date <= %(day)s
            GROUP BY membership_id
        )""",
        program_id=scoring.program_id,
        day=scoring.day,
    )
