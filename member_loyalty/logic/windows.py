"""The days a condition looks at.

Both ends of a window are included. A rolling window of twelve months as of
9 December 2011 starts the day after 9 December 2010:

>>> Window("rolling_months", 12).days_as_of(date(2011, 12, 9))
Days(first=datetime.date(2010, 12, 10), last=datetime.date(2011, 12, 9))
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WINDOW_TYPES = (
    "rolling_months",
    "rolling_days",
    "calendar_month",
    "calendar_quarter",
    "calendar_year",
    "anniversary",
    "lifetime",
)
WINDOW_TYPES_WITH_LENGTH = ("rolling_months", "rolling_days")


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both ends included; ``first`` is None when it has no start."""

    first: date | None
    last: date


@dataclass(frozen=True, slots=True)
class Window:
    """A rule for picking days: its type and, for rolling windows, its length."""

    type: str
    length: int = 0

    def days_as_of(self, as_of: date, joined_on: date | None = None) -> Days:
        """Return the days that count when the rule is looked at on ``as_of``.

        :param joined_on: the day the member joined, which the anniversary window
            starts from; without it that window has no start
        :raises ValueError: for an unknown type, or a rolling window below one
        """
        if self.type in WINDOW_TYPES_WITH_LENGTH and self.length < 1:
            raise ValueError(f"A {self.type} window needs a length of at least one.")
        match self.type:
            case "rolling_days":
                first = as_of - timedelta(days=self.length - 1)
            case "rolling_months":
                first = add_months(as_of, -self.length) + timedelta(days=1)
            case "calendar_month":
                first = as_of.replace(day=1)
            case "calendar_quarter":
                first = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
            case "calendar_year":
                first = as_of.replace(month=1, day=1)
            case "anniversary":
                first = joined_on and last_anniversary(joined_on, as_of)
            case "lifetime":
                first = None
            case _:
                raise ValueError(f"Unknown window type: {self.type}")
        return Days(first, as_of)

    def earliest_day(self, as_of: date) -> date | None:
        """Return the first day that can count for anybody, None without a start."""
        if self.type == "anniversary":
            return add_months(as_of, -12)
        return self.days_as_of(as_of).first

    def days_left_behind(self, earlier: date, later: date) -> Days | None:
        """Return the days that counted on ``earlier`` and no longer on ``later``.

        None when nothing dropped out, as for a lifetime window.
        """
        before = self.days_as_of(earlier).first
        after = self.days_as_of(later).first
        if before is None or after is None or after <= before:
            return None
        return Days(before, after - timedelta(days=1))


def spans_that_changed(
    windows: Iterable[Window], earlier: date, later: date
) -> tuple[Days, ...]:
    """Return the days that came into or dropped out of ``windows`` between two days.

    Whoever has an activity on one of them can have other figures on ``later``.
    """
    dropped = {window.days_left_behind(earlier, later) for window in windows}
    came_in = Days(earlier + timedelta(days=1), later) if later > earlier else None
    return tuple(days for days in (*dropped, came_in) if days is not None)


def add_months(day: date, months: int) -> date:
    """Return ``day`` moved by whole months, held at the month's last day.

    >>> add_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_anniversary(joined_on: date, as_of: date) -> date:
    """Return the latest anniversary of joining until ``as_of``.

    Who joined on 29 February has it on the 28th in other years. Before the first
    one it is the day of joining itself.

    >>> last_anniversary(date(2024, 2, 29), date(2026, 3, 1))
    datetime.date(2026, 2, 28)
    """
    years = max(0, as_of.year - joined_on.year)
    candidate = add_months(joined_on, 12 * years)
    if candidate > as_of and years:
        return add_months(joined_on, 12 * (years - 1))
    return candidate


def next_day_of_month(after: date, day_of_month: int) -> date:
    """Return the first day later than ``after`` that falls on ``day_of_month``.

    >>> next_day_of_month(date(2024, 1, 1), 1)
    datetime.date(2024, 2, 1)

    :param day_of_month: 1 to 28, so that every month has it
    """
    candidate = after.replace(day=day_of_month)
    return candidate if candidate > after else add_months(candidate, 1)
