"""What can be counted with.

>>> [is_countable(number) for number in (0, -2.5, False, float("nan"), float("inf"))]
[True, True, True, False, False]
"""

from math import isfinite

MOST = 10**15


def is_countable(value: object) -> bool:
    """Tell whether a number has an end, and not too many digits to be kept exactly.

    What is no number at all is for others to refuse.

    >>> [is_countable(value) for value in ("nan", "-inf", 1e300, 10**400, "many", "7")]
    [False, False, False, False, True, True]
    """
    try:
        number = float(value or 0)
    except OverflowError:
        return False
    except (TypeError, ValueError):
        return True
    return isfinite(number) and abs(number) < MOST
