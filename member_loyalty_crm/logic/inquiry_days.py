"""Find days that are written in figures and without a year.

>>> list(find_days("Lieferung bis 15.05. bitte")), list(find_days("by 5/15"))
([(5, 15)], [(5, 15)])
>>> list(find_days("avant le 05/06")), list(find_days("6/5までに"))
([(6, 5)], [(6, 5)])
>>> list(find_days("by 5/6")), list(find_days("bis 12.5 kg")), list(find_days("3/15"))
([], [], [])

Figures are a day only next to a word that says until when. With a dot the day comes
first, with a stroke in French, Spanish, Portuguese and Arabic too; Chinese and Japanese
write the month first. Of English ``5/6`` nobody knows: only what is clear is read.
"""

import re
from collections.abc import Iterator

_EITHER = r"by|before|until|till|no later than|delivery date|due date"
_DAY_FIRST = (
    r"avant|pour|jusqu'au|date de livraison|hasta|antes del?|para|fecha de entrega"
    r"|até|data de entrega|قبل|حتى"
)
_DOTTED = (
    r"bis|spätestens|zum|liefertermin|lieferdatum|wunschtermin"
    r"|до|к|не позднее|срок поставки"
)
_ARTICLE = r"(?:the |zum |den |dem |am |le |el |o |dia |día ){0,2}"
_FIGURES = r"(0?[1-9]|[12][0-9]|3[01])"
_WITH_DOT = re.compile(
    rf"(?<!\w)(?:{_DOTTED}|{_EITHER}|{_DAY_FIRST})[ :]{{1,2}}{_ARTICLE}"
    rf"{_FIGURES}\.{_FIGURES}(?:\.(?![0-9])|(?= ?(?:[,;!?)]|$)))",
    re.IGNORECASE,
)
_WITH_STROKE = re.compile(
    rf"(?<!\w)(?:({_EITHER})|{_DAY_FIRST})[ :]{{1,2}}{_ARTICLE}"
    rf"{_FIGURES}/{_FIGURES}(?![0-9/.])"
    r"(?! ?-?(?:[\"”″'’]|in\b|inch|pouce|pulgada|polegada|بوصة))",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![0-9/.]){_FIGURES}/{_FIGURES} ?"
    r"(?:まで|迄|必着|之前|以前|前(?=交|发|到|送|出))"
    rf"|(?:納期|纳期|交期|交货期|交货日期)[ :は]{{0,2}}{_FIGURES}/{_FIGURES}(?![0-9/.])"
)


def find_days(clause: str) -> Iterator[tuple[int, int]]:
    """Yield month and day of what is clearly a day without a year."""
    for match in _WITH_DOT.finditer(clause):
        yield int(match[2]), int(match[1])
    for match in _WITH_STROKE.finditer(clause):
        first, second = int(match[2]), int(match[3])
        if second > 12:
            yield first, second
        elif first > 12 or first == second or not match[1]:
            yield second, first
    for match in _MONTH_FIRST.finditer(clause):
        yield int(match[1] or match[3]), int(match[2] or match[4])
