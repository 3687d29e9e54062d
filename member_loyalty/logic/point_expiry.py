"""When points can no longer be used.

Days are those of the company. The last day counts in full: points earned in Berlin on
15 March 2025 with twelve months to live can be used until 15 March 2026 is over there.

>>> year = ExpiryPolicy("months", months=12)
>>> expires_at(year, datetime(2025, 3, 15, 9, 30), "Europe/Berlin")
datetime.datetime(2026, 3, 15, 23, 0)
>>> expires_at(ExpiryPolicy("year_end", years=1), datetime(2025, 3, 15), "UTC")
datetime.datetime(2027, 1, 1, 0, 0)
>>> expires_at(ExpiryPolicy("never"), datetime(2025, 3, 15), "UTC") is None
True
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from .windows import add_months

POLICIES = ("never", "months", "year_end", "inactivity")


@dataclass(frozen=True, slots=True)
class ExpiryPolicy:
    """How long points live.

    ``kind``: one of POLICIES. ``months`` after earning or, for inactivity, after the
    last activity; ``month_end`` moves that to the end of its month. ``years`` after
    the year of earning; 0 is the end of that year itself.
    """

    kind: str
    months: int = 0
    month_end: bool = False
    years: int = 0

    def last_day(self, day: date) -> date | None:
        """Return the last day on which points earned on ``day`` can be used.

        >>> ExpiryPolicy("months", months=1, month_end=True).last_day(date(2024, 1, 9))
        datetime.date(2024, 2, 29)

        :raises ValueError: for an unknown policy
        """
        match self.kind:
            case "never":
                return None
            case "year_end":
                return date(day.year + self.years, 12, 31)
            case "months" | "inactivity":
                last = add_months(day, self.months)
                return _end_of_month(last) if self.month_end else last
        raise ValueError(f"Unknown expiry policy: {self.kind}")


def expires_at(
    policy: ExpiryPolicy, earned_at: datetime, zone: tzinfo | str
) -> datetime | None:
    """Return the first moment at which the points can no longer be used.

    :param earned_at: when they were earned or, for inactivity, when the member was
        last active; naive UTC
    :param zone: the company's time zone, or its name
    :return: the first moment of the day after the last one, in naive UTC; None when
        they never expire
    """
    last = policy.last_day(day_of(earned_at, zone))
    return last and start_of_day(last + timedelta(days=1), zone)


def day_of(moment: datetime, zone: tzinfo | str) -> date:
    """Return the company's day of a moment in naive UTC.

    >>> day_of(datetime(2025, 12, 31, 23, 30), "Europe/Berlin")
    datetime.date(2026, 1, 1)
    """
    return moment.replace(tzinfo=timezone.utc).astimezone(_zone(zone)).date()


def start_of_day(day: date, zone: tzinfo | str) -> datetime:
    """Return the first moment of the company's ``day`` in naive UTC.

    Where the clocks go forward at midnight the day starts when they do; where they
    go back over it, at the first of the two midnights.

    >>> start_of_day(date(2018, 11, 4), "America/Sao_Paulo")
    datetime.datetime(2018, 11, 4, 3, 0)
    """
    midnight = datetime.combine(day, time.min, tzinfo=_zone(zone))
    return midnight.astimezone(timezone.utc).replace(tzinfo=None)


def _zone(zone):
    # A zone of pytz is wrong as tzinfo of a wall clock, so all are taken by name.
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(str(zone))


def _end_of_month(day):
    return day.replace(day=monthrange(day.year, day.month)[1])
