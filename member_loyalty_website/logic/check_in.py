"""When a member may check in again, and how many days in a row that makes.

A day is a stretch of time, from midnight to midnight where the member is. Days that
were checked in never overlap and never have the same date: whoever travels, or changes
the time zone to get another day, waits until a day begins after the last one ended.

>>> berlin, tokyo = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
>>> evening = datetime(2026, 3, 10, 16, 0)
>>> first = decide(None, evening, berlin)
>>> first.may, first.day.date, first.streak
(True, datetime.date(2026, 3, 10), 1)
>>> kept = CheckIn(first.day, "Europe/Berlin", first.streak)
>>> again = decide(kept, evening, tokyo)  # there it is the 11th already
>>> again.may, again.day.date, again.streak
(False, datetime.date(2026, 3, 12), 2)
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
UTC = timezone.utc


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A date, and when it begins and ends somewhere, in UTC without a zone."""

    date: date
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The last check-in of a member.

    :param timezone: name of the zone that the day was one of
    :param streak: how many days in a row it was the last of
    """

    day: CalendarDay
    timezone: str
    streak: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a member may check in now.

    :param day: the day to be checked in, which is still to come unless ``may``
    :param streak: how many days in a row that will make
    """

    may: bool
    day: CalendarDay
    streak: int


def calendar_day(day: date, zone: ZoneInfo) -> CalendarDay:
    """Return when a date begins and ends in a time zone.

    >>> calendar_day(date(2026, 3, 29), ZoneInfo("Europe/Berlin")).ends_at
    datetime.datetime(2026, 3, 29, 22, 0)
    """
    return CalendarDay(day, _midnight(day, zone), _midnight(day + DAY, zone))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, time.min, tzinfo=zone)
    return local.astimezone(UTC).replace(tzinfo=None)


def decide(last: CheckIn | None, moment: datetime, zone: ZoneInfo) -> Verdict:
    """Decide whether a member may check in, and for which day.

    :param last: the last check-in, None before the first
    :param moment: now, in UTC without a zone
    :param zone: where the member is
    """
    today = moment.replace(tzinfo=UTC).astimezone(zone).date()
    if last is None:
        return Verdict(True, calendar_day(today, zone), 1)
    day = calendar_day(max(today, last.day.date + DAY), zone)
    while day.begins_at < last.day.ends_at or day.begins_at == day.ends_at:
        day = calendar_day(day.date + DAY, zone)
    streak = last.streak + 1 if _follows(day, last, zone) else 1
    return Verdict(day.date == today, day, streak)


def _follows(day: CalendarDay, last: CheckIn, zone: ZoneInfo) -> bool:
    """Tell whether no day was left out: dates that travelling skips are no gap."""
    gap = day.begins_at - last.day.ends_at
    if day.date - last.day.date == DAY or not gap:
        return True
    return zone.key != last.timezone and gap < DAY
