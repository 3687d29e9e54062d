"""Decide what an inquiry is: of quality or not, spam, a duplicate, or a copy to many.

>>> decide(Evidence(grade=70, text="Need 500 pcs bearing", line_count=1), threshold=60)
Verdict(state='quality', cause='', facts={})
>>> decide(Evidence(text="https://a.example https://b.example"), threshold=60).cause
'links'

The first rule that holds decides, in this order:

* *own*: all that was written is by the company itself. No inquiry.
* *empty*: nothing was written. No inquiry.
* *spam*: links and hardly any words; letters without sense; one spam word in a text
  that names no quantity, or two in any text.
* *duplicate*: the same sender wrote the same text, or asked for the same lines, within
  the program's days. The first is kept.
* *copy*: others sent the same text within these days; or the text greets nobody by
  name, lists many things, and wants no quantity of any.
* *quality*: the grade is at least the threshold.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from .inquiry_reading import Line

SPAM_WORDS = (
    "seo",
    "backlinks",
    "guest post",
    "link building",
    "search engine optimization",
    "rank your website",
    "first page of google",
    "website traffic",
    "web design services",
    "redesign your website",
    "email list",
    "casino",
    "viagra",
    "crypto investment",
    "bitcoin investment",
    "business loan",
    "loan offer",
    "inheritance fund",
    "lottery winner",
    "adult dating",
    "mobile app development services",
    "suchmaschinenoptimierung",
    "référencement naturel",
    "posicionamiento web",
    "posicionamento no google",
    "продвижение сайтов",
    "раскрутка сайта",
    "تحسين محركات البحث",
    "代开发票",
    "网站优化排名",
    "网站推广",
    "被リンク",
    "seo対策",
)
# a text that is shorter is never compared: many may write "please call me"
LEAST_COMPARED = 20
MANY_ITEMS = 6
_FEW_LETTERS = 20
_LINK = re.compile(r"(?:https?://|www\.)\S{1,500}", re.IGNORECASE)
_LATIN_WORD = re.compile(r"(?<![^\W\d_])[A-Za-zÀ-ɏ]{5,60}(?![^\W\d_])")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{6}")
_GREETS_NOBODY = re.compile(
    r"^\W{0,3}(?:dear (?:sir|sirs|madam|supplier|friend|manager|all)\b|to whom it may"
    r"|sehr geehrte damen und herren|madame, monsieur|estimados? señor|prezados?"
    r" senhor|уважаемые|السادة|尊敬的(?:供应商|先生|朋友|客户)|各位|ご担当者)",
    re.IGNORECASE | re.MULTILINE,
)
_ITEM = re.compile(r"[,;、，\n•]")
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an inquiry when it is decided what it is.

    :param text: what was written, without older mails and signatures
    :param spam_words: those of the company's spam words that are in the text
    :param is_own: whether all of it was written by the company itself
    :param earlier_id: the inquiry of the same sender that this one repeats, or 0
    :param copy_count: how many inquiries of others had the same text
    """

    grade: int = 0
    text: str = ""
    line_count: int = 0
    spam_words: tuple[str, ...] = ()
    is_own: bool = False
    earlier_id: int = 0
    copy_count: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an inquiry is, and the code and figures of the rule that decided.

    :param cause: empty when the grade decided
    """

    state: str
    cause: str = ""
    facts: dict = field(default_factory=dict)


def decide(evidence: Evidence, threshold: int) -> Verdict:
    """Return what an inquiry is by the rules above.

    :param threshold: the least grade of a quality inquiry, 1 to 100
    """
    if evidence.is_own:
        return Verdict("none", "own")
    if not evidence.text.strip() and not evidence.line_count:
        return Verdict("none", "empty")
    if spam := _find_spam(evidence):
        return Verdict("spam", *spam)
    if evidence.earlier_id:
        return Verdict("duplicate", "repeated", {"lead": evidence.earlier_id})
    if copied := _find_copy(evidence):
        return Verdict("copy", *copied)
    return Verdict(state_of(evidence.grade, threshold))


def state_of(grade: int, threshold: int) -> str:
    """Return what a grade makes of an inquiry that is no spam, duplicate or copy."""
    return "quality" if grade >= threshold else "ordinary"


def _find_spam(evidence):
    """Return the rule by which it is spam, with its figures; or None."""
    words = evidence.spam_words
    if len(words) >= 2 or (words and not evidence.line_count):
        return "spam_words", {"words": ", ".join(words[:3])}
    if evidence.line_count:
        return None
    links = _LINK.findall(evidence.text)
    letters = sum(map(str.isalpha, _LINK.sub("", evidence.text)))
    if links and letters < _FEW_LETTERS:
        return "links", {"count": len(links)}
    if is_gibberish(evidence.text):
        return "gibberish", {}
    return None


def is_gibberish(text: str) -> bool:
    """Tell whether most longer Latin words of a short text are random letters.

    >>> is_gibberish("rtgPmKQsTvXwLb"), is_gibberish("Angstschweiß und Rhythmus")
    (True, False)
    """
    words = _LATIN_WORD.findall(text[:2000])
    odd = [word for word in words if _is_odd(word)]
    return 0 < len(words) < 30 and len(odd) * 10 >= len(words) * 6


def _is_odd(word):
    vowels = sum(letter in "aeiouyäöüéèêàâíóúãõîôûåø" for letter in word.lower())
    jumps = sum(a.islower() and b.isupper() for a, b in pairwise(word))
    return jumps >= 2 or vowels * 10 < len(word) or bool(_NO_VOWEL.search(word))


def _find_copy(evidence):
    """Return the rule by which it is a copy, with its figures; or None."""
    if evidence.copy_count:
        return "same_text", {"count": evidence.copy_count}
    if evidence.line_count or not _GREETS_NOBODY.search(evidence.text):
        return None
    count = len(_ITEM.findall(evidence.text))
    return ("list", {"count": count}) if count >= MANY_ITEMS else None


def text_fingerprint(text: str) -> str:
    """Return the same for texts that differ in blanks, signs and case only.

    :return: empty for texts too short to be compared
    """
    squashed = "".join(_TOKEN.findall(text.lower()))
    return _digest(squashed) if len(squashed) >= LEAST_COMPARED else ""


def lines_fingerprint(lines: Iterable[Line]) -> str:
    """Return the same for the same things in the same quantities, in any order."""
    named = sorted(
        f"{''.join(_TOKEN.findall(line.name.lower()))}|{line.quantity:g}|{line.unit}"
        for line in lines
        if line.name
    )
    return _digest("\n".join(named)) if named else ""


def line_key(line: Line) -> str:
    """Return by what a line that was read is known again when it is read anew."""
    return _digest(f"{line.name.lower()}|{line.quantity:g}|{line.unit}")


def _digest(text):
    # not for secrecy: to compare texts without keeping them twice
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
