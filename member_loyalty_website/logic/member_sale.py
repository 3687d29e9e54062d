"""Which line of a cart gets the price of a member sale, and what is left of it.

>>> lamps = Sale(1, percent=Decimal(20), left=Decimal(2))
>>> wanted = Wanted(9, Decimal(2), normal=Decimal(100), own=Decimal(90), sales=(1,))
>>> choose([wanted], [lamps])
[Choice(line=9, sale=1, price=Decimal('80'), short_of=0, left=None)]

The lower price holds, that of the sale or that of the tier, never both together.

>>> wanted = Wanted(9, Decimal(2), normal=Decimal(100), own=Decimal(70), sales=(1,))
>>> choose([wanted], [lamps])
[Choice(line=9, sale=0, price=Decimal('70'), short_of=0, left=None)]
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale that a buyer may take part in.

    :param percent: what it takes off the normal price, in percent
    :param fixed: the price of a unit instead, in the currency of the cart
    :param left: how many units this buyer can still have at its price; None is any
        number
    """

    sale: int
    percent: Decimal = Decimal(0)
    fixed: Decimal | None = None
    left: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of a cart.

    :param quantity: in the product's own unit of measure
    :param normal: what a unit of the line costs whoever is no member
    :param own: what it costs this buyer without the sale
    :param factor: units of the product in a unit of the line, for fixed prices
    :param sales: those that its product is part of
    """

    line: int
    quantity: Decimal
    normal: Decimal
    own: Decimal
    sales: tuple[int, ...]
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Choice:
    """The price of a line.

    :param sale: by which sale; 0 for none
    :param short_of: the sale that would be cheaper and has not enough left; 0 for none
    :param left: how many of that one there are
    """

    line: int
    sale: int
    price: Decimal
    short_of: int = 0
    left: Decimal | None = None


def sale_price(sale: Sale, normal: Decimal, factor: Decimal = Decimal(1)) -> Decimal:
    """Return what a unit costs in a sale; never less than nothing.

    >>> sale_price(Sale(1, fixed=Decimal(50)), Decimal(100), factor=Decimal(12))
    Decimal('600')
    """
    if sale.fixed is not None:
        return max(sale.fixed * factor, Decimal(0))
    return max(normal * (100 - sale.percent) / 100, Decimal(0))


def choose(lines: Iterable[Wanted], sales: Iterable[Sale]) -> list[Choice]:
    """Return the price of each line, in their order.

    The cheapest sale with enough left for the whole line gives the price, if it is
    below the buyer's own; of equal ones that with the lowest number. What a line takes
    is not there for the next one.
    """
    known = {sale.sale: sale for sale in sales}
    left = {sale.sale: sale.left for sale in known.values()}
    return [_choose_one(line, known, left) for line in lines]


def _choose_one(line, known, left):
    """Return the price of a line, and take it off what is left."""
    offers = sorted(
        (sale_price(known[one], line.normal, line.factor), one)
        for one in line.sales
        if one in known
    )
    short_of, short_left = 0, None
    for price, one in offers:
        if price >= line.own:
            break
        remaining = left[one]
        if remaining is None or remaining >= line.quantity:
            if remaining is not None:
                left[one] = remaining - line.quantity
            return Choice(line.line, one, price, short_of, short_left)
        if not short_of:
            short_of, short_left = one, remaining
    return Choice(line.line, 0, line.own, short_of, short_left)


def left_for(
    limit: Decimal,
    taken: Decimal,
    limit_per_member: Decimal,
    taken_by_member: Decimal,
    own: Decimal = Decimal(0),
) -> Decimal | None:
    """Return how many units a member can still have; None is any number.

    :param limit: of the sale in all, 0 without one; likewise ``limit_per_member``
    :param own: what is kept for the member's cart at hand, which is theirs already

    >>> left_for(Decimal(50), Decimal(49), Decimal(5), Decimal(2), own=Decimal(2))
    Decimal('3')
    """
    rooms = []
    if limit:
        rooms.append(max(limit - taken, Decimal(0)) + own)
    if limit_per_member:
        rooms.append(max(limit_per_member - taken_by_member, Decimal(0)) + own)
    return min(rooms, default=None)


def state_of(
    now: datetime, begins: datetime, ends: datetime, limit: Decimal, taken: Decimal
) -> str:
    """Return "coming", "running", "sold_out" or "over"; the end is not included.

    >>> noon = datetime(2026, 3, 15, 12)
    >>> state_of(noon, noon, datetime(2026, 3, 16), Decimal(5), Decimal(5))
    'sold_out'
    """
    if now >= ends:
        return "over"
    if now < begins:
        return "coming"
    return "sold_out" if limit and taken >= limit else "running"
