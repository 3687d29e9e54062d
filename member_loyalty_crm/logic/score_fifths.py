"""Fifths: where a value lies among those of others, the same for equal values.

>>> cuts = cut_points([10, 20, 30, 40, 50])
>>> [fifth(amount, cuts) for amount in (10, 20, 30, 40, 50)]
[1, 2, 3, 4, 5]
"""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

FIFTHS = 5


def cut_points(values: Iterable[Any]) -> tuple:
    """Return the four values that end the lower four fifths of ``values``.

    ``percentile_disc`` of SQL: the smallest value that has at least that share of all
    at or below it. Empty without values.
    """
    ranked = sorted(values)
    last = len(ranked)
    return tuple(ranked[ceil(last * part / FIFTHS) - 1] for part in range(1, 5) if last)


def fifth(value: Any, cuts: Sequence) -> int:
    """Return in which fifth a value lies, from 1 to 5.

    Equal values always get the same. A value that fills several fifths gets the middle
    one, the lower of two. So nobody is best of few: one value alone is 3, two are 2
    and 4, and a 5 takes five different values.

    >>> fifth(7, cut_points([7, 7, 7]))
    3
    >>> [fifth(value, cut_points([1, 2])) for value in (1, 2)]
    [2, 4]
    >>> orders = cut_points([1, 1, 1, 1, 1, 1, 1, 2, 2, 9])
    >>> [fifth(value, orders) for value in (1, 2, 9)]
    [2, 4, 5]
    """
    below = sum(cut < value for cut in cuts)
    reached = sum(cut <= value for cut in cuts)
    return (below + reached) // 2 + 1


def share_below(value: Any, cuts: Sequence) -> int:
    """Return how many percent at least have less, in steps of twenty.

    >>> share_below(40, cut_points([10, 20, 30, 40, 50]))
    60
    """
    return sum(cut < value for cut in cuts) * 100 // FIFTHS
