"""What a member is worth: fifths, segment, stage of life and a score of 0 to 100.

The statement in ``queries/member_score.py`` does the same for all members at once; this
is what it is compared with.

>>> one = Facts(purchase_days=(date(2026, 1, 1), date(2026, 3, 1)))
>>> [told] = score_members([one], date(2026, 3, 15), date(2025, 3, 16), Settings(), 2)
>>> told.segment, told.stage, told.next_expected_on
('attention', 'new', datetime.date(2026, 4, 29))
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from .score_fifths import FIFTHS, cut_points, fifth

NEVER, NEW, PROMISING = "never", "new", "promising"
# Rows: recency 1 to 5. Columns: the mean of frequency and monetary, 1 to 5.
SEGMENT_TABLE = (
    ("lost", "sleeping", "at_risk", "cannot_lose", "cannot_lose"),
    ("sleeping", "slipping", "at_risk", "at_risk", "cannot_lose"),
    ("slipping", "attention", "attention", "loyal", "loyal"),
    (PROMISING, "potential", "loyal", "loyal", "champion"),
    (NEW, "potential", "potential", "champion", "champion"),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts, as whole numbers; what matters is their ratio."""

    recency: int = 25
    frequency: int = 20
    monetary: int = 25
    tier: int = 15
    points: int = 5
    inquiries: int = 10

    @property
    def total(self) -> int:
        """Return the sum, which must be above zero."""
        return sum(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a program says about scores; times in days, except ``months``.

    ``rhythm_days``: how often somebody buys of whom that is not known yet.
    ``rhythm_minimum``: who buys more often is treated as buying this often.
    ``warning_factor``, ``win_back_factor``: after how many times the own rhythm
    without a purchase a member is in danger, and gone.
    """

    months: int = 24
    weights: Weights = Weights()
    new_days: int = 90
    active_purchases: int = 3
    rhythm_days: int = 90
    rhythm_minimum: int = 30
    warning_factor: Decimal = Decimal(2)
    win_back_factor: Decimal = Decimal(4)
    won_back_days: int = 90

    def rhythm(self, interval: int) -> int:
        """Return the days between purchases that the stage is judged by."""
        return max(self.rhythm_minimum, interval or self.rhythm_days)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one member on a day.

    ``purchase_days``: each day with an order that still stands, ascending.
    ``order_count``, ``amount``: net, in the months that scores look at.
    ``points``: usable now. ``inquiry_count``: quality inquiries of twelve months.
    ``tier_rank``: 0 for the lowest tier.
    """

    purchase_days: tuple[date, ...] = ()
    order_count: int = 0
    amount: Decimal = Decimal(0)
    points: Decimal = Decimal(0)
    inquiry_count: int = 0
    tier_rank: int = 0


@dataclass(frozen=True, slots=True)
class Levels:
    """The parts of the score: fifths from 1 to 5, 0 for nothing; the tier's rank."""

    recency: int = 0
    frequency: int = 0
    monetary: int = 0
    tier: int = 0
    points: int = 0
    inquiries: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """What is said of one member."""

    levels: Levels
    segment: str
    stage: str
    value_score: int
    interval_days: int
    next_expected_on: date | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one part gave to the score: ``points`` of at most ``highest``."""

    part: str
    points: float
    highest: float


def segment(recency: int, frequency: int, monetary: int, is_new: bool) -> str:
    """Return the segment: recency against the mean of frequency and monetary.

    ``SEGMENT_TABLE`` is complete; a mean between two columns is the higher one. Who
    looks new without being it is promising.

    >>> segment(5, 5, 4, is_new=False), segment(1, 5, 5, is_new=False)
    ('champion', 'cannot_lose')
    >>> segment(5, 1, 1, is_new=True), segment(5, 1, 1, is_new=False)
    ('new', 'promising')
    """
    if not recency:
        return NEVER
    found = SEGMENT_TABLE[recency - 1][(frequency + monetary + 1) // 2 - 1]
    return PROMISING if found == NEW and not is_new else found


def median_gap(days: Sequence[date]) -> int:
    """Return the median of the days between purchases, the lower of two; 0 without.

    >>> median_gap([date(2026, 1, 1), date(2026, 1, 11), date(2026, 3, 1)])
    10
    """
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    return gaps[(len(gaps) - 1) // 2] if gaps else 0


def is_won_back(days: Sequence[date], day: date, settings: Settings) -> bool:
    """Tell whether a member bought again lately after having been one to win back.

    How long was too long is judged by the rhythm that was known before the return.
    """
    since = day - timedelta(days=settings.won_back_days)
    return any(
        returned > since
        and (returned - left).days
        > settings.win_back_factor * settings.rhythm(median_gap(days[: number + 1]))
        for number, (left, returned) in enumerate(pairwise(days))
    )


def stage(days: Sequence[date], day: date, settings: Settings) -> str:
    """Return where a member stands in a customer's life on a day.

    :param days: days with a purchase, ascending
    """
    if not days:
        return "registered"
    silent = (day - days[-1]).days
    rhythm = settings.rhythm(median_gap(days))
    if silent > settings.win_back_factor * rhythm:
        return "win_back"
    if silent > settings.warning_factor * rhythm:
        return "churn_warning"
    if is_won_back(days, day, settings):
        return "won_back"
    if (day - days[0]).days <= settings.new_days:
        return NEW
    return "growing" if len(days) < settings.active_purchases else "active"


def value_score(levels: Levels, weights: Weights, top_rank: int) -> int:
    """Return the weighted mean of the parts, 0 to 100, halves rounded up.

    A fifth counts as that many fifths of its weight, a tier by its rank from the
    lowest (nothing) to the highest (all). Whole numbers, so that SQL agrees.

    >>> value_score(Levels(5, 5, 5, 2, 5, 5), Weights(), 2)
    100
    >>> value_score(Levels(3, 3, 3, 1), Weights(), 2)
    50
    """
    ranks = max(top_rank, 1)
    parts = sum(
        getattr(weights, part) * getattr(levels, part) * ranks
        for part in ("recency", "frequency", "monetary", "points", "inquiries")
    )
    reached = parts + FIFTHS * weights.tier * levels.tier
    full = FIFTHS * ranks * weights.total
    return (200 * reached + full) // (2 * full)


def shares(levels: Levels, weights: Weights, top_rank: int) -> tuple[Share, ...]:
    """Return what each part with a weight gave to the score, in points of 100.

    >>> shares(Levels(tier=1), Weights(0, 0, 0, 1, 0, 0), 2)
    (Share(part='tier', points=50.0, highest=100.0),)
    """
    found = []
    for part in (field.name for field in fields(Weights)):
        if weight := getattr(weights, part):
            highest = 100 * weight / weights.total
            full = max(top_rank, 1) if part == "tier" else FIFTHS
            points = highest * getattr(levels, part) / full
            found.append(Share(part, round(points, 1), round(highest, 1)))
    return tuple(found)


def score_members(
    members: Sequence[Facts], day: date, first_day: date, settings: Settings, top: int
) -> list[Score]:
    """Score members against each other, as of a day.

    Compared are those who bought in the days that scores look at. Who bought only
    before has 1 in recency, frequency and monetary, who never bought 0.

    :param date first_day: the first of the days that scores look at
    :param int top: the rank of the highest tier
    """
    compared = [
        one
        for one in members
        if one.purchase_days and one.purchase_days[-1] >= first_day
    ]
    cuts = {
        "recency": cut_points(one.purchase_days[-1] for one in compared),
        "frequency": cut_points(one.order_count for one in compared),
        "monetary": cut_points(one.amount for one in compared),
        "points": cut_points(one.points for one in members if one.points > 0),
        "inquiries": cut_points(
            one.inquiry_count for one in members if one.inquiry_count > 0
        ),
    }
    return [_score(one, cuts, day, first_day, settings, top) for one in members]


def _score(facts, cuts, day, first_day, settings, top):
    days = facts.purchase_days
    levels = _levels(facts, cuts, first_day)
    is_new = bool(days) and (day - days[0]).days <= settings.new_days
    interval = median_gap(days)
    return Score(
        levels,
        segment(levels.recency, levels.frequency, levels.monetary, is_new),
        stage(days, day, settings),
        value_score(levels, settings.weights, top),
        interval,
        days[-1] + timedelta(days=interval) if interval else None,
    )


def _levels(facts, cuts, first_day):
    bought = (1, 1, 1) if facts.purchase_days else (0, 0, 0)
    if facts.purchase_days and facts.purchase_days[-1] >= first_day:
        bought = (
            fifth(facts.purchase_days[-1], cuts["recency"]),
            fifth(facts.order_count, cuts["frequency"]),
            fifth(facts.amount, cuts["monetary"]),
        )
    points = fifth(facts.points, cuts["points"]) if facts.points > 0 else 0
    inquired = facts.inquiry_count
    inquiries = fifth(inquired, cuts["inquiries"]) if inquired > 0 else 0
    return Levels(*bought, facts.tier_rank, points, inquiries)
