"""How far a member is from the next tier, and what is missing.

>>> from .ladder import Tier
>>> spend = FigureKey.from_code("purchase_amount:rolling_months:12")
>>> silver = Tier(2, (Rule((Condition(spend, Decimal(1000)),)),))
>>> progress = missing_for_next({spend: Decimal(400)}, Ladder((Tier(1), silver)), 1)
>>> progress.tier_id, progress.share, progress.ways[0].gaps[0].missing
(2, Decimal('0.4'), Decimal('600'))
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .figures import FigureKey
from .ladder import BELOW, Condition, Ladder, Rule

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Gap:
    """One condition: what was measured and what is missing to its threshold."""

    condition: Condition
    measured: Decimal

    @property
    def missing(self) -> Decimal:
        """Return what is missing (or too much), 0 when the condition holds."""
        distance = self.condition.threshold - self.measured
        if self.condition.operator == BELOW:
            return max(ZERO, -distance)
        return max(ZERO, distance)

    @property
    def holds(self) -> bool:
        """Tell whether the condition is met."""
        return self.condition.holds({self.condition.figure: self.measured})

    @property
    def share(self) -> Decimal:
        """Return how much of the threshold is reached, from 0 to 1."""
        if self.condition.operator == BELOW:
            return ONE if self.holds else ZERO
        return min(ONE, max(ZERO, self.measured) / self.condition.threshold)


@dataclass(frozen=True, slots=True)
class Way:
    """One rule of the next tier, condition by condition; all must be closed."""

    gaps: tuple[Gap, ...]

    @property
    def share(self) -> Decimal:
        """Return how much of the way is gone: that of the widest gap."""
        return min((gap.share for gap in self.gaps), default=ZERO)


@dataclass(frozen=True, slots=True)
class Progress:
    """The next tier and the ways to it, the shortest first."""

    tier_id: int
    ways: tuple[Way, ...]

    @property
    def share(self) -> Decimal:
        """Return how much of the shortest way is gone, from 0 to 1."""
        return self.ways[0].share if self.ways else ZERO


def missing_for_next(
    figures: Mapping[FigureKey, Decimal], ladder: Ladder, tier_id: int
) -> Progress | None:
    """Return what is missing for the tier above the one held, None at the top.

    :raises ValueError: when the tier held is not on the ladder
    """
    rank = ladder.rank(tier_id)
    if rank + 1 == len(ladder.tiers):
        return None
    following = ladder.tiers[rank + 1]
    ways = [measure(rule, figures) for rule in following.rules if rule.conditions]
    ways.sort(key=lambda way: way.share, reverse=True)
    return Progress(following.tier_id, tuple(ways))


def measure(rule: Rule, figures: Mapping[FigureKey, Decimal]) -> Way:
    """Measure every condition of a rule; a missing figure counts as 0."""
    return Way(
        tuple(
            Gap(condition, figures.get(condition.figure, ZERO))
            for condition in rule.conditions
        )
    )
