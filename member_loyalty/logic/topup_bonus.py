"""Which bonus a top-up earns: the highest rule that its amount reaches.

>>> fifty = BonusRule(1, Decimal(500), Decimal(50), every_full=True)
>>> more = BonusRule(2, Decimal(2000), Decimal(300))
>>> [(won.rule_id, int(won.bonus)) for won in choose((fifty, more), Decimal(1499))]
[(1, 100)]
>>> [(won.rule_id, int(won.bonus)) for won in choose((fifty, more), Decimal(2000))]
[(2, 300)]
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class BonusRule:
    """What topping up at least an amount gives.

    ``kind``: money on the same card, or points in the member's wallet.
    ``every_full``: the bonus is given once for every full ``from_amount``.
    ``last_day`` is included.
    """

    rule_id: int
    from_amount: Decimal
    bonus: Decimal
    kind: str = "money"
    every_full: bool = False
    once: bool = False
    first_day: date | None = None
    last_day: date | None = None

    def is_valid(self, day: date) -> bool:
        """Tell whether the rule holds on a day."""
        return (self.first_day or day) <= day <= (self.last_day or day)

    def bonus_of(self, amount: Decimal) -> Decimal:
        """Return what topping up ``amount`` gives by this rule alone."""
        if amount < self.from_amount or amount <= 0:
            return NOTHING
        if not self.every_full or self.from_amount <= 0:
            return self.bonus
        return self.bonus * (amount / self.from_amount).to_integral_value(ROUND_DOWN)


@dataclass(frozen=True, slots=True)
class Bonus:
    """A bonus that was won: how much, of what, by which rule."""

    rule_id: int
    kind: str
    bonus: Decimal


def choose(
    rules: Iterable[BonusRule],
    amount: Decimal,
    day: date | None = None,
    used: Collection[int] = (),
) -> tuple[Bonus, ...]:
    """Choose what a top-up of ``amount`` gives: at most one bonus of each kind.

    Of the rules the amount reaches, the one that asks for most counts; of equals the
    one that gives most, then the first.

    :param used: ids of rules the member had before; they give nothing if ``once``
    """
    reached = [
        rule
        for rule in rules
        if (day is None or rule.is_valid(day))
        and not (rule.once and rule.rule_id in used)
        and rule.bonus_of(amount) > 0
    ]
    best: dict[str, BonusRule] = {}
    for rule in sorted(reached, key=lambda rule: _rank(rule, amount)):
        best.setdefault(rule.kind, rule)
    return tuple(
        Bonus(rule.rule_id, rule.kind, rule.bonus_of(amount)) for rule in best.values()
    )


def keep(bonus: Decimal, topped_up: Decimal, taken_back: Decimal) -> Decimal:
    """Return what is left of a bonus when a part of the top-up is taken back.

    In proportion, in hundredths, rounded down; all or nothing at the ends.
    """
    if topped_up <= 0:
        return NOTHING
    left = max(topped_up - taken_back, NOTHING) / topped_up
    return (bonus * min(left, Decimal(1))).quantize(Decimal("0.01"), ROUND_DOWN)


def _rank(rule, amount):
    return (-rule.from_amount, -rule.bonus_of(amount), rule.rule_id)
