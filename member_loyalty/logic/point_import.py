"""Read what each row of another system's list of balances says.

>>> rules = Rules(columns={"ref": 0, "points": 1, "expires_on": 2}, width=3,
...               first_day=date(2026, 3, 15), decimal=",", date_order="dmy")
>>> line = read_line(2, ("C7", "1.250,50", "31/12/2026"), rules)
>>> line.ref, line.points, line.expires_on, line.problem
('C7', Decimal('1250.50'), datetime.date(2026, 12, 31), '')
>>> read_line(3, ("C8", "-5", ""), rules).problem
'negative'
>>> read_line(4, ("C9", "5", "31/12/2025"), rules).problem
'expired'
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal

from .purchase_import_columns import guess_columns
from .purchase_import_values import read_date, read_number

# What a column can be, with the names it goes by, the likeliest first.
TARGETS: dict[str, tuple[str, ...]] = {
    "points": (
        "points", "balance", "pointsbalance", "pointbalance", "loyaltypoints",
        "currentpoints", "totalpoints", "amount", "value", "credit",
    ),
    "code": (
        "cardnumber", "cardno", "card", "cardcode", "membercode", "code", "barcode",
        "membershipnumber", "memberno", "membernumber", "memberid",
    ),
    "ref": (
        "ref", "reference", "customerref", "customerreference", "memberreference",
        "customerid", "customerno", "customernumber", "customercode", "accountno",
        "internalreference", "customer",
    ),
    "email": ("email", "emailaddress", "customeremail", "memberemail", "mail"),
    "name": (
        "name", "membername", "customername", "contactname", "company", "member",
        "contact", "partner",
    ),
    "expires_on": (
        "expireson", "expiry", "expirydate", "expirationdate", "expires", "validuntil",
        "validto", "enddate", "expiration",
    ),
    "note": ("note", "notes", "reason", "comment", "remark", "description"),
}  # fmt: skip
MEMBER_TARGETS = ("code", "ref", "email", "name")
DECIMAL_PLACES = 2
_EXCERPT_LENGTH = 250
_LONGEST_TEXT = 250
_WRITTEN_NOTHING = frozenset(("", "nan", "null", "none", "n/a", "#n/a", "-"))
_FLOAT_OF_WHOLE = re.compile(r"(\d+)\.0", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rules:
    """How the rows of one file are to be read.

    :param columns: the position of each target that has a column
    :param width: how many columns the header has
    :param first_day: points whose last day is before it have expired
    """

    columns: Mapping[str, int]
    width: int
    first_day: date
    decimal: str = "."
    date_order: str = "ymd"
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says; ``problem`` is empty or why it cannot be booked.

    ``points`` are counted in the sum of the file even when the row is left out.
    """

    number: int
    excerpt: str
    ref: str = ""
    email: str = ""
    code: str = ""
    name: str = ""
    points: Decimal = Decimal(0)
    expires_on: date | None = None
    note: str = ""
    problem: str = ""


def guess_targets(header: Sequence[str]) -> dict[str, int]:
    """Return for each target the column whose name fits it best, if any does.

    >>> guess_targets(["Customer ID", "E-mail", "Balance", "Valid until"])
    {'points': 2, 'ref': 0, 'email': 1, 'expires_on': 3}
    """
    return guess_columns(header, TARGETS)


def read_line(number: int, cells: Sequence[object] | None, rules: Rules) -> Line:
    """Read one row, and say what is wrong with it."""
    excerpt = _excerpt(cells)
    if cells is None or any(cells[rules.width :]):
        return Line(number, excerpt, problem="unreadable_line")
    points = read_number(_cell(cells, "points", rules), rules.decimal)
    written_day = _cell(cells, "expires_on", rules)
    day = read_date(written_day, rules.date_order, rules.zone)
    texts = {
        "ref": _read_word(cells, "ref", rules),
        "email": _read_word(cells, "email", rules).lower(),
        "code": _read_word(cells, "code", rules),
        "name": " ".join(_read_word(cells, "name", rules).split()),
    }
    return Line(
        number,
        excerpt,
        **texts,
        points=points if points is not None else Decimal(0),
        expires_on=day,
        note=_read_text(cells, "note", rules),
        problem=_find_problem(points, written_day, day, any(texts.values()), rules),
    )


def _find_problem(points, written_day, day, has_member, rules):
    """Return the first thing that keeps a row out, or nothing."""
    checks = (
        (points is None, "unreadable_number"),
        (not has_member, "missing_member"),
        (points is not None and points < 0, "negative"),
        (points is not None and _is_too_precise(points), "too_precise"),
        (points == 0, "no_points"),
        (_is_written(written_day) and day is None, "unreadable_date"),
        (day is not None and day < rules.first_day, "expired"),
    )
    return next((kind for is_wrong, kind in checks if is_wrong), "")


def _is_too_precise(points):
    return points != round(points, DECIMAL_PLACES)


def _is_written(value):
    return value is not None and str(value).strip().casefold() not in _WRITTEN_NOTHING


def _cell(cells, target, rules):
    """Return the cell for a target; nothing when the row ends before it."""
    position = rules.columns.get(target)
    if position is None or position >= len(cells):
        return ""
    return cells[position]


def _read_text(cells, target, rules):
    """Return the cell for a target as text; whole numbers without a fraction."""
    value = _cell(cells, target, rules)
    if not value and value != 0:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:_LONGEST_TEXT]


def _read_word(cells, target, rules):
    """Return what names a member; ``17850.0`` is how tables of floats write 17850."""
    text = _read_text(cells, target, rules)
    if text.casefold() in _WRITTEN_NOTHING:
        return ""
    whole = _FLOAT_OF_WHOLE.fullmatch(text)
    return whole[1] if whole else text


def _excerpt(cells):
    """Return the beginning of a row, for a person to find it by."""
    if cells is None:
        return ""
    text = " | ".join("" if cell is None else str(cell) for cell in cells)
    return text[:_EXCERPT_LENGTH]
