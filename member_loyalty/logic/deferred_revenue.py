"""How much of a sale belongs to the points given with it, and when it is revenue.

The relative stand-alone selling price method of IFRS 15 (B39 to B43, Illustrative
Example 52) and, word for word the same, of ASC 606-10-55-41 to 45: the price of a
sale is shared between products and points by what each would cost alone, a point being
worth its price times the chance that it is ever used. The share of the points is
deferred. It becomes revenue as points are redeemed, in proportion to all that are
expected to be; another estimate is caught up with at once.

The shares of the price are fixed when the points are given. Only the expected number
changes later. KPMG's worked example (Revenue: IFRS 15 handbook, Examples 10A and 10B)
rounds the selling price ratio to whole percent, which ``ratio_places`` does:

>>> sold = allocate(Decimal(100000), Decimal(100000), Decimal(9700), ratio_places=2)
>>> int(sold.products), int(sold.points)
(91000, 9000)
>>> first = recognised(sold.points, Decimal(4500), Decimal(9700))
>>> round(first), round(recognised(sold.points, Decimal(8500), Decimal(9900)) - first)
(4175, 3552)
>>> round(recognised(sold.points, Decimal(8500), Decimal(9200)) - first)
4140
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NOTHING = Decimal(0)
ALL = Decimal(1)


@dataclass(frozen=True, slots=True)
class Shares:
    """What of a price is for the products, and what for the points given with them."""

    products: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Given:
    """Points that were given since the last time, and the sales they came with.

    ``with_sales``: points that orders earned. ``otherwise``: points nobody bought
    anything for, such as for a birthday. Both can be negative: taken back.
    """

    sales: Decimal
    with_sales: Decimal
    otherwise: Decimal = NOTHING

    def since(self, before: "Given") -> "Given":
        """Return what was given since: both are sums from the beginning."""
        return Given(
            self.sales - before.sales,
            self.with_sales - before.with_sales,
            self.otherwise - before.otherwise,
        )


@dataclass(frozen=True, slots=True)
class Deferral:
    """What was deferred for points so far, and what of it is owed still.

    ``issued``: points given, less those taken back. ``deferred``: the share of the
    sales that belongs to them. ``redeemed``: points used. ``expected``: points that
    will have been used in the end, those used already included.
    """

    issued: Decimal = NOTHING
    deferred: Decimal = NOTHING
    redeemed: Decimal = NOTHING
    expected: Decimal = NOTHING

    @property
    def recognised(self) -> Decimal:
        """Return what is revenue so far."""
        return recognised(self.deferred, self.redeemed, self.expected)

    @property
    def owed(self) -> Decimal:
        """Return what is deferred still."""
        return self.deferred - self.recognised


def stand_alone(points: Decimal, value: Decimal, share: Decimal = ALL) -> Decimal:
    """Return what points would cost alone.

    :param value: of one point
    :param share: of the points that is expected to be redeemed, 0 to 1
    """
    return points * value * share


def allocate(
    price: Decimal,
    products: Decimal,
    points: Decimal,
    ratio_places: int | None = None,
) -> Shares:
    """Share a price by stand-alone prices.

    :param price: what was paid
    :param products: what the products cost alone
    :param points: what the points cost alone, see :func:`stand_alone`
    :param ratio_places: decimal places to which the points' ratio is rounded
    """
    total = products + points
    ratio = points / total if total > 0 else NOTHING
    if ratio_places is not None:
        ratio = ratio.quantize(Decimal(1).scaleb(-ratio_places), ROUND_HALF_UP)
    return Shares(price - price * ratio, price * ratio)


def recognised(deferred: Decimal, redeemed: Decimal, expected: Decimal) -> Decimal:
    """Return what is revenue once ``redeemed`` points were used.

    All of it when no more are expected to be used than were.
    """
    if redeemed >= expected:
        return deferred
    return deferred * max(redeemed, NOTHING) / expected


def go_on(
    before: Deferral,
    given: Given,
    value: Decimal,
    share: Decimal,
    redeemed: Decimal,
    expected_open: Decimal,
) -> Deferral:
    """Return how the deferral stands after more points were given and used.

    :param given: what came since ``before``
    :param value: of one point
    :param share: of new points that is expected to be redeemed, 0 to 1
    :param redeemed: points used so far, in all
    :param expected_open: of the points that are open, how many will be used
    """
    deferred = before.deferred
    added = given.with_sales + given.otherwise
    if added < 0:
        kept = before.issued + added
        deferred = (
            deferred * max(kept, NOTHING) / before.issued if kept > 0 else NOTHING
        )
    else:
        deferred += _defer(given, value, share)
    return Deferral(
        before.issued + added,
        deferred,
        max(redeemed, NOTHING),
        max(redeemed, NOTHING) + max(expected_open, NOTHING),
    )


def _defer(given: Given, value: Decimal, share: Decimal) -> Decimal:
    """Return what new points defer: a share of their sales, or their own value."""
    bought = stand_alone(max(given.with_sales, NOTHING), value, share)
    sales = max(given.sales, NOTHING)
    of_sales = allocate(sales, sales, bought).points
    net = given.otherwise + min(given.with_sales, NOTHING)
    return of_sales + max(stand_alone(net, value, share), NOTHING)
