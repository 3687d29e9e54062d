"""How many points an order earns, by which rules.

Rules add up; multipliers multiply what the rules for amounts give. The same function
serves the hint in the cart and the entry that is booked.

>>> from datetime import date
>>> monday = date(2026, 3, 16)
>>> base = EarningRule(1, "amount", points=Decimal(1), amount_step=Decimal(10))
>>> lamps = frozenset({8})
>>> double = EarningRule(2, "multiplier", factor=Decimal(2), category_ids=lamps)
>>> lamp = Line(11, Decimal(250), 8)
>>> desk = Line(12, Decimal(100), 9)
>>> purchase = Purchase(monday, (lamp, desk))
>>> earning = earn((base, double), purchase)
>>> targets(earning, purchase)
{1: Decimal('60')}
>>> returned = Line(11, Decimal(250), 8, credited=Decimal(250))
>>> targets(earning, Purchase(monday, (returned, desk)))
{1: Decimal('10')}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from math import prod

ZERO = Decimal(0)
EVERY_DAY = frozenset(range(7))
FIXED = frozenset({"order", "first_order"})


@dataclass(frozen=True, slots=True)
class EarningRule:
    """A rule as a manager wrote it; empty restrictions restrict nothing.

    ``points`` for each ``amount_step`` of the amount, or for the order; ``factor``
    of a multiplier; amounts in the program's currency. ``weekdays``: 0 is Monday.
    """

    rule_id: int
    kind: str
    points: Decimal = ZERO
    amount_step: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    minimum_amount: Decimal = ZERO
    tier_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()
    category_ids: frozenset[int] = frozenset()
    date_from: date | None = None
    date_to: date | None = None
    weekdays: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Line:
    """What a line comes to in the program's currency, and what was credited of it."""

    line_id: int
    amount: Decimal
    category_id: int | None = None
    credited: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order of one member on the company's day."""

    day: date
    lines: tuple[Line, ...]
    tier_id: int | None = None
    tag_ids: frozenset[int] = frozenset()
    is_first: bool = False

    @property
    def amount(self) -> Decimal:
        """What the order comes to, before credit notes."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def kept_share(self) -> Decimal:
        """The part of the order that was not credited, from 0 to 1."""
        amount = self.amount
        if amount <= 0:
            return Decimal(1)
        credited = sum((line.credited for line in self.lines), ZERO)
        return max(ZERO, (amount - credited) / amount)


@dataclass(frozen=True, slots=True)
class Rounding:
    """How points are rounded: to which unit, down or to the nearest."""

    unit: Decimal = Decimal(1)
    down: bool = True

    def of(self, points: Decimal) -> Decimal:
        """Round points."""
        mode = ROUND_DOWN if self.down else ROUND_HALF_UP
        return (points / self.unit).quantize(Decimal(1), mode) * self.unit


@dataclass(frozen=True, slots=True)
class Earning:
    """What an order earns, frozen when it is confirmed.

    ``rates``: points for one unit of currency, by rule and line; ``fixed``: points of
    rules that look at the whole order; ``room``: the most a rule may still give.
    """

    rates: Mapping[int, Mapping[int, Decimal]] = field(default_factory=dict)
    fixed: Mapping[int, Decimal] = field(default_factory=dict)
    room: Mapping[int, Decimal] = field(default_factory=dict)


def earn(
    rules: Iterable[EarningRule],
    purchase: Purchase,
    room: Mapping[int, Decimal] | None = None,
    stacked: bool = False,
) -> Earning:
    """Say what an order earns.

    :param room: points that rules with a limit may still give this member
    :param stacked: several multipliers multiply each other; else the highest counts
    """
    rules = [rule for rule in rules if applies(rule, purchase)]
    factors = [rule for rule in rules if rule.kind == "multiplier"]
    rates = {
        rule.rule_id: {
            line.line_id: rule.points
            / rule.amount_step
            * _factor(factors, line, stacked)
            for line in purchase.lines
            if concerns(rule, line)
        }
        for rule in rules
        if rule.kind == "amount"
    }
    fixed = {
        rule.rule_id: rule.points
        for rule in rules
        if rule.kind in FIXED
        and (rule.kind == "order" or purchase.is_first)
        and any(concerns(rule, line) and line.amount > 0 for line in purchase.lines)
    }
    given = rates.keys() | fixed.keys()
    room = {key: left for key, left in (room or {}).items() if key in given}
    return Earning(rates, fixed, room)


def applies(rule: EarningRule, purchase: Purchase) -> bool:
    """Tell whether a rule speaks of this member, day and order."""
    return (
        (not rule.tier_ids or purchase.tier_id in rule.tier_ids)
        and (not rule.tag_ids or bool(purchase.tag_ids & rule.tag_ids))
        and (rule.date_from is None or rule.date_from <= purchase.day)
        and (rule.date_to is None or purchase.day <= rule.date_to)
        and purchase.day.weekday() in rule.weekdays
        and purchase.amount >= rule.minimum_amount
    )


def concerns(rule: EarningRule, line: Line) -> bool:
    """Tell whether a rule speaks of the product of a line."""
    return not rule.category_ids or line.category_id in rule.category_ids


def targets(
    earning: Earning, purchase: Purchase, rounding: Rounding = Rounding()
) -> dict[int, Decimal]:
    """Say how many points each rule gives for the order as it stands now.

    Credit notes take back their share of what was earned: cumulatively, so that any
    number of them in any order takes back the same, and all of it in the end.
    """
    given = {}
    for rule_id, rates in earning.rates.items():
        full = _weigh(rates, purchase.lines, credited=False)
        kept = _weigh(rates, purchase.lines, credited=True)
        share = kept / full if full > 0 else ZERO
        given[rule_id] = _limit(earning, rule_id, rounding.of(full), share, rounding)
    for rule_id, points in earning.fixed.items():
        share = purchase.kept_share if purchase.amount > 0 else ZERO
        given[rule_id] = _limit(earning, rule_id, points, share, rounding)
    return given


def _factor(rules, line, stacked):
    """Return by how much multipliers multiply what a line earns."""
    factors = [rule.factor for rule in rules if concerns(rule, line)]
    if not factors:
        return Decimal(1)
    return prod(factors) if stacked else max(factors)


def _weigh(rates, lines, credited):
    return sum(
        (
            rates.get(line.line_id, ZERO) * (line.amount - credited * line.credited)
            for line in lines
        ),
        ZERO,
    )


def _limit(earning, rule_id, points, share, rounding):
    points = min(points, earning.room.get(rule_id, points))
    return max(ZERO, rounding.of(points * min(share, Decimal(1))))
