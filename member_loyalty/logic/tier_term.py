"""How long a tier is promised once reached.

>>> Term().last_day(date(2011, 12, 9))
datetime.date(2011, 12, 31)
>>> Term("months", months=12).last_day(date(2011, 12, 9))
datetime.date(2012, 12, 8)
>>> Term("calendar", end_month=6).last_day(date(2011, 12, 9))
datetime.date(2012, 6, 30)
>>> Term("anniversary").last_day(date(2011, 12, 9), joined_on=date(2010, 3, 5))
datetime.date(2012, 3, 4)
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .windows import add_months, last_anniversary, next_day_of_month

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """How a promise ends.

    ``type`` is "months" (so many months from the day the tier was reached), "rolling"
    (so many months from the last day on which the figures gave it), "calendar" (the
    end of a month of the year) or "anniversary" (the day before that of joining).
    ``months`` 0 means until the day before the next review, which comes every month
    on ``review_day`` (1 to 28).
    """

    type: str = "months"
    months: int = 0
    review_day: int = 1
    end_month: int = 12

    @property
    def rolls(self) -> bool:
        """Tell whether whoever qualifies again is promised the tier anew at once."""
        return self.type == "rolling"

    def last_day(self, reached_on: date, joined_on: date | None = None) -> date:
        """Return the last day a tier reached (or kept) on ``reached_on`` is promised.

        :param joined_on: the day the member joined, ``reached_on`` when not known
        """
        if self.type == "anniversary":
            latest = last_anniversary(joined_on or reached_on, reached_on)
            return _next_year(joined_on or reached_on, latest, reached_on) - ONE_DAY
        if self.type == "calendar":
            years = int(reached_on.month > self.end_month)
            end = date(reached_on.year + years, self.end_month, 1)
            return add_months(end, 1) - ONE_DAY
        if self.months:
            return add_months(reached_on, self.months) - ONE_DAY
        return next_day_of_month(reached_on, self.review_day) - ONE_DAY


def _next_year(joined_on: date, latest: date, after: date) -> date:
    """Return the anniversary that follows ``latest``; it is later than ``after``."""
    if latest > after:
        return latest
    return add_months(joined_on, 12 * (latest.year - joined_on.year + 1))
