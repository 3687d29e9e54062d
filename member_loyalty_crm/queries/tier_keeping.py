"""What keeps a tier, in SQL: the order that does, the chance that purchases fall short.

``logic.tier_keeping`` says the same of one member.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.member_loyalty.logic.figures import NO_LIMIT, FigureKey
from odoo.addons.member_loyalty.logic.ladder import BELOW, Condition, Ladder, Rule
from odoo.addons.member_loyalty.queries.metrics import EVERYBODY
from odoo.addons.member_loyalty.queries.tier_verdict import Evaluation, is_due

from ..logic.tier_keeping import EFFECTS, JUST_BELOW, LEAST, MOST, Reference

NO_NEED = SQL("NULL::numeric")


@dataclass(frozen=True, slots=True)
class Review:
    """A coming review, whose promises it judges, and what is known today.

    :param evaluation: as of the day of the review; members may fall
    :param today: the last day whose purchases are known
    :param ends_from: leave out promises, grace included, that ended before
    :param rounding: of the company's currency
    """

    evaluation: Evaluation
    today: date
    ends_from: date | None
    reference: Reference
    rounding: float

    @property
    def last_day(self) -> date:
        """Return the last day on which an order certainly counts."""
        return self.evaluation.as_of - timedelta(days=1)

    def judges(self) -> SQL:
        """Return the condition that a membership is judged by this review."""
        if self.ends_from is None:
            return is_due(self.evaluation)
        return SQL(
            "%s AND valid_until + %s >= %s",
            is_due(self.evaluation),
            self.evaluation.policy.grace_days,
            self.ends_from,
        )


def keeping_amount(review: Review) -> SQL:
    """Return the order that keeps the tier of the row ``member``, NULL if none does."""
    return _by_rank(review, _keeping_amount)


def loss_chance(review: Review) -> SQL:
    """Return the chance that the row ``member`` buys too little, NULL when unknown."""
    return _by_rank(review, _loss_chance)


def _by_rank(review: Review, answer) -> SQL:
    """Return an answer by the rank held, from the rules that keep it."""
    branches = [
        SQL("WHEN %s THEN %s", rank, answer(review, ways))
        for rank in range(1, len(review.evaluation.ladder.tiers))
        if (ways := find_ways(review.evaluation.ladder, rank))
    ]
    if not branches:
        return NO_NEED
    return SQL("CASE member.held_rank %s END", SQL(" ").join(branches))


def find_ways(ladder: Ladder, rank: int) -> list[Rule]:
    """Return the rules of which any keeps the tier on a rank."""
    entering = [rule for tier in ladder.tiers[rank:] for rule in tier.rules]
    rules = [*entering, *ladder.tiers[rank].keeping]
    return [rule for rule in dict.fromkeys(rules) if rule.conditions]


def find_effect(figure: FigureKey) -> str:
    """Return what an order does to a figure for certain, whatever is bought."""
    return EFFECTS.get(figure.metric, "") if figure.limit == NO_LIMIT else ""


def _column(review: Review, figure: FigureKey) -> SQL:
    place = review.evaluation.figure_keys().index(figure)
    return SQL.identifier("member", f"measured_{place}")


def _reaches(review: Review, figure: FigureKey) -> SQL:
    """Return the condition that an order on the last day is in the figure's window."""
    measuring = review.evaluation.measuring(EVERYBODY)
    return measuring.days(figure, SQL("%s::date", review.last_day))


def _keeping_amount(review: Review, ways: list[Rule]) -> SQL:
    """Return the smallest amount of one order that is enough by any way."""
    return SQL(
        "LEAST(%s)", SQL(", ").join([_least_of_way(review, way) for way in ways])
    )


def _least_of_way(review: Review, way: Rule) -> SQL:
    """Return the smallest amount that is enough by one way, NULL when none is."""
    least = [_least(review, condition) for condition in way.conditions]
    limits = [
        limit for condition in way.conditions if (limit := _most(review, condition))
    ]
    amount = SQL(
        "GREATEST(%(rounding)s::numeric, CEIL(GREATEST(%(least)s)"
        " / %(rounding)s::numeric) * %(rounding)s::numeric)",
        rounding=str(review.rounding),
        least=SQL(", ").join(least),
    )
    holds = [SQL("%s IS NOT NULL", one) for one in least]
    holds += [SQL("%s < %s", amount, limit) for limit in limits]
    return SQL("CASE WHEN %s THEN %s END", SQL(" AND ").join(holds), amount)


def _least(review: Review, condition: Condition) -> SQL:
    """Return the smallest amount that closes a condition, NULL when none can."""
    column = _column(review, condition.figure)
    effect = find_effect(condition.figure)
    met = SQL("<") if condition.operator == BELOW else SQL(">=")
    as_it_is = SQL(
        "CASE WHEN %s %s %s THEN 0::numeric END", column, met, condition.threshold
    )
    if not effect:
        return as_it_is
    counted = SQL("%s + 1", column) if effect == "count" else column
    enough = NO_NEED
    if condition.operator != BELOW and effect == "sum":
        enough = SQL("(%s - %s)::numeric", condition.threshold, column)
    elif condition.operator != BELOW and effect == "largest":
        enough = SQL("%s::numeric", condition.threshold)
    return SQL(
        "CASE WHEN NOT (%(reaches)s) THEN %(as_it_is)s"
        " WHEN %(counted)s %(met)s %(threshold)s THEN 0::numeric ELSE %(enough)s END",
        reaches=_reaches(review, condition.figure),
        as_it_is=as_it_is,
        counted=counted,
        met=met,
        threshold=condition.threshold,
        enough=enough,
    )


def _most(review: Review, condition: Condition) -> SQL | None:
    """Return the amount that an order has to stay below, if there is one."""
    effect = find_effect(condition.figure)
    if condition.operator != BELOW or effect not in ("sum", "largest"):
        return None
    had = _column(review, condition.figure) if effect == "sum" else SQL("0")
    return SQL(
        "CASE WHEN %s THEN %s - %s ELSE 'Infinity'::numeric END",
        _reaches(review, condition.figure),
        condition.threshold,
        had,
    )


def _loss_chance(review: Review, ways: list[Rule]) -> SQL:
    """Return the chance that purchases fall short of every way, NULL when unknown."""
    misses = [_miss(review, way) for way in ways]
    return SQL(
        "CASE WHEN member.amounts IS NOT NULL THEN LEAST(%s) END",
        SQL(", ").join([SQL("1::numeric"), *misses]),
    )


def _miss(review: Review, way: Rule) -> SQL:
    """Return the chance to fall short of one way."""
    parts = [_miss_of(review, condition) for condition in way.conditions]
    return SQL("GREATEST(%s)", SQL(", ").join([SQL("0::numeric"), *parts]))


def _miss_of(review: Review, condition: Condition) -> SQL:
    """Return the chance to fall short of a condition; 1 when purchases cannot help."""
    column = _column(review, condition.figure)
    if condition.operator == BELOW:
        return SQL("(%s >= %s)::int", column, condition.threshold)
    effect = find_effect(condition.figure)
    if not effect:
        return SQL("(%s < %s)::int", column, condition.threshold)
    told, scale = SQL("member.amounts"), SQL("member.per_amount")
    if effect == "count":
        told, scale = SQL("member.orders"), SQL("member.per_order")
    return SQL(
        """CASE WHEN %(column)s >= %(threshold)s THEN 0
                WHEN NOT (%(reaches)s) THEN 1
                ELSE GREATEST(%(least)s, LEAST(%(most)s,
                     (width_bucket(((%(threshold)s - %(column)s) / %(scale)s)::float8
                                   * %(just_below)s::float8, %(told)s) + 0.5)
                     / (cardinality(%(told)s) + 1))) END""",
        column=column,
        threshold=condition.threshold,
        reaches=_reaches(review, condition.figure),
        scale=scale,
        just_below=JUST_BELOW,
        least=LEAST,
        most=MOST,
        told=told,
    )
