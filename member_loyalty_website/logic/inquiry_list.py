"""What a visitor typed into an inquiry list, as far as it makes sense.

>>> read_quantity("12.5", digits=2)
12.5
>>> [read_quantity(text, digits=2) for text in ("-1", "0", "1e9", "2,000", "many")]
[0.0, 0.0, 0.0, 0.0, 0.0]
>>> clean_text("  <b>Hi</b>\\x00 ", limit=6)
'<b>Hi<'
"""

import re
from datetime import date, timedelta

MOST_LINES = 100
MOST_OF_ONE = 1_000_000
FURTHEST_DAYS = 5 * 365
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_quantity(text: str, digits: int) -> float:
    """Return the quantity that a text says, or 0.0 when it says none that is sane.

    Thousands are not told from decimals by a comma, so a comma is refused: asking for
    2 instead of 2,000 would be worse than asking again.

    :param text: as a field for numbers sends it, with a point before the decimals
    :param digits: decimals that quantities have
    """
    text = text.strip() if isinstance(text, str) else ""
    if not _NUMBER.fullmatch(text):
        return 0.0
    quantity = round(float(text), digits)
    return quantity if 0 < quantity <= MOST_OF_ONE else 0.0


def add_quantities(one: float, other: float, digits: int) -> float:
    """Return two quantities of the same thing together, no more than may be asked for.

    >>> add_quantities(0.1, 0.2, digits=2), add_quantities(999_999, 5, digits=2)
    (0.3, 1000000)
    """
    return min(round(one + other, digits), MOST_OF_ONE)


def read_id(text: str) -> int:
    """Return the id that a parameter names, or 0 for what can be no id.

    >>> read_id("12"), read_id("-1"), read_id("12345678901"), read_id("x")
    (12, 0, 0, 0)
    """
    text = text if isinstance(text, str) else ""
    is_id = text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if is_id else 0


def read_day(text: str, today: date) -> date | None:
    """Return the day by which something is wanted, or ``None`` for no day to come.

    >>> read_day("2026-12-24", date(2026, 11, 28))
    datetime.date(2026, 12, 24)
    >>> read_day("2026-11-27", date(2026, 11, 28))
    >>> read_day("9999-12-31", date(2026, 11, 28))
    """
    try:
        day = date.fromisoformat(text.strip())
    except (AttributeError, ValueError):
        return None
    last = today + timedelta(days=FURTHEST_DAYS)
    return day if today <= day <= last else None


def clean_text(text: str, limit: int) -> str:
    """Return a text without what no database keeps, trimmed, at most so long.

    Markup stays what it is: text. A file, sent where a text is asked for, is none.

    >>> clean_text(["no", "text"], limit=6)
    ''
    """
    text = text if isinstance(text, str) else ""
    return _NO_TEXT.sub("", text).strip()[:limit]
