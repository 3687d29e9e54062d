"""What makes a ladder senseless: a tier that comes with the one below it.

>>> from .figures import FigureKey
>>> from decimal import Decimal
>>> from .ladder import Condition, Tier
>>> spend = FigureKey.from_code("purchase_amount:rolling_months:12")
>>> def tier(tier_id, amount):
...     return Tier(tier_id, (Rule((Condition(spend, Decimal(amount)),)),))
>>> find_flaws(Ladder((Tier(1), tier(2, 1000), tier(3, 1000))))
(Flaw(lower_tier_id=2, higher_tier_id=3),)
>>> find_flaws(Ladder((Tier(1), tier(2, 1000), tier(3, 5000))))
()
"""

from dataclasses import dataclass
from itertools import combinations

from .ladder import AT_LEAST, Condition, Ladder, Rule


@dataclass(frozen=True, slots=True)
class Flaw:
    """Whoever reaches the lower tier reaches the higher one at once."""

    lower_tier_id: int
    higher_tier_id: int


def find_flaws(ladder: Ladder) -> tuple[Flaw, ...]:
    """Return the pairs of tiers of which a rule to enter the lower gives the higher."""
    return tuple(
        Flaw(lower.tier_id, higher.tier_id)
        for lower, higher in combinations(ladder.tiers[1:], 2)
        if any(_gives(rule, other) for rule in lower.rules for other in higher.rules)
    )


def _gives(rule: Rule, other: Rule) -> bool:
    """Tell whether ``other`` holds whenever ``rule`` holds."""
    return bool(other.conditions) and all(
        any(_implies(condition, wanted) for condition in rule.conditions)
        for wanted in other.conditions
    )


def _implies(condition: Condition, wanted: Condition) -> bool:
    """Tell whether a condition on the same figure is at least as strict."""
    if (condition.figure, condition.operator) != (wanted.figure, wanted.operator):
        return False
    if condition.operator == AT_LEAST:
        return condition.threshold >= wanted.threshold
    return condition.threshold <= wanted.threshold
