"""What a member promised to buy for a tier, how far that is kept, and until when.

>>> progress = measure(promised=Decimal(5000), bought=Decimal(1999))
>>> progress.percentage, progress.missing, progress.is_kept
(39, Decimal('3001'), False)
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PromiseProgress:
    """How much of a promise is kept: from 0 to 100 percent, and what is missing.

    The percentage is rounded down: 100 means that nothing is missing.
    """

    percentage: int
    missing: Decimal
    is_kept: bool


def measure(promised: Decimal, bought: Decimal) -> PromiseProgress:
    """Compare what was bought with what was promised, in one currency.

    Exactly the promised amount keeps a promise, and a promise of 0 is always kept:

    >>> measure(Decimal(100), Decimal(100)).is_kept, measure(ZERO, ZERO).percentage
    (True, 100)

    :param bought: less what was taken back, so it can be below 0
    """
    missing = max(ZERO, promised - max(ZERO, bought))
    if not missing:
        return PromiseProgress(100, ZERO, True)
    return PromiseProgress(int(max(ZERO, bought) / promised * 100), missing, False)


def deadline(submitted_on: date, days: int) -> date:
    """Return the last day on which an appeal is decided in time.

    >>> deadline(date(2026, 3, 15), 14)
    datetime.date(2026, 3, 29)
    """
    return submitted_on + timedelta(days=days)


def is_over(last_day: date | None, today: date) -> bool:
    """Tell whether a last day has passed: it still counts itself.

    >>> is_over(date(2026, 9, 15), date(2026, 9, 15))
    False
    >>> is_over(date(2026, 9, 15), date(2026, 9, 16))
    True
    """
    return last_day is not None and today > last_day
