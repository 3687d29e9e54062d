"""The ladder of a program: tiers, the rules to enter and to keep them.

>>> spend = FigureKey.from_code("purchase_amount:rolling_months:12")
>>> silver = Tier(2, (Rule((Condition(spend, Decimal(1000)),)),))
>>> ladder = Ladder((Tier(1), silver))
>>> ladder.entered_rank({spend: Decimal("1000.00")})
1
>>> ladder_from_data(ladder_to_data(ladder)) == ladder
True
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from .figures import FigureKey

AT_LEAST = ">="
BELOW = "<"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure that must be at least ``threshold``, or below it."""

    figure: FigureKey
    threshold: Decimal
    operator: str = AT_LEAST

    def holds(self, figures: Mapping[FigureKey, Decimal]) -> bool:
        """Tell whether the condition holds; a missing figure counts as 0."""
        measured = figures.get(self.figure, ZERO)
        if self.operator == BELOW:
            return measured < self.threshold
        return measured >= self.threshold


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to qualify: all of its conditions hold."""

    conditions: tuple[Condition, ...]

    def holds(self, figures: Mapping[FigureKey, Decimal]) -> bool:
        """Tell whether all conditions hold; a rule without conditions never does."""
        return bool(self.conditions) and all(
            condition.holds(figures) for condition in self.conditions
        )

    def over_all_time(self) -> "Rule":
        """Return the rule with every figure measured since ever."""
        return Rule(
            tuple(
                replace(condition, figure=condition.figure.over_all_time())
                for condition in self.conditions
            )
        )


@dataclass(frozen=True, slots=True)
class Tier:
    """A rung of the ladder; it is entered when any of its rules holds.

    Without rules of its own to keep it, whoever could enter it keeps it. Who holds
    a lifetime tier keeps it as long as its rules hold over all time, so that only
    what is taken back can cost it.
    """

    tier_id: int
    rules: tuple[Rule, ...] = ()
    keep_rules: tuple[Rule, ...] = ()
    lifetime: bool = False

    @property
    def keeping(self) -> tuple[Rule, ...]:
        """Return the rules of which any keeps the tier, beside those to enter it."""
        if self.lifetime:
            return tuple(rule.over_all_time() for rule in self.rules)
        return self.keep_rules


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

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition, to enter and to keep."""
        for tier in self.tiers:
            for rule in (*tier.rules, *tier.keeping):
                yield from rule.conditions

    def figure_keys(self) -> tuple[FigureKey, ...]:
        """Return every figure that some condition asks for, each once, in order."""
        return tuple(dict.fromkeys(one.figure for one in self.conditions()))

    def entered_rank(self, figures: Mapping[FigureKey, Decimal]) -> int:
        """Return the highest rank whose rules to enter hold, 0 for none."""
        ranks = reversed(range(1, len(self.tiers)))
        return next((r for r in ranks if _any(self.tiers[r].rules, figures)), 0)

    def kept_rank(self, figures: Mapping[FigureKey, Decimal], held: int) -> int:
        """Return the highest rank up to ``held`` that can be kept, 0 for none."""
        for rank in range(held, 0, -1):
            tier = self.tiers[rank]
            if _any((*tier.rules, *tier.keeping), figures):
                return rank
        return 0

    def accelerated(self, factors: Mapping[int, Decimal]) -> "Ladder":
        """Return the ladder with the thresholds to enter tiers multiplied.

        :param factors: by tier id, such as 0.5 for half of everything
        """
        return Ladder(
            tuple(
                _accelerate(tier, factors[tier.tier_id])
                if tier.tier_id in factors
                else tier
                for tier in self.tiers
            )
        )


def _any(rules: tuple[Rule, ...], figures: Mapping[FigureKey, Decimal]) -> bool:
    return any(rule.holds(figures) for rule in rules)


def _accelerate(tier: Tier, factor: Decimal) -> Tier:
    """Return a tier whose thresholds to reach are multiplied, not those to keep."""
    kept = tier.keeping or tier.rules
    return Tier(
        tier.tier_id,
        tuple(
            Rule(
                tuple(
                    replace(condition, threshold=condition.threshold * factor)
                    if condition.operator == AT_LEAST
                    else condition
                    for condition in rule.conditions
                )
            )
            for rule in tier.rules
        ),
        kept,
    )


def ladder_to_data(ladder: Ladder) -> list[dict[str, Any]]:
    """Return a ladder as plain data, to keep and to compare."""
    return [
        {
            "tier_id": tier.tier_id,
            "rules": _rules_to_data(tier.rules),
            "keep_rules": _rules_to_data(tier.keep_rules),
            "lifetime": tier.lifetime,
        }
        for tier in ladder.tiers
    ]


def _rules_to_data(rules: tuple[Rule, ...]) -> list[list[list[str]]]:
    return [
        [
            [condition.figure.code, condition.operator, str(condition.threshold)]
            for condition in rule.conditions
        ]
        for rule in rules
    ]


def ladder_from_data(data: list[dict[str, Any]]) -> Ladder:
    """Return the ladder that plain data says."""
    return Ladder(
        tuple(
            Tier(
                tier["tier_id"],
                _rules_from_data(tier["rules"]),
                _rules_from_data(tier["keep_rules"]),
                tier["lifetime"],
            )
            for tier in data
        )
    )


def _rules_from_data(data: list[list[list[str]]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            tuple(
                Condition(FigureKey.from_code(code), Decimal(threshold), operator)
                for code, operator, threshold in rule
            )
        )
        for rule in data
    )
