"""Which single order keeps a tier, and how likely purchases fall short of it.

A rule is looked at as of the review that would take the tier, when rolling windows
have left earlier orders behind. 600 of 1,000 are there, so an order of 400 does it:

>>> way = (Need("sum", Decimal(600), Decimal(1000)),)
>>> find_keeping_amount([way], Decimal("0.01"))
Decimal('400.00')

The chance rests on no theory about how people buy. It is the share of comparable
members whose purchases, in a span of the same length that is over, fell short of what
this member lacks, both measured by what each had bought in the year before: the
empirical distribution function, with the half that Jeffreys adds to either outcome
(Brown, Cai and DasGupta, Statistical Science 16, 2001, 101-133).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

ZERO = Decimal(0)
YEAR = 365
# What one more order does to a metric; it changes no other metric for certain.
EFFECTS = {
    "purchase_amount": "sum",
    "lifetime_value": "sum",
    "largest_order": "largest",
    "order_count": "count",
}
# Members are comparable who had about as many orders in the year before: none, 1,
# 2 or 3, 4 to 6, 7 to 12, more. A share of fewer than 50 is off by 14 % and more.
KINDS_FROM = (1, 2, 4, 7, 13)
ENOUGH = 50
AT_MOST = 400
EVERYBODY = -1
# purchases that come to exactly what is missing are enough
JUST_BELOW = 1 - 1e-9
# nothing about people is certain
LEAST, MOST = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class Need:
    """A condition: what was measured, what it asks for, what an order does to it.

    :param effect: 'sum' and 'largest' grow by the order's amount, 'count' by one, ''
        is left as it is
    :param below: whether the figure has to stay below the threshold
    """

    effect: str
    measured: Decimal
    threshold: Decimal
    below: bool = False

    @property
    def gap(self) -> Decimal:
        """Return what is missing, 0 when nothing is."""
        if self.below or self.measured >= self.threshold:
            return ZERO
        return self.threshold - self.measured

    def least(self) -> Decimal | None:
        """Return the smallest amount that is enough here, None when none can be."""
        measured = self.measured + (self.effect == "count")
        if self.below:
            return ZERO if measured < self.threshold else None
        if measured >= self.threshold:
            return ZERO
        match self.effect:
            case "sum":
                return self.threshold - measured
            case "largest":
                return self.threshold
        return None

    def most(self) -> Decimal | None:
        """Return the amount that an order has to stay below, None without a limit."""
        if not self.below or self.effect not in ("sum", "largest"):
            return None
        return self.threshold - (self.measured if self.effect == "sum" else ZERO)


def find_keeping_amount(ways: Iterable[Sequence[Need]], rounding: Decimal) -> Decimal:
    """Return the smallest amount of one order that keeps the tier, 0 when none can.

    :param ways: the rules of which any keeps it, as of the review
    :param rounding: of the company's currency, such as 0.01
    """
    amounts = [_least(way, rounding) for way in ways if way]
    return min((amount for amount in amounts if amount is not None), default=ZERO)


def _least(way: Sequence[Need], rounding: Decimal) -> Decimal | None:
    parts = [need.least() for need in way]
    if None in parts:
        return None
    steps = (max(parts) / rounding).to_integral_value(ROUND_CEILING)
    amount = max((steps * rounding).quantize(rounding), rounding)
    limits = (need.most() for need in way)
    if any(limit is not None and amount >= limit for limit in limits):
        return None
    return amount


@dataclass(frozen=True, slots=True)
class Year:
    """What a member bought in the 365 days before a day."""

    orders: float
    amount: float

    @property
    def kind(self) -> int:
        """Return which members this one is comparable with; 0 bought nothing."""
        return bisect_right(KINDS_FROM, self.orders) if self.amount > 0 else 0

    def scales(self, days: int) -> tuple[float, float]:
        """Return amount and orders that so many days had of that year; 1 of nothing."""
        if not self.kind:
            return 1.0, 1.0
        return self.amount * days / YEAR, self.orders * days / YEAR


@dataclass(frozen=True, slots=True)
class Spread:
    """What comparable members bought in a span, in multiples of their year's share."""

    amounts: tuple[float, ...]
    orders: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What became of members in a span of so many days that is over."""

    days: int
    spreads: Mapping[int, Spread]

    def loss_chance(self, ways: Iterable[Sequence[Need]], year: Year) -> float | None:
        """Return the chance that no way is gone, None when nobody is comparable.

        Amount and orders of a way are taken to come together, and of several ways the
        likeliest counts. The chance is of purchases alone: who needs something else
        by every way has 1.
        """
        spread = self.spreads.get(year.kind)
        if spread is None:
            return None
        per_amount, per_order = year.scales(self.days)
        misses = (
            _miss(way, spread, per_amount, per_order)
            for way in ways
            if way and _is_open(way)
        )
        return min(misses, default=1.0)


def _is_open(way: Sequence[Need]) -> bool:
    """Tell whether purchases alone can close the way."""
    return all(
        need.measured < need.threshold if need.below else need.effect or not need.gap
        for need in way
    )


def _miss(way, spread: Spread, per_amount: float, per_order: float) -> float:
    """Return the chance to fall short of the way."""
    worst = 0.0
    for need in way:
        if need.gap and need.effect == "count":
            share = share_below(spread.orders, float(need.gap) / per_order)
            worst = max(worst, share)
        elif need.gap:
            share = share_below(spread.amounts, float(need.gap) / per_amount)
            worst = max(worst, share)
    return worst


def share_below(told: Sequence[float], value: float) -> float:
    """Return the share of a spread that lies below a value, within 1 and 99 percent.

    >>> share_below([0.0, 0.0, 1.0, 2.0], 1.0)
    0.5
    """
    share = (bisect_right(told, value * JUST_BELOW) + 0.5) / (len(told) + 1)
    return min(MOST, max(LEAST, share))


def find_spans(first: date, today: date, days: int) -> tuple[date, ...]:
    """Return the first days of the spans to compare with, which are over.

    The last so many days, and because a year has seasons the same days a year ago; a
    span counts whose past in the journal is at least as long.

    >>> [str(day) for day in find_spans(date(2009, 12, 1), date(2011, 6, 12), 180)]
    ['2010-12-15', '2010-06-13']

    :param first: the first day with a purchase
    :param days: length of the span that is to come
    """
    starts = (
        today - timedelta(days=days - 1),
        today - timedelta(days=YEAR - 1),
    )
    return tuple(
        start for start in dict.fromkeys(starts) if (start - first).days >= days
    )


def learn(histories: Iterable[tuple[Year, float, float]], days: int) -> Reference:
    """Return what became of members, by what they had bought in the year before.

    Kinds with too few members are told by all who had bought in that year.

    :param histories: of each member the year before the span, and orders and amount in
        the span
    :param days: length of the span
    """
    amounts, orders = {}, {}
    for year, later_orders, later_amount in histories:
        per_amount, per_order = year.scales(days)
        for kind in (year.kind, EVERYBODY) if year.kind else (0,):
            amounts.setdefault(kind, []).append(later_amount / per_amount)
            orders.setdefault(kind, []).append(later_orders / per_order)
    spreads = {
        kind: Spread(_thin(amounts[kind]), _thin(orders[kind]))
        for kind in amounts
        if len(amounts[kind]) >= ENOUGH
    }
    everybody = spreads.pop(EVERYBODY, None)
    if everybody:
        for kind in range(1, len(KINDS_FROM) + 1):
            spreads.setdefault(kind, everybody)
    return Reference(days, spreads)


def _thin(values: list[float]) -> tuple[float, ...]:
    """Return the values in order, or so many quantiles of them."""
    values.sort()
    count = len(values)
    if count <= AT_MOST:
        return tuple(values)
    return tuple(values[(2 * n + 1) * count // (2 * AT_MOST)] for n in range(AT_MOST))
