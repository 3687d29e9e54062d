"""What a buyer typed into the form of an appeal, and what is wrong with it.

>>> form = read({"tier_id": "7", "reason": "Lamps", "amount": "1,0", "until": "x"})
>>> form.tier_id, form.amount, form.until
(7, None, None)
>>> find_problem(form, frozenset({7}), date(2026, 3, 15))
'amount'
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from .inquiry_list import clean_text

LONGEST_REASON = 4_000
MOST_AMOUNT = Decimal(10) ** 10
MOST_DAYS = 731
MOST_FILES = 5
MOST_BYTES = 5_000_000
TYPES = {
    "pdf": ("application/pdf",),
    "png": ("image/png",),
    "jpg": ("image/jpeg",),
    "jpeg": ("image/jpeg",),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/zip",
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/zip",
    ),
    "odt": ("application/vnd.oasis.opendocument.text", "application/zip"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "application/zip"),
}


@dataclass(frozen=True, slots=True)
class AppealForm:
    """What was typed; what could not be understood is ``None``.

    :param amount: what the member promises to buy, in company currency
    :param until: the last day for which the tier is wished
    """

    tier_id: int | None
    reason: str
    amount: Decimal | None
    until: date | None


def read(parameters: Mapping[str, object]) -> AppealForm:
    """Understand the parameters of a request; anything may be in them.

    >>> read({"tier_id": ["1"], "amount": "NaN", "until": "2026-02-30"})
    AppealForm(tier_id=None, reason='', amount=None, until=None)
    >>> read({"amount": "", "until": "2026-12-31"}).amount
    Decimal('0')
    """
    texts = echo(parameters)
    tier_id = texts["tier_id"]
    return AppealForm(
        int(tier_id) if tier_id.isascii() and tier_id.isdecimal() else None,
        texts["reason"].strip(),
        _read_amount(texts["amount"]),
        _read_day(texts["until"]),
    )


def echo(parameters: Mapping[str, object]) -> dict[str, str]:
    """Return what was typed as text, to be shown again."""
    found = {
        name: parameters.get(name) for name in ("tier_id", "reason", "amount", "until")
    }
    limits = {"reason": LONGEST_REASON + 1}
    return {
        name: clean_text(value, limits.get(name, 18)) for name, value in found.items()
    }


def _read_amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip() or "0")
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def last_day(today: date) -> date:
    """Return the last day until which a tier can be wished."""
    return today + timedelta(days=MOST_DAYS)


def find_problem(form: AppealForm, tier_ids: frozenset[int], today: date) -> str:
    """Return which part of a form is wrong, or "" when nothing is.

    >>> good = AppealForm(7, "More lamps", Decimal("500"), date(2026, 9, 15))
    >>> find_problem(good, frozenset({7}), date(2026, 3, 15))
    ''
    >>> find_problem(good, frozenset({8}), date(2026, 3, 15))
    'tier'
    >>> find_problem(good, frozenset({7}), date(2026, 9, 15))
    'until'

    :param tier_ids: those that may be wished
    :return: "tier", "reason", "amount", "until" or ""
    """
    if form.tier_id not in tier_ids:
        return "tier"
    if not 0 < len(form.reason) <= LONGEST_REASON:
        return "reason"
    if form.amount is None or not 0 <= form.amount <= MOST_AMOUNT:
        return "amount"
    if form.until is None or not today < form.until <= last_day(today):
        return "until"
    return ""


def find_problem_of_files(files: Sequence[tuple[str, int, str]]) -> str:
    """Return what is wrong with files, or "" when nothing is.

    A file has to be what its name says, so that nobody uploads a page with scripts:

    >>> find_problem_of_files([("plan.pdf", 900, "application/pdf")])
    ''
    >>> find_problem_of_files([("plan.pdf", 900, "text/html")])
    'type'

    :param files: name, bytes and type by its content, for each
    :return: "count", "size", "type" or ""
    """
    if len(files) > MOST_FILES:
        return "count"
    for name, size, mimetype in files:
        if not 0 < size <= MOST_BYTES:
            return "size"
        ending = name.rpartition(".")[2].lower()
        if mimetype not in TYPES.get(ending, ()):
            return "type"
    return ""
