"""Score all members of a program in one statement, and write what changed.

The same as ``logic/member_score.py``, which says why.
"""

from odoo.tools import SQL

from ..logic.member_score import NEVER, NEW, PROMISING, SEGMENT_TABLE
from ..logic.score_fifths import FIFTHS
from .member_score_facts import Scoring, facts, to_flush

FIGURES = (
    *("recency", "frequency", "monetary", "points_level", "inquiry_level", "tier_rank"),
    *("segment", "stage", "value_score", "first_purchase_on", "last_purchase_on"),
    *("order_count", "amount", "interval_days", "next_expected_on"),
    *("lifetime_value", "contribution"),
)
MEMBER_TIER = SQL("member.tier_id")
LOWER_SHARES = SQL("ARRAY[0.2, 0.4, 0.6, 0.8]")


def delete_former(env, program_id: int, company_id: int) -> SQL:
    """Delete the scores of who is no member any more, or became another contact.

    Returns a row for each.
    """
    return SQL(
        """
        DELETE FROM member_score score
              WHERE score.company_id = %(company_id)s
                AND NOT EXISTS (
                       SELECT 1
                         FROM member_membership membership
                        WHERE membership.id = score.membership_id
                          AND membership.partner_id = score.partner_id
                          AND membership.program_id = %(program_id)s
                          AND membership.active
                    )
          RETURNING score.id
        """,
        company_id=company_id,
        program_id=program_id,
        to_flush=to_flush(env),
    )


def write(env, scoring: Scoring) -> SQL:
    """Score everybody and write the rows that are new or changed.

    Returns one row: how many were written, how many were compared, what the company
    sold in the days that scores look at, and the cut points as JSON by part.
    """
    return SQL(
        """
        WITH %(facts)s, cut AS (%(cuts)s
        ), levelled AS MATERIALIZED (%(levels)s
        ), scored AS MATERIALIZED (%(scored)s
        ), written AS (%(upsert)s
        )
        SELECT (SELECT COUNT(*) FROM written),
               compared,
               (SELECT COALESCE(SUM(amount), 0) FROM bought),
               JSONB_BUILD_OBJECT('recency', recency, 'frequency', frequency,
                                  'monetary', monetary, 'points', points,
                                  'inquiries', inquiries)
          FROM cut
        """,
        facts=facts(scoring),
        cuts=_cuts(),
        levels=_levels(),
        scored=_scored(scoring),
        upsert=_upsert(scoring),
        to_flush=to_flush(env),
    )


def _cuts():
    """Return the cut points of each part."""
    compared = SQL("is_compared")
    return SQL(
        """
              SELECT COUNT(*) FILTER (WHERE is_compared) AS compared,
                     %s AS recency, %s AS frequency, %s AS monetary, %s AS points,
                     %s AS inquiries
                FROM fact""",
        _cut_points(SQL("last_on"), compared),
        _cut_points(SQL("order_count"), compared),
        _cut_points(SQL("amount"), compared),
        _cut_points(SQL("points"), SQL("points > 0")),
        _cut_points(SQL("inquiry_count"), SQL("inquiry_count > 0")),
    )


def _cut_points(value, condition):
    return SQL(
        "PERCENTILE_DISC(%s) WITHIN GROUP (ORDER BY %s) FILTER (WHERE %s)",
        LOWER_SHARES,
        value,
        condition,
    )


def _levels():
    """Return each member's parts, as fifths."""
    return SQL(
        """
              SELECT fact.*,
                     %(recency)s AS recency,
                     %(frequency)s AS frequency,
                     %(monetary)s AS monetary,
                     CASE WHEN fact.points > 0 THEN %(points)s ELSE 0 END
                         AS points_level,
                     CASE WHEN inquiry_count > 0 THEN %(inquiries)s ELSE 0 END
                         AS inquiry_level
                FROM fact
          CROSS JOIN cut""",
        recency=_bought(SQL("fact.last_on"), SQL("cut.recency")),
        frequency=_bought(SQL("fact.order_count"), SQL("cut.frequency")),
        monetary=_bought(SQL("fact.amount"), SQL("cut.monetary")),
        points=_fifth(SQL("fact.points"), SQL("cut.points")),
        inquiries=_fifth(SQL("fact.inquiry_count"), SQL("cut.inquiries")),
    )


def _bought(value, cuts):
    return SQL(
        "CASE WHEN is_compared THEN %s WHEN last_on IS NOT NULL THEN 1 ELSE 0 END",
        _fifth(value, cuts),
    )


def _fifth(value, cuts):
    """Return the fifth of a value: ``logic.score_fifths.fifth``."""
    compared = SQL(" + ").join(
        SQL("(%s %s (%s)[%s])::integer", value, operator, cuts, number)
        for number in range(1, FIFTHS)
        for operator in (SQL(">"), SQL(">="))
    )
    return SQL("(%s) / 2 + 1", compared)


def _scored(scoring):
    """Return each member's row as it should stand in ``member_score``."""
    return SQL(
        """
              SELECT membership_id, partner_id, recency, frequency, monetary,
                     points_level, inquiry_level, tier_rank,
                     %(segment)s AS segment,
                     %(stage)s AS stage,
                     %(value)s AS value_score,
                     first_on AS first_purchase_on,
                     last_on AS last_purchase_on,
                     order_count,
                     amount,
                     interval_days,
                     last_on + NULLIF(interval_days, 0) AS next_expected_on,
                     lifetime_value,
                     lifetime_value - benefit_cost
                         - ROUND(points * %(point_cost)s, 2) AS contribution
                FROM levelled""",
        segment=_segment(scoring),
        stage=_stage(scoring),
        value=_value(scoring),
        point_cost=scoring.point_cost,
    )


def _segment(scoring):
    """Return the segment: ``logic.member_score.segment``."""
    cells = [name for row in SEGMENT_TABLE for name in row]
    return SQL(
        """CASE WHEN recency = 0 THEN %(never)s
                ELSE CASE (%(cells)s::varchar[])[
                              (recency - 1) * 5 + (frequency + monetary + 1) / 2]
                     WHEN %(new)s
                     THEN CASE WHEN %(day)s - first_on <= %(new_days)s
                               THEN %(new)s ELSE %(promising)s END
                     ELSE (%(cells)s::varchar[])[
                              (recency - 1) * 5 + (frequency + monetary + 1) / 2]
                      END
                 END""",
        never=NEVER,
        new=NEW,
        promising=PROMISING,
        cells=cells,
        day=scoring.day,
        new_days=scoring.settings.new_days,
    )


def _stage(scoring):
    """Return the stage of life: ``logic.member_score.stage``."""
    settings = scoring.settings
    return SQL(
        """CASE WHEN last_on IS NULL THEN 'registered'
                WHEN %(silent)s > %(win_back)s * %(rhythm)s THEN 'win_back'
                WHEN %(silent)s > %(warning)s * %(rhythm)s THEN 'churn_warning'
                WHEN is_won_back THEN 'won_back'
                WHEN %(day)s - first_on <= %(new_days)s THEN 'new'
                WHEN purchase_days < %(active_purchases)s THEN 'growing'
                ELSE 'active'
                 END""",
        silent=SQL("(%s - last_on)", scoring.day),
        day=scoring.day,
        win_back=settings.win_back_factor,
        warning=settings.warning_factor,
        rhythm=SQL(
            "GREATEST(%s, COALESCE(NULLIF(interval_days, 0), %s))",
            settings.rhythm_minimum,
            settings.rhythm_days,
        ),
        new_days=settings.new_days,
        active_purchases=settings.active_purchases,
    )


def _value(scoring):
    """Return the value score: ``logic.member_score.value_score``."""
    weights, ranks = scoring.settings.weights, max(scoring.top_rank, 1)
    return SQL(
        """((200 * (%(ranks)s * (%(recency)s * recency + %(frequency)s * frequency
                                 + %(monetary)s * monetary + %(points)s * points_level
                                 + %(inquiries)s * inquiry_level)
                    + %(tier)s * tier_rank) + %(full)s) / (2 * %(full)s))::integer""",
        ranks=ranks,
        full=SQL("%s::bigint", FIFTHS * ranks * weights.total),
        recency=weights.recency,
        frequency=weights.frequency,
        monetary=weights.monetary,
        points=weights.points,
        inquiries=weights.inquiries,
        tier=FIFTHS * weights.tier,
    )


def _upsert(scoring):
    """Write the rows that are not there or not as they should be, and only them."""
    names = [SQL.identifier(name) for name in FIGURES]
    columns = SQL(", ").join(names)
    return SQL(
        """
              INSERT INTO member_score (
                     membership_id, company_id, partner_id, scored_on, %(columns)s)
              SELECT scored.membership_id, %(company_id)s, scored.partner_id, %(day)s,
                     %(scored)s
                FROM scored
           LEFT JOIN member_score held ON held.membership_id = scored.membership_id
               WHERE held.id IS NULL
                  OR (%(held)s) IS DISTINCT FROM (%(scored)s)
         ON CONFLICT (membership_id) DO UPDATE
                 SET (scored_on, %(columns)s) = (EXCLUDED.scored_on, %(excluded)s)
           RETURNING 1""",
        company_id=scoring.company_id,
        day=scoring.day,
        columns=columns,
        scored=_of(SQL.identifier("scored"), names),
        held=_of(SQL.identifier("held"), names),
        excluded=_of(SQL("EXCLUDED"), names),
    )


def _of(alias, names):
    return SQL(", ").join(SQL("%s.%s", alias, name) for name in names)
