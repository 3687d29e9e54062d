"""Read numbers and dates as files of other systems write them.

What cannot be read comes back as None, never as an error and never as a guess:

>>> read_number("1.234,50", decimal=",")
Decimal('1234.50')
>>> read_number("about 12", decimal=".") is None
True
>>> read_date("09/12/2011 08:26", order="dmy")
datetime.date(2011, 12, 9)
>>> guess_date_order(["09/12/2011", "10/12/2011"]).is_ambiguous
True
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

DATE_ORDERS = ("ymd", "dmy", "mdy")
DECIMAL_SEPARATORS = (".", ",")

_LARGEST_NUMBER = Decimal(10) ** 13
_EARLIEST_YEAR = 1900
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(61, 2958466)
_SPACES = " \u00a0\u2009\u202f"
_PLAIN_NUMBER = re.compile(r"-?\d{1,13}(?:\.\d{1,12})?", re.ASCII)
_NUMBER = {
    ".": re.compile(
        rf"(\d+|\d{{1,3}}(?:(?P<group>[,'’{_SPACES}])\d{{3}})(?:(?P=group)\d{{3}})*)?"
        r"(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?",
        re.ASCII,
    ),
    ",": re.compile(
        rf"(\d+|\d{{1,3}}(?:(?P<group>[.'’{_SPACES}])\d{{3}})(?:(?P=group)\d{{3}})*)?"
        r"(?:,(\d*))?(?:[eE]([+-]?\d{1,2}))?",
        re.ASCII,
    ),
}
_DATE = re.compile(
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T\s]\s*(\S.*))?", re.ASCII | re.DOTALL
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class DateGuess:
    """How the dates of a sample are written; ``order`` is empty when unknown."""

    order: str
    is_ambiguous: bool


def read_number(value: object, decimal: str) -> Decimal | None:
    """Return the number that a cell says, or None when it says none.

    Cells of a spreadsheet come as numbers already; text may be grouped by
    thousands and may carry its minus behind or be put in brackets.
    """
    if isinstance(value, str):
        return _read_written_number(value, decimal)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() and abs(number) < _LARGEST_NUMBER else None


@lru_cache(maxsize=65536)
def _read_written_number(text: str, decimal: str) -> Decimal | None:
    """Return the number of a text; the same few texts come again and again."""
    text = text.strip()
    if decimal == "." and _PLAIN_NUMBER.fullmatch(text):
        return Decimal(text)
    is_negative, digits = _take_sign(text.replace("\u2212", "-"))
    match = _NUMBER[decimal].fullmatch(digits)
    if not match or not (match[1] or match[3]):
        return None
    whole = re.sub(r"\D", "", match[1] or "0")
    number = Decimal(f"{whole}.{match[3] or 0}").scaleb(int(match[4] or 0))
    if number >= _LARGEST_NUMBER:
        return None
    return -number if is_negative else number


def _take_sign(text: str) -> tuple[bool, str]:
    """Split a text into whether it is negative and what is left of it."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text[:1] in ("-", "+"):
        return text[0] == "-", text[1:].strip()
    if text.endswith("-"):
        return True, text[:-1].strip()
    return False, text


def guess_decimal(values: Iterable[object]) -> str:
    """Return the decimal separator that most of the written numbers speak for."""
    votes = Counter(_vote_for_decimal(v) for v in values if isinstance(v, str))
    return "," if votes[","] > votes["."] else "."


def _vote_for_decimal(text: str) -> str:
    """Return the separator one text speaks for, or nothing when it could be either."""
    point, comma = text.rfind("."), text.rfind(",")
    if point >= 0 and comma >= 0:
        return "." if point > comma else ","
    mark = "." if point >= 0 else "," if comma >= 0 else ""
    if not mark:
        return ""
    decimals = len(re.sub(r"\D", "", text[text.rfind(mark) :]))
    if text.count(mark) == 1 and decimals != 3:
        return mark
    return ("," if mark == "." else ".") if text.count(mark) > 1 else ""


def read_date(value: object, order: str, zone: tzinfo | None = None) -> date | None:
    """Return the day that a cell says, or None when it says none.

    The time of day does not matter unless it names its own offset from UTC; then
    the day is the one in ``zone``. Spreadsheets give real dates, or their number.
    """
    if isinstance(value, str):
        return _read_written_date(value, order, zone)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if int(value) in _EXCEL_DAYS:
            return _EXCEL_EPOCH + timedelta(days=int(value))
        return _read_written_date(f"{value:.0f}", order, zone)
    return None


@lru_cache(maxsize=65536)
def _read_written_date(text: str, order: str, zone: tzinfo | None) -> date | None:
    """Return the day of a text; the lines of one document share it."""
    text = text.strip()
    compact = _COMPACT_DATE.fullmatch(text)
    if compact and order == "ymd":
        return _make_date(*compact.groups())
    match = _DATE.fullmatch(text)
    if not match:
        return None
    day = _make_date(*_sort_parts(match[1], match[3], match[4], order))
    if day is None or match[5] is None:
        return day
    return _move_to_zone(day, match[5].strip(), zone)


def _sort_parts(first: str, second: str, third: str, order: str) -> tuple[str, ...]:
    """Return year, month and day from the three parts as written."""
    if order == "ymd":
        return (first, second, third)
    return (third, second, first) if order == "dmy" else (third, first, second)


def _make_date(year: str, month: str, day: str) -> date | None:
    """Return the date, or None when the calendar has no such day.

    Two digits of a year mean 1970 to 2069.
    """
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    full_year = int(year)
    if len(year) == 2:
        full_year += 1900 if full_year >= 70 else 2000
    if full_year < _EARLIEST_YEAR:
        return None
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None


def _move_to_zone(day: date, time: str, zone: tzinfo | None) -> date | None:
    """Return the day in ``zone`` of a day and time, or None for an unreadable time."""
    match = _TIME.fullmatch(time)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    if not match[5] or zone is None:
        return day
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    offset = match[5] if match[5][0] in "+-" else "+00:00"
    moment = datetime.strptime(
        f"{day:%Y-%m-%d} {hour:02}:{match[2]} {offset}", "%Y-%m-%d %H:%M %z"
    )
    return moment.astimezone(zone).date()


def guess_date_order(values: Iterable[object]) -> DateGuess:
    """Return how a sample writes its dates.

    Two numbers up to 12 say nothing: when no date of the sample decides between
    day first and month first, a person has to.
    """
    votes: Counter[str] = Counter()
    for value in values:
        votes[_vote_for_date_order(value)] += 1
    del votes[""]
    decided = [order for order in DATE_ORDERS if votes[order]]
    if len(decided) == 1:
        return DateGuess(decided[0], False)
    return DateGuess("", bool(decided) or votes["dmy or mdy"] > 0)


def _vote_for_date_order(value: object) -> str:
    """Return what one cell says about the order of day, month and year."""
    if not isinstance(value, str):
        return "ymd" if isinstance(value, date) else ""
    text = value.strip()
    if _COMPACT_DATE.fullmatch(text):
        return "ymd"
    match = _DATE.fullmatch(text)
    if not match:
        return ""
    if len(match[1]) == 4:
        return "ymd"
    if int(match[1]) > 12:
        return "dmy"
    return "mdy" if int(match[3]) > 12 else "dmy or mdy"
