"""Read the lines of a purchase history and gather them by document.

>>> rules = Rules(columns={"document": 0, "date": 1, "customer_ref": 2, "amount": 3},
...               width=4, latest_day=date(2011, 12, 9), currencies={"GBP": 1},
...               default_currency="GBP")
>>> gathered = gather([
...     (2, ("536365", "2010-12-01", "17850", "15.30")),
...     (3, ("536365", "2010-12-01", "17850", "20.34")),
...     (4, ("536366", "yesterday", "17850", "11.10")),
... ], rules)
>>> [(part.document, part.amount, part.line_count) for part in gathered.parts]
[('536365', Decimal('35.64'), 2)]
>>> [(problem.line_number, problem.kind) for problem in gathered.problems]
[(4, 'unreadable_date')]
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal

from .purchase_import_columns import simplify
from .purchase_import_values import read_date, read_number

# Problems that keep a line out, and those that only make it poorer.
REFUSALS = (
    "unreadable_line",
    "missing_document",
    "unreadable_date",
    "future_date",
    "unreadable_number",
    "unknown_currency",
    "missing_rate",
    "missing_customer",
    "duplicate_document",
    "repeated_document",
    "customer_conflict",
    "currency_conflict",
)
WARNINGS = ("unknown_country", "unreadable_email")

_EXCERPT_LENGTH = 250
_LONGEST_TEXT = 250
_WRITTEN_NOTHING = frozenset(("", "nan", "null", "none", "n/a", "#n/a", "-"))
_FLOAT_OF_WHOLE = re.compile(r"(\d+)\.0", re.ASCII)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """How the lines of one file are to be read.

    :param columns: the position of each target that has a column
    :param width: how many columns the header has
    :param latest_day: a later date is one in the future
    :param goods_only: only lines whose product code this pattern finds count
    :param unrated: currencies that Odoo knows and has no rate for
    :param by_document: each line is a whole document
    """

    columns: Mapping[str, int]
    width: int
    latest_day: date
    currencies: Mapping[str, int]
    default_currency: str
    unrated: frozenset[str] = frozenset()
    countries: Mapping[str, int] = field(default_factory=dict)
    date_order: str = "ymd"
    decimal: str = "."
    zone: tzinfo | None = None
    goods_only: re.Pattern[str] | None = None
    document_prefix: str = ""
    by_document: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """Who bought, as the file says; ``key`` tells one from another in the file."""

    key: str
    ref: str
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a stretch of the file says about one document and one customer."""

    first_line: int
    line_count: int
    document: str
    customer: Customer
    country_id: int | None
    currency_id: int
    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one line; a refusal keeps the line out."""

    line_number: int
    kind: str
    document: str
    excerpt: str

    @property
    def is_refusal(self) -> bool:
        """Tell whether the line stays out because of this."""
        return self.kind in REFUSALS


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a stretch of the file came to.

    Every line was either taken into a part, refused or left out as not goods.
    """

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    line_count: int
    refused_count: int
    left_out_count: int


def gather(
    rows: Iterable[tuple[int, Sequence[object] | None]], rules: Rules
) -> Gathered:
    """Read a stretch of rows and sum them by document, customer and currency."""
    parts: dict[object, Part] = {}
    problems: list[Problem] = []
    line_count = refused = left_out = 0
    for number, cells in rows:
        line_count += 1
        if cells is not None and _is_left_out(cells, rules):
            left_out += 1
            continue
        part, kinds = _read_line(number, cells, rules)
        if kinds:
            document = _read_document(cells, rules) if cells else ""
            excerpt = _excerpt(cells)
            problems += [Problem(number, kind, document, excerpt) for kind in kinds]
        if part is None:
            refused += 1
            continue
        key = number if rules.by_document else _identity(part)
        known = parts.get(key)
        parts[key] = _add(known, part) if known else part
    return Gathered(
        tuple(parts.values()), tuple(problems), line_count, refused, left_out
    )


def _identity(part: Part) -> tuple[str, str, int]:
    """Return what parts have in common that belong together."""
    return part.document, part.customer.key, part.currency_id


def _add(known: Part, part: Part) -> Part:
    """Return two parts of one document as one: its first day, its latest country."""
    return Part(  # written out: `replace` takes four times as long, a million times
        known.first_line,
        known.line_count + 1,
        known.document,
        known.customer,
        part.country_id or known.country_id,
        known.currency_id,
        min(known.day, part.day),
        known.amount + part.amount,
    )


def _is_left_out(cells: Sequence[object], rules: Rules) -> bool:
    """Tell whether the line sells something that is not goods."""
    if rules.goods_only is None or any(cells[rules.width :]):
        return False
    return not rules.goods_only.search(_read_text(cells, "product_code", rules))


def _read_line(
    number: int, cells: Sequence[object] | None, rules: Rules
) -> tuple[Part | None, list[str]]:
    """Return what a line says, unless it is refused, and what is wrong with it."""
    if cells is None or any(cells[rules.width :]):
        return None, ["unreadable_line"]
    document = _read_document(cells, rules)
    day = read_date(_cell(cells, "date", rules), rules.date_order, rules.zone)
    amount = _read_amount(cells, rules)
    currency = _read_currency(cells, rules)
    currency_id = rules.currencies.get(currency)
    customer = _read_customer(cells, rules)
    checks = (
        (not document, "missing_document"),
        (day is None, "unreadable_date"),
        (day is not None and day > rules.latest_day, "future_date"),
        (amount is None, "unreadable_number"),
        (currency in rules.unrated, "missing_rate"),
        (currency_id is None and currency not in rules.unrated, "unknown_currency"),
        (customer is None, "missing_customer"),
    )
    problems = [kind for is_wrong, kind in checks if is_wrong]
    if problems:
        return None, problems
    country_id, warnings = _read_country(cells, rules)
    if not customer.email and _read_text(cells, "customer_email", rules):
        warnings.append("unreadable_email")
    return (
        Part(number, 1, document, customer, country_id, currency_id, day, amount),
        warnings,
    )


def _cell(cells: Sequence[object], target: str, rules: Rules) -> object:
    """Return the cell for a target; nothing when the line ends before it."""
    position = rules.columns.get(target)
    if position is None or position >= len(cells):
        return ""
    return cells[position]


def _read_text(cells: Sequence[object], target: str, rules: Rules) -> str:
    """Return the cell for a target as text; whole numbers without a fraction."""
    value = _cell(cells, target, rules)
    if not value and value != 0:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:_LONGEST_TEXT]


def _read_number_or_word(cells: Sequence[object], target: str, rules: Rules) -> str:
    """Return a reference; ``17850.0`` is how a table of floats writes 17850."""
    text = _read_text(cells, target, rules)
    if text.casefold() in _WRITTEN_NOTHING:
        return ""
    whole = _FLOAT_OF_WHOLE.fullmatch(text)
    return whole[1] if whole else text


def _read_document(cells: Sequence[object], rules: Rules) -> str:
    """Return the number of the document, in front of it the prefix of the file."""
    document = _read_number_or_word(cells, "document", rules)
    return f"{rules.document_prefix}{document}" if document else ""


def _read_amount(cells: Sequence[object], rules: Rules) -> Decimal | None:
    """Return the amount of the line, or its quantity times its price."""
    if "amount" in rules.columns:
        return read_number(_cell(cells, "amount", rules), rules.decimal)
    quantity = read_number(_cell(cells, "quantity", rules), rules.decimal)
    price = read_number(_cell(cells, "unit_price", rules), rules.decimal)
    return None if quantity is None or price is None else quantity * price


def _read_currency(cells: Sequence[object], rules: Rules) -> str:
    """Return the code of the line's currency, the file's own where it says none."""
    if "currency" not in rules.columns:
        return rules.default_currency
    return _read_text(cells, "currency", rules).upper() or rules.default_currency


def _read_customer(cells: Sequence[object], rules: Rules) -> Customer | None:
    """Return who bought, known by reference, else by mail, else by name."""
    ref = _read_number_or_word(cells, "customer_ref", rules)
    email = _read_text(cells, "customer_email", rules).lower()
    if email and not _EMAIL.fullmatch(email):
        email = ""
    name = " ".join(_read_text(cells, "customer_name", rules).split())
    if ref:
        return Customer(f"ref:{ref}", ref, email, name)
    if email:
        return Customer(f"mail:{email}", "", email, name)
    return Customer(f"name:{name.casefold()}", "", "", name) if name else None


def _read_country(
    cells: Sequence[object], rules: Rules
) -> tuple[int | None, list[str]]:
    """Return the country, and a warning when the name says none."""
    name = _read_text(cells, "country", rules)
    if not name:
        return None, []
    country_id = rules.countries.get(simplify(name))
    return country_id, [] if country_id else ["unknown_country"]


def _excerpt(cells: Sequence[object] | None) -> str:
    """Return the beginning of a line, for a person to find it by."""
    if cells is None:
        return ""
    text = " | ".join("" if cell is None else str(cell) for cell in cells)
    return text[:_EXCERPT_LENGTH]
