"""How sure one is of a share, and of the difference between two shares.

The interval of a share is the score interval of Wilson (1927); that of a difference
is Newcombe's hybrid score interval, without continuity correction: method 10 of
R. G. Newcombe, "Interval estimation for the difference between independent
proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), 873-890.
They hold for small groups too, where the usual formula does not.

The example of that paper, 56 of 70 against 48 of 80:

>>> found = difference(Share(56, 70), Share(48, 80))
>>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
(0.2, 0.0524, 0.3339)
"""

from dataclasses import dataclass
from math import sqrt

NORMAL_95 = 1.959963984540054  # of a standard normal variable, 95 % lie within


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """Return the share, from 0 to 1; None of nobody."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate, and between which values it lies with 95 % confidence."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Tell whether zero is outside: the difference is hardly chance."""
        return self.low > 0 or self.high < 0


def wilson(share: Share) -> Interval:
    """Return the score interval of a share of at least one.

    >>> found = wilson(Share(0, 10))
    >>> round(found.low, 4), round(found.high, 4)
    (0.0, 0.2775)
    """
    total, value = share.total, share.count / share.total
    square = NORMAL_95**2
    middle = 2 * share.count + square
    spread = NORMAL_95 * sqrt(square + 4 * share.count * (1 - value))
    below = 2 * (total + square)
    return Interval(
        value, max((middle - spread) / below, 0), min((middle + spread) / below, 1)
    )


def difference(one: Share, other: Share) -> Interval | None:
    """Return by how much the share of one group exceeds that of another.

    None when one of the groups is empty: then there is nothing to compare.

    >>> difference(Share(1, 2), Share(0, 0)) is None
    True
    """
    if not one.total or not other.total:
        return None
    first, second = wilson(one), wilson(other)
    value = first.value - second.value
    return Interval(
        value,
        value
        - sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2),
        value
        + sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2),
    )
