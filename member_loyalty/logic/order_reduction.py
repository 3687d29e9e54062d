"""A reduction of an order, shared among the taxes of what is bought.

>>> share(Decimal(10), {(1,): Decimal(75), (2,): Decimal(25)}, Decimal("0.01"))
{(1,): Decimal('7.50'), (2,): Decimal('2.50')}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)
Taxes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reduction:
    """What is taken off, in the order's currency.

    :param percent: of what is bought; 0 when it is an amount
    :param amount: the amount; 0 when it is a percentage
    :param cap: never more than this; 0 is no cap
    :param minimum: only when at least this is bought
    """

    percent: Decimal = ZERO
    amount: Decimal = ZERO
    cap: Decimal = ZERO
    minimum: Decimal = ZERO


def reduction_of(
    reduction: Reduction, bought: Decimal, payable: Decimal, unit: Decimal
) -> Decimal:
    """Return what is taken off an order: never more than there is to pay.

    :param bought: what the reduction holds for comes to
    :param payable: what the order comes to without it, such as after coupons
    :param unit: the smallest unit of the currency

    >>> five = Reduction(percent=Decimal(5), cap=Decimal(20), minimum=Decimal(100))
    >>> cent = Decimal("0.01")
    >>> [reduction_of(five, Decimal(x), Decimal(x), cent) for x in (99, 100, 900)]
    [Decimal('0'), Decimal('5.00'), Decimal('20.00')]
    """
    if bought <= ZERO or bought < reduction.minimum:
        return ZERO
    wanted = reduction.amount + bought * reduction.percent / HUNDRED
    if reduction.cap:
        wanted = min(wanted, reduction.cap)
    wanted = (wanted / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    return max(min(wanted, bought, payable), ZERO)


def share(
    total: Decimal, bought: Mapping[Taxes, Decimal], unit: Decimal
) -> dict[Taxes, Decimal]:
    """Share a reduction among tax combinations in proportion, to the last unit.

    The shares come to the total, and none is more than what was bought with it.

    :param total: a number of units, at most what was bought
    :param bought: what comes to more than nothing, by tax ids, in whole units
    :param unit: the smallest unit of the currency
    """
    whole = sum(bought.values(), ZERO)
    if not whole or not total:
        return {}
    exact = {taxes: total * amount / whole / unit for taxes, amount in bought.items()}
    shares = {
        taxes: part.quantize(Decimal(1), ROUND_DOWN) for taxes, part in exact.items()
    }
    left = int((total / unit).quantize(Decimal(1)) - sum(shares.values(), ZERO))
    by_remainder = sorted(
        exact, key=lambda taxes: (shares[taxes] - exact[taxes], taxes)
    )
    for taxes in by_remainder[:left]:
        shares[taxes] += 1
    return {taxes: units * unit for taxes, units in shares.items() if units}
