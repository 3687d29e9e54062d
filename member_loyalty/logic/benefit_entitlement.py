"""Who a benefit is granted to, on which days, and how often.

>>> terms = Terms(tier_ids=frozenset({3}), quota=1, period="year")
>>> is_entitled(terms, Holder(3), date(2026, 3, 15))
True
>>> left(terms, used=1)
0
"""

from dataclasses import dataclass
from datetime import date

from .windows import Window

PERIODS = {
    "month": Window("calendar_month"),
    "quarter": Window("calendar_quarter"),
    "year": Window("calendar_year"),
    "ever": Window("lifetime"),
}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Terms:
    """Whom a benefit is granted to, and when.

    Without tiers and tags it is granted to every member, such as for a product line.

    :param date_from: first day, None without a beginning
    :param date_to: last day, included; None without an end
    :param quota: how often a member may use it in a period; 0 is any number of times
    :param period: "month", "quarter" or "year" of the calendar, or "ever"
    """

    tier_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()
    date_from: date | None = None
    date_to: date | None = None
    quota: int = 0
    period: str = "year"


@dataclass(frozen=True, slots=True)
class Holder:
    """A member, as far as benefits are concerned."""

    tier_id: int
    tag_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Period:
    """The days in which a quota holds; ``last`` is None when it never ends."""

    first: date
    last: date | None


def is_entitled(terms: Terms, holder: Holder, day: date) -> bool:
    """Tell whether a member has the benefit on a day: by tier or by tag.

    >>> is_entitled(Terms(tag_ids=frozenset({7})), Holder(1), date(2026, 3, 15))
    False
    """
    if (terms.date_from or day) > day or (terms.date_to or day) < day:
        return False
    if not terms.tier_ids and not terms.tag_ids:
        return True
    return holder.tier_id in terms.tier_ids or bool(terms.tag_ids & holder.tag_ids)


def period_of(period: str, day: date) -> Period:
    """Return the period that a day lies in.

    >>> period_of("quarter", date(2026, 3, 15))
    Period(first=datetime.date(2026, 1, 1), last=datetime.date(2026, 3, 31))
    """
    days = PERIODS[period].days_as_of(day)
    if days.first is None:
        return Period(EVER, None)
    months = MONTHS[period] + days.first.month
    after = date(days.first.year + (months - 1) // 12, (months - 1) % 12 + 1, 1)
    return Period(days.first, date.fromordinal(after.toordinal() - 1))


def left(terms: Terms, used: int) -> int | None:
    """Return how often a member may still use a benefit; None is any number."""
    return max(terms.quota - used, 0) if terms.quota else None
