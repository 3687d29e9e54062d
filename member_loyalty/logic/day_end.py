"""When a last day ends, as a moment in UTC.

>>> from zoneinfo import ZoneInfo
>>> day_end(date(2026, 3, 31), ZoneInfo("Asia/Taipei"))
datetime.datetime(2026, 3, 31, 16, 0)
>>> last_day(datetime(2026, 3, 31, 16, 0), ZoneInfo("Asia/Taipei"))
datetime.date(2026, 3, 31)
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def day_end(day: date, zone: tzinfo) -> datetime | None:
    """Return the first moment (naive, UTC) after ``day`` in a time zone.

    None in the last year there is: that is how other systems write "never".

    >>> day_end(date(9999, 12, 31), UTC)
    """
    if day.year == date.max.year:
        return None
    start = datetime.combine(day + timedelta(days=1), time(), zone)
    return start.astimezone(UTC).replace(tzinfo=None)


def last_day(moment: datetime, zone: tzinfo) -> date:
    """Return the last day that is not over before ``moment`` (naive, UTC)."""
    just_before = moment.replace(tzinfo=UTC) - timedelta(microseconds=1)
    return just_before.astimezone(zone).date()
