"""Which tier a member's figures give, and whether the member moves there.

>>> spend = FigureKey("purchase_amount", Window("rolling_months", 12))
>>> silver = Tier(2, (Rule((Condition(spend, Decimal(1000)),)),))
>>> ladder = Ladder((Tier(1), silver))
>>> decide({spend: Decimal("1000.00")}, ladder, Standing(1), date(2024, 5, 1))
Decision(from_tier_id=1, to_tier_id=2, move='up')
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .windows import Window, add_months, next_day_of_month


@dataclass(frozen=True, slots=True)
class FigureKey:
    """What is measured: a metric over a window."""

    metric: str
    window: Window

    @property
    def code(self) -> str:
        """Return the figure's name in what is kept, such as a decision.

        >>> FigureKey("order_count", Window("rolling_days", 90)).code
        'order_count:rolling_days:90'
        """
        return f"{self.metric}:{self.window.type}:{self.window.length}"

    @classmethod
    def from_code(cls, code: str) -> "FigureKey":
        """Return the figure that a code names."""
        metric, window_type, length = code.split(":")
        return cls(metric, Window(window_type, int(length)))


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure that must be at least ``threshold``."""

    figure: FigureKey
    threshold: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to qualify: all of its conditions hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """A rung of the ladder; it is reached when any of its rules holds."""

    tier_id: int
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The tiers of a program, lowest first; the lowest is everybody's start."""

    tiers: tuple[Tier, ...]

    def rank(self, tier_id: int) -> int:
        """Return the position of a tier, 0 for the lowest.

        :raises ValueError: when the tier is not on this ladder
        """
        for position, tier in enumerate(self.tiers):
            if tier.tier_id == tier_id:
                return position
        raise ValueError(f"Tier {tier_id} is not on this ladder.")

    def figure_keys(self) -> tuple[FigureKey, ...]:
        """Return every figure that some condition asks for, each once, in order."""
        keys = {
            condition.figure: None
            for tier in self.tiers
            for rule in tier.rules
            for condition in rule.conditions
        }
        return tuple(keys)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands: the tier held and the last day it is promised."""

    tier_id: int
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a member; ``move`` is 'up', 'down', 'stay' or 'held'.

    'held' means the figures give a lower tier but the member keeps the present
    one, because falls are not due or the tier is still promised.
    """

    from_tier_id: int
    to_tier_id: int
    move: str


@dataclass(frozen=True, slots=True)
class Term:
    """How long a tier is promised once reached.

    ``months`` 0 means until the day before the next review, which comes every
    month on ``review_day`` (1 to 28).
    """

    months: int = 0
    review_day: int = field(default=1)

    def last_day(self, reached_on: date) -> date:
        """Return the last day a tier reached (or kept) on ``reached_on`` is promised.

        >>> Term().last_day(date(2011, 12, 9))
        datetime.date(2011, 12, 31)
        >>> Term(months=12).last_day(date(2011, 12, 9))
        datetime.date(2012, 12, 8)
        """
        if self.months:
            return add_months(reached_on, self.months) - timedelta(days=1)
        return next_day_of_month(reached_on, self.review_day) - timedelta(days=1)


def find_tier(figures: Mapping[FigureKey, Decimal], ladder: Ladder) -> Tier:
    """Return the highest tier that the figures give; a missing figure counts as 0."""
    for tier in reversed(ladder.tiers[1:]):
        if any(_holds(rule, figures) for rule in tier.rules):
            return tier
    return ladder.tiers[0]


def decide(
    figures: Mapping[FigureKey, Decimal],
    ladder: Ladder,
    standing: Standing,
    as_of: date,
    may_fall: bool = False,
) -> Decision:
    """Decide what becomes of one member on ``as_of``.

    A member rises at any time and falls only when falls are due (``may_fall``)
    and the tier held is no longer promised on that day.
    """
    reached = find_tier(figures, ladder).tier_id
    held = standing.tier_id
    if ladder.rank(reached) > ladder.rank(held):
        return Decision(held, reached, "up")
    if ladder.rank(reached) == ladder.rank(held):
        return Decision(held, held, "stay")
    promised = standing.valid_until is not None and standing.valid_until >= as_of
    if may_fall and not promised:
        return Decision(held, reached, "down")
    return Decision(held, held, "held")


def _holds(rule: Rule, figures: Mapping[FigureKey, Decimal]) -> bool:
    """Tell whether all conditions hold; a rule without conditions never does."""
    return bool(rule.conditions) and all(
        figures.get(condition.figure, Decimal(0)) >= condition.threshold
        for condition in rule.conditions
    )
