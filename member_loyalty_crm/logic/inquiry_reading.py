"""Read what customers ask for: lines, prices, delivery term, destination and day.

>>> said = read(["Need 500 pcs bearing 6204-2RS, target USD 1.20/pc, CIF Hamburg"], DAY)
>>> [(line.name, line.quantity, line.unit, line.price) for line in said.lines]
[('bearing 6204-2RS', 500.0, 'pcs', 1.2)]
>>> said.terms.term, said.terms.country
('CIF', 'DE')

Only rules, no guessing by a model, and the same text always gives the same reading. At
most ``TEXT_LIMIT`` characters and ``SENTENCE_LIMIT`` sentences are read, until
``LINE_LIMIT`` lines are found; it takes time in proportion, whatever is in them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from .inquiry_dates import find_wanted_date
from .inquiry_items import is_labelled, name_item
from .inquiry_prices import Price, find_prices
from .inquiry_quantities import Quantity, find_quantities
from .inquiry_terms import NO_TERMS, Terms, find_terms
from .inquiry_text import TEXT_LIMIT, own_words
from .inquiry_units import UNITS, Unit

DAY = date(2026, 3, 15)
LINE_LIMIT = 50
SENTENCE_LIMIT = 500
QUOTE_LENGTH = 200
# a row that names items without quantities, or a heading, is short
_HEADING_WORDS = 12
_SENTENCE = re.compile(
    r"(?<=[^\W\d_][^\W\d_][.!?]) (?=[^a-zß-ÿа-яё])|(?<=[。！？!?;；])"
)
_CLAUSE = re.compile(
    r", (?![0-9]{3}(?![0-9]))|(?<![0-9]),|,(?![0-9])|[;；、，。|]"
    r"|(?<= )(?:and|und|et|y|e|и|و|as well as|sowie|plus)(?= )|以及|和(?=[^平])"
    r"|(?<=[ァ-ー一-鿿])と(?=[ァ-ー一-鿿A-Za-z])",
    re.IGNORECASE,
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S{1,500}|(?<!\S)\S{1,80}@\S{1,80}")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is asked for.

    :param quote: the words it was read from
    :param price: for one unit; None when none is named
    """

    name: str
    quantity: float
    unit: str
    quote: str
    price: float | None = None
    currency: str = ""
    wanted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What texts of an inquiry say.

    :param text: what was read, without older mails and signatures
    :param has_more: whether there are lines behind the last that is kept
    :param has_price: whether any price or budget is named
    """

    text: str
    lines: tuple[Line, ...] = ()
    has_more: bool = False
    has_price: bool = False
    terms: Terms = NO_TERMS
    wanted_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence with its prices and the quantities of each clause."""

    text: str
    prices: list[Price]
    clauses: list[tuple[str, list[tuple[int, int]], list[Quantity]]]


def read(
    texts: Iterable[str], today: date, units: Mapping[str, Unit] = UNITS
) -> Reading:
    """Return what texts ask for that were all written on one day.

    :param texts: plain texts, each of one sender; see :func:`inquiry_text.plain_text`
    :param today: the day on which they were written
    """
    return read_dated([(text, today) for text in texts], units)


def read_dated(
    texts: Iterable[tuple[str, date]], units: Mapping[str, Unit] = UNITS
) -> Reading:
    """Return what texts ask for, in the order in which they were written.

    :param texts: plain texts, each with the day on which it was written
    """
    dated = [(own_words(text), day) for text, day in texts]
    text = "\n".join(own for own, _day in dated if own)[:TEXT_LIMIT]
    is_japanese = bool(_KANA.search(text))
    plain = _ADDRESS.sub(" ", text)
    lines, has_price, wanted_on, heading, count = [], False, None, "", 0
    target = None
    for sentence, today in islice(_split_sentences(dated), SENTENCE_LIMIT):
        row = _read_row(sentence, is_japanese, units)
        day = find_wanted_date(sentence, today)
        wanted_on = wanted_on or day
        has_price = has_price or bool(row.prices)
        found = _read_lines(row, heading)
        count += len(found)
        lines += [replace(one, wanted_on=day) for one in found]
        if count > LINE_LIMIT:
            break
        if not found:
            target = target or _target_of(row)
            heading = _heading_of(sentence) or heading
            if lines and not lines[-1].name and is_labelled(sentence):
                lines[-1] = replace(lines[-1], name=heading)
    lines = _complete(lines[:LINE_LIMIT], target, wanted_on)
    terms = find_terms(plain)
    return Reading(text, tuple(lines), count > LINE_LIMIT, has_price, terms, wanted_on)


def _split_sentences(dated):
    """Yield the sentences of texts, without addresses, and when each was written."""
    left = TEXT_LIMIT
    for text, day in dated:
        for row in _ADDRESS.sub(" ", text[:left]).split("\n"):
            for sentence in _SENTENCE.split(row):
                if sentence := sentence.strip():
                    yield sentence, day
        left = max(0, left - len(text))


def _read_row(sentence, is_japanese, units):
    prices = find_prices(sentence, is_japanese)
    masked = _mask(sentence, prices)
    clauses = []
    start = 0
    for cut in [*_CLAUSE.finditer(masked), None]:
        end = cut.start() if cut else len(masked)
        clause = masked[start:end]
        if clause.strip():
            quantities = find_quantities(clause.rstrip(), units)
            spans = [(one.start, one.end) for one in quantities]
            clauses.append((clause, spans, quantities))
        start = cut.end() if cut else end
    return _Row(sentence, prices, clauses)


def _mask(sentence, prices):
    """Return a sentence with signs that part instead of its prices, as long as it."""
    pieces, start = [], 0
    for price in prices:
        pieces.append(sentence[start : price.start])
        pieces.append("\u2016" * (price.end - price.start))
        start = price.end
    return "".join([*pieces, sentence[start:]])


def _read_lines(row, heading):
    """Return the lines of a row, each with the price that stands with it."""
    lines = []
    names = [
        name_item(clause.replace("\u2016", " "), spans)
        for clause, spans, _quantities in row.clauses
    ]
    for number, (_clause, _spans, quantities) in enumerate(row.clauses):
        if not quantities:
            continue
        # a clause that only says how many: what it is of stands next to it
        name = names[number] or next(filter(None, names[:number][::-1]), "") or heading
        name = name or next(filter(None, names[number:]), "")
        lines += [
            Line(name, one.value, one.unit, row.text[:QUOTE_LENGTH])
            for one in quantities
        ]
    targets = [price for price in row.prices if price.is_target]
    if len(targets) == len(lines):
        return [_priced(*pair) for pair in zip(lines, targets, strict=True)]
    return [_priced(line, targets[0]) for line in lines] if targets else lines


def _priced(line, price):
    return replace(line, price=price.amount, currency=price.currency)


def _target_of(row):
    return next((price for price in row.prices if price.is_target), None)


def _heading_of(sentence):
    """Return a short row as the name of what follows it."""
    if len(sentence.split(" ")) > _HEADING_WORDS:
        return ""
    return name_item(sentence, [])


def _complete(lines, target, wanted_on):
    """Return lines with the price and the day that are named for all of them."""
    if target and not any(line.price for line in lines):
        lines = [_priced(line, target) for line in lines]
    return [replace(one, wanted_on=one.wanted_on or wanted_on) for one in lines]
