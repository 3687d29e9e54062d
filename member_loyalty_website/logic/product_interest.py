"""What a page may tell about a visitor's interest in a product, made safe.

>>> read_beacon({"product_id": "7", "seconds": "42", "first": "1"})
Beacon(product_id=7, seconds=42, is_first=True, is_from_search=False)
>>> read_beacon({"product_id": "drop table"}) is None
True
>>> normalise_words("  Floor   LAMP ")
'floor lamp'
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LARGEST_ID = 2**31 - 1
SECONDS_PER_VIEW = 600
LONGEST_WORDS = 64
LONGEST_NUMBER = 10
PERSONAL = re.compile(r"@|\d{7,}")


@dataclass(frozen=True, slots=True)
class Beacon:
    """What a product page tells when it is left or hidden.

    :param seconds: how long it was visible since it told last
    :param is_first: whether the page tells for the first time, which is one view
    :param is_from_search: whether a search led to the page
    """

    product_id: int
    seconds: int
    is_first: bool
    is_from_search: bool


def read_beacon(values: Mapping) -> Beacon | None:
    """Return what a page told, or None when it is nonsense.

    Seconds are cut at ten minutes for each view: nobody reads a page for an hour, but
    many leave it open.

    >>> read_beacon({"product_id": "7", "seconds": "99999"}).seconds
    600
    >>> read_beacon({"product_id": "7", "seconds": "-5"}) is None
    True
    """
    product_id = _read_number(values.get("product_id"))
    seconds = _read_number(values.get("seconds", "0"))
    if product_id is None or seconds is None or not 0 < product_id <= LARGEST_ID:
        return None
    is_first = values.get("first") == "1"
    return Beacon(
        product_id=product_id,
        seconds=min(seconds, SECONDS_PER_VIEW),
        is_first=is_first,
        is_from_search=is_first and values.get("search") == "1",
    )


def normalise_words(words) -> str:
    """Return searched words as they are counted; empty when they are not kept.

    Alike in case and spaces is the same search. What looks like an address or a number
    of a person is not kept.

    >>> normalise_words("ＬＥＤ"), normalise_words("ann@example.com")
    ('led', '')
    >>> normalise_words("+49 1511234567"), normalise_words(None)
    ('', '')
    """
    if not isinstance(words, str):
        return ""
    plain = unicodedata.normalize("NFKC", words).casefold()
    plain = "".join(one for one in plain if one.isspace() or one.isprintable())
    plain = " ".join(plain.split())
    if PERSONAL.search(plain.replace(" ", "")):
        return ""
    return plain[:LONGEST_WORDS].strip()


def _read_number(text) -> int | None:
    """Return a number that a page sent, or None."""
    if not isinstance(text, str) or not text.isdecimal() or not text.isascii():
        return None
    return int(text) if len(text) <= LONGEST_NUMBER else None
