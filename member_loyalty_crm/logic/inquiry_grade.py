"""Grade an inquiry from 0 to 100 by what it states, and keep the reasons.

>>> from .inquiry_reading import DAY, read
>>> said = Stated(read(["Need 500 pcs bearing 6204 CIF Hamburg"], DAY))
>>> graded = grade(said, [Criterion("quantity", 60), Criterion("price", 40)])
>>> graded.value, graded.level, [reason.is_met for reason in graded.reasons]
(60, 'b', [True, False])

The grade is the share of the points of all criteria that are met: 100 * met / all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .inquiry_reading import Reading

# the criteria with which the suite starts: kind and points, 100 in all
CRITERIA = (
    ("quantity", 35),
    ("product", 15),
    ("price", 15),
    ("term", 10),
    ("wanted_date", 10),
    ("destination", 5),
    ("attachment", 5),
    ("sender", 5),
)
_LEVELS = ((75, "a"), (50, "b"), (25, "c"), (0, "d"))
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that makes an inquiry concrete, and what it weighs.

    :param words: of a criterion of kind ``words``: one of them must be in the text
    """

    kind: str
    points: int
    words: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of an inquiry.

    :param item_count: how many lines there are with a quantity; None: those read
    :param product_count: how many of the lines name one of the company's products
    :param is_known: whether the sender is a member
    :param has_company_mail: whether the sender's address is that of a company
    """

    reading: Reading
    item_count: int | None = None
    product_count: int = 0
    has_price: bool = False
    has_name: bool = False
    has_date: bool = False
    attachment_count: int = 0
    is_known: bool = False
    has_company_mail: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A criterion and whether it is met, with the figures that the sentence names."""

    code: str
    is_met: bool
    points: int
    facts: dict = field(default_factory=dict)

    def to_json(self) -> dict:
        """Return it as it is kept on the lead."""
        return {
            "code": self.code,
            "met": self.is_met,
            "points": self.points,
            "facts": self.facts,
        }


@dataclass(frozen=True, slots=True)
class Grade:
    """How concrete an inquiry is: 0 to 100, a level from ``a`` to ``d``, and why."""

    value: int
    level: str
    reasons: tuple[Reason, ...]


def level_of(value: int) -> str:
    """Return the level of a grade: a from 75, b from 50, c from 25, d below."""
    return next(level for least, level in _LEVELS if value >= least)


def grade(stated: Stated, criteria: Iterable[Criterion]) -> Grade:
    """Return the grade of an inquiry by criteria that weigh in proportion."""
    criteria = [one for one in criteria if one.points > 0]
    reasons = tuple(_judge(criterion, stated) for criterion in criteria)
    total = sum(criterion.points for criterion in criteria)
    met = sum(reason.points for reason in reasons if reason.is_met)
    value = round(100 * met / total) if total else 0
    return Grade(value, level_of(value), reasons)


def _judge(criterion, stated):
    is_met, facts = _CHECKS[criterion.kind](stated, criterion)
    if criterion.kind == "words":
        facts = {**facts, "criterion": criterion.id}
    return Reason(criterion.kind, bool(is_met), criterion.points, facts)


def _has_quantity(stated, _criterion):
    count = stated.item_count
    count = len(stated.reading.lines) if count is None else count
    return count, {"count": count}


def _has_product(stated, _criterion):
    named = stated.has_name or any(line.name for line in stated.reading.lines)
    return stated.product_count or named, {"count": stated.product_count}


def _has_price(stated, _criterion):
    return stated.has_price or stated.reading.has_price, {}


def _has_term(stated, _criterion):
    terms = stated.reading.terms
    return terms.term, {"term": terms.term, "place": terms.place}


def _has_destination(stated, _criterion):
    terms = stated.reading.terms
    return terms.destination, {"place": terms.destination, "country": terms.country}


def _has_date(stated, _criterion):
    day = stated.reading.wanted_on
    return stated.has_date or day, {"day": day.isoformat() if day else ""}


def _has_attachment(stated, _criterion):
    return stated.attachment_count, {"count": stated.attachment_count}


def _has_sender(stated, _criterion):
    return stated.is_known or stated.has_company_mail, {"known": stated.is_known}


def _has_words(stated, criterion):
    found = find_words(stated.reading.text, criterion.words)
    return found, {"word": found[0] if found else ""}


_CHECKS = {
    "quantity": _has_quantity,
    "product": _has_product,
    "price": _has_price,
    "term": _has_term,
    "wanted_date": _has_date,
    "destination": _has_destination,
    "attachment": _has_attachment,
    "sender": _has_sender,
    "words": _has_words,
}
KINDS = tuple(_CHECKS)


def find_words(text: str, words: Iterable[str]) -> list[str]:
    """Return those words or phrases that are in a text, whole and in any case.

    Words in Chinese or Japanese signs are found within others.

    >>> find_words("Best SEO services; 代开发票", ["seo", "EO serv", "开发票"])
    ['seo', '开发票']
    """
    said = f" {_squash(text)} "
    found = []
    for word in words:
        phrase = _squash(word)
        whole = phrase if phrase[:1] >= "\u2e80" else f" {phrase} "
        if phrase and whole in said:
            found.append(word)
    return found


def _squash(text):
    return " ".join(_TOKEN.findall(text.lower()))
