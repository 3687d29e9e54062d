"""Why a tier is given, or what to keep it is missing: condition by condition.

>>> from decimal import Decimal
>>> from .figures import FigureKey
>>> from .ladder import Condition, Rule, Tier
>>> spend = FigureKey.from_code("purchase_amount:rolling_months:12")
>>> silver = Tier(2, (Rule((Condition(spend, Decimal(1000)),)),))
>>> [reason] = explain(
...     {spend: Decimal(400)}, Ladder((Tier(1), silver)), 2, date(2026, 3, 15))
>>> reason.gap.missing, reason.days.first, reason.gap.holds
(Decimal('600'), datetime.date(2025, 3, 16), False)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .figures import FigureKey
from .ladder import Ladder
from .tier_progress import Gap, Way, measure
from .windows import Days


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of one rule of a tier, as it was on the day.

    :param purpose: "enter" or "keep"
    :param way: the number of the rule, from 1; conditions of one rule belong together
    :param days: the days that were looked at
    """

    tier_id: int
    purpose: str
    way: int
    gap: Gap
    days: Days


def explain(
    figures: Mapping[FigureKey, Decimal],
    ladder: Ladder,
    tier_id: int,
    as_of: date,
    joined_on: date | None = None,
) -> tuple[Reason, ...]:
    """Return every condition of a tier's rules with what was measured.

    :raises ValueError: when the tier is not on the ladder
    """
    tier = ladder.tiers[ladder.rank(tier_id)]
    rules = [("enter", rule) for rule in tier.rules]
    rules += [("keep", rule) for rule in tier.keeping]
    return tuple(
        Reason(
            tier_id,
            purpose,
            number,
            gap,
            gap.condition.figure.window.days_as_of(as_of, joined_on),
        )
        for number, (purpose, rule) in enumerate(rules, 1)
        for gap in measure(rule, figures).gaps
    )


def find_decisive(
    figures: Mapping[FigureKey, Decimal], ladder: Ladder, tier_id: int, keeps: bool
) -> Way | None:
    """Return the rule that gives the tier, or else the one that is nearest to it.

    :param keeps: whether rules to keep the tier count as well
    :return: None for a tier without rules, as the lowest
    """
    tier = ladder.tiers[ladder.rank(tier_id)]
    rules = (*tier.rules, *(tier.keeping if keeps else ()))
    ways = [measure(rule, figures) for rule in rules if rule.conditions]
    return max(ways, key=_nearness, default=None)


def _nearness(way: Way) -> tuple[bool, Decimal]:
    return all(gap.holds for gap in way.gaps), way.share
