"""Amounts for a company that is larger or smaller than a preset had in mind.

>>> scale(Decimal(500000), Decimal("0.127"))
Decimal('64000')
"""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = 2
ONE = Decimal(1)
CENT = Decimal("0.01")


def scale(amount: Decimal, factor: Decimal) -> Decimal:
    """Return ``amount`` times ``factor``, as a round amount of two digits.

    A factor of 1 leaves the amount as it is. Nothing becomes less than a cent.

    >>> scale(Decimal(125000), ONE), scale(Decimal(125000), Decimal(10))
    (Decimal('125000'), Decimal('1300000'))
    """
    if factor == ONE:
        return amount
    product = amount * factor
    digit = Decimal(10) ** (product.adjusted() - DIGITS + 1) if product else CENT
    rounded = (product / digit).quantize(ONE, ROUND_HALF_UP) * digit
    return max(CENT, rounded.quantize(CENT if digit < ONE else ONE))
