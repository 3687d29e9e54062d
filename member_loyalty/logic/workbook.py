"""What fits into an Excel sheet.

A cell shows any text as it is, but for characters that the file format cannot hold:

>>> fit_text("=1+1")
'=1+1'
>>> fit_text("Bell" + chr(7))
'Bell'
>>> amount_format(2), amount_format(0)
('#,##0.00', '#,##0')
"""

import re
from dataclasses import dataclass
from datetime import date

ROW_LIMIT = 1_048_576
TEXT_LIMIT = 32_767
TITLE_LIMIT = 31
FIRST_YEAR = 1900

UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, what its cells hold and how wide it is.

    ``kind`` is "text", "integer", "amount", "date" or "moment".
    """

    name: str
    title: str
    kind: str
    width: int


def fit_text(text: str) -> str:
    """Return ``text`` as a cell can hold it: writable, and not too long."""
    if text.isprintable() and len(text) <= TEXT_LIMIT:  # nearly always, and quick
        return text
    return UNWRITABLE.sub("", text)[:TEXT_LIMIT]


def fit_title(title: str) -> str:
    """Return ``title`` as the name of a sheet can be.

    >>> fit_title("Members: 1/2")
    'Members  1 2'
    """
    return NOT_IN_TITLES.sub(" ", fit_text(title))[:TITLE_LIMIT].strip(" '") or "-"


def amount_format(decimal_places: int) -> str:
    """Return the number format of amounts in a currency."""
    return "#,##0." + "0" * decimal_places if decimal_places else "#,##0"


def is_date_of_excel(day: date) -> bool:
    """Tell whether Excel knows the day: its calendar starts in 1900."""
    return day.year >= FIRST_YEAR
