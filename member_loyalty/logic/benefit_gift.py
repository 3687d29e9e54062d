"""When gifts on occasions are due, and how long what is given is good.

>>> days_due(date(2026, 3, 14), date(2026, 3, 15), 2)[0].isoformat()
'2026-03-15'
>>> last_day(date(2026, 3, 22), date(2026, 3, 15), 30)
datetime.date(2026, 4, 21)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .point_events import celebrated_on, days_to_celebrate

DATED = frozenset({"birthday", "anniversary", "brand_day"})
OF_MOVES = frozenset({"welcome", "tier_reached"})
DAYS_TO_MAKE_UP = 31
MOST_DAYS_BEFORE = 90


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody to be given something.

    :param membership_id: who it counts for
    :param partner_id: who gets it: the member or one of its contacts
    :param key: names the occasion among those of one benefit and member
    :param day: the day that is celebrated, or on which it happened
    :param order_id: the order behind it, if any
    """

    membership_id: int
    partner_id: int
    key: str
    day: date
    order_id: int | None = None


def days_due(
    done_until: date | None, today: date, days_before: int
) -> tuple[date, ...]:
    """Return the days whose gifts are due: those to come that are near enough too.

    The days to come are looked at every time, so that who joins or rises in between
    is not left out. At most a month of missed days is made up for.

    :param done_until: the last day that was looked at
    :param days_before: how many days ahead gifts are given

    >>> [day.day for day in days_due(date(2026, 3, 15), date(2026, 3, 15), 2)]
    [16, 17]
    >>> [day.day for day in days_due(date(2026, 3, 13), date(2026, 3, 15), 0)]
    [14, 15]
    """
    missed = days_to_celebrate(done_until, today, DAYS_TO_MAKE_UP)
    ahead = tuple(today + timedelta(days=one + 1) for one in range(days_before))
    return missed + ahead


def days_of(gift_day: date, is_yearly: bool, days: Iterable[date]) -> tuple[date, ...]:
    """Return those of the days on which a day of the brand is celebrated.

    >>> days_of(date(2024, 2, 29), True, [date(2026, 2, 28), date(2026, 3, 1)])
    (datetime.date(2026, 2, 28),)
    """
    if not is_yearly:
        return tuple(day for day in days if day == gift_day)
    wanted = (gift_day.month, gift_day.day)
    return tuple(day for day in days if wanted in celebrated_on(day))


def key_of(day: date, is_yearly: bool = True, is_second: bool = False) -> str:
    """Name an occasion: what comes every year, by its year.

    >>> key_of(date(2026, 3, 15)), key_of(date(2026, 3, 15), is_second=True)
    ('2026', '2026,day')
    """
    key = str(day.year) if is_yearly else day.isoformat()
    return f"{key},day" if is_second else key


def last_day(day: date, today: date, days: int) -> date | None:
    """Return the last day of what is given today for a day; None without an end.

    What is given early is good as long as what is given on the day.

    :param days: for how many days after the occasion it is good; 0 is for ever
    """
    return max(day, today) + timedelta(days=days) if days else None
