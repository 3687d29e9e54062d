"""Free products on orders: how many uses of a benefit their pieces are.

>>> uses_of(Decimal(3), 2)
2
"""

from decimal import Decimal
from math import ceil


def uses_of(pieces: Decimal, pieces_per_use: int) -> int:
    """Return how often a benefit is used for so many pieces; a part is a whole use.

    >>> uses_of(Decimal("2.0"), 1), uses_of(Decimal(0), 5), uses_of(Decimal(-1), 1)
    (2, 0, 0)
    """
    return max(0, ceil(pieces / pieces_per_use))


def may_claim(available: int | None) -> bool:
    """Tell whether anything is left; None is any number of times.

    >>> [may_claim(left) for left in (None, 1, 0)]
    [True, True, False]
    """
    return available is None or available > 0
