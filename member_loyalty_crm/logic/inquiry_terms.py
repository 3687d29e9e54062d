"""Find the delivery term (Incoterms 2020 and those before) and the destination.

>>> find_terms("please quote CIF Hamburg")
Terms(term='CIF', place='Hamburg', destination='Hamburg', country='DE')
>>> find_terms("FOB上海，发往德国").country
'DE'
>>> find_terms("Les prix des pièces")
Terms(term='', place='', destination='', country='')

The place behind a term of the groups C and D is where the goods go; behind FOB, FCA,
FAS and EXW it is where they start.
"""

import re
from dataclasses import dataclass

from .inquiry_places import PLACES

INCOTERMS = ("EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR")
INCOTERMS += ("CIF",)
LEGACY = {
    "DAT": "DAT",
    "DAF": "DAF",
    "DES": "DES",
    "DEQ": "DEQ",
    "DDU": "DDU",
    "C&F": "CFR",
    "CNF": "CFR",
    "C+F": "CFR",
    "CANDF": "CFR",
}
_STARTING = frozenset(("EXW", "FCA", "FAS", "FOB"))
# in small letters these are no words of any of the languages
_PLAIN = frozenset(("fob", "cif", "exw", "cfr", "ddp", "ddu", "cnf", "c&f", "c+f"))
# these are, even in capitals, unless a place follows
_WORDS_TOO = frozenset(("DES", "DAT", "CIP", "DAP", "FAS", "CPT"))
_LETTER = r"[^\W\d_]"
_ASCII = "A-Za-z"
_ANY_TERM = "|".join(map(re.escape, (*INCOTERMS, *LEGACY)))
_TERM = re.compile(
    rf"(?<![{_ASCII}])({_ANY_TERM})(?![{_ASCII}])",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:\b(?:to|into|for delivery in|destination|nach|lieferort|bis|à destination de"
    r"|vers|pour|en|au|à|a|hacia|hasta|destino|para|em|до|в|на|адрес доставки)\b(?:"
    r" the| la"
    r"| le| el| o)?|إلى|الى|في|到|发往|發往|运到|运往|送到|发到|运至|目的港|目的地"
    r"|出口到|仕向地"
    r"|納入先|納品先) ?(?:(?:port|country|puerto|porto|порт|port de|puerto de|porto de"
    r"|ميناء|of)\b ?)*[:,是为为は]? ?",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"(?:(?:deliver(?:y|ed)?|ship(?:ping|ped|ment)?|sent?) to|destination(?: port)?"
    r"|port of (?:discharge|destination)|delivery (?:address|place)|lieferort|lieferung"
    r" nach|zielhafen|port de destination|livraison à|livré à|puerto de destino|entrega"
    r" en|destino|porto de destino|entrega em|порт назначения|место доставки"
    r"|ميناء الوصول|目的港|目的地|交货地|仕向地|納入先|納品先) ?[:-]? ?"
    rf"({_LETTER}[\w'-]{{2,30}}(?: [A-Z][\w'-]{{1,30}}){{0,2}})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?: |:|\(|-|port |puerto |porto |порт |ميناء )*({_LETTER}[\w'-]*"
    rf"(?: {_LETTER}[\w'-]*){{0,2}})"
)
_JAPANESE_TO = re.compile(r"([\u3040-\u30ff\u4e00-\u9fff]{2,8}?)(?:まで|向け|へ|港)")
_LONGEST_CJK = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """How and where to the goods are to go; empty texts when nothing is said.

    :param term: three letters of the Incoterms
    :param place: the place that is named behind the term
    :param destination: where the goods are to go
    :param country: ISO 3166 code of the destination, when it is known
    """

    term: str = ""
    place: str = ""
    destination: str = ""
    country: str = ""


NO_TERMS = Terms()


def find_terms(text: str) -> Terms:
    """Return the first delivery term with its place, and the destination."""
    term, place, country = _find_term(text)
    if term and term not in _STARTING and place:
        return Terms(term, place, place, country)
    destination, country = _find_destination(text)
    return Terms(term, place, destination, country)


def _find_term(text):
    for match in _TERM.finditer(text):
        said = match[1]
        if not (said.isupper() or said.lower() in _PLAIN):
            continue
        name, country = _read_place(text, match.end())
        if said.upper() in _WORDS_TOO and not name:
            continue
        if said.upper() == "DES" and not country:
            continue
        return LEGACY.get(said.upper(), said.upper()), name, country
    return "", "", ""


def _read_place(text, start):
    """Return the place that stands behind a term, and its country if known."""
    match = _NAMED.match(text, start, start + 80)
    if not match:
        return "", ""
    words = match[1].split(" ")
    name, country = _known_place(words)
    if name:
        return name, country
    named = []
    for word in words:
        if not word[0].isupper():
            break
        named.append(word)
    return " ".join(named), ""


def _known_place(words):
    """Return the longest name that the first words are, and its country."""
    for count in range(min(3, len(words)), 0, -1):
        name = " ".join(words[:count])
        if country := PLACES.get(name.lower()):
            return name, country
    word = words[0]
    if word[:1] >= "\u2e80":
        for length in range(min(len(word), _LONGEST_CJK), 1, -1):
            if country := PLACES.get(word[:length]):
                return word[:length], country
    return "", ""


def _find_destination(text):
    for match in _TO.finditer(text):
        behind = _NAMED.match(text, match.end(), match.end() + 80)
        if behind:
            name, country = _known_place(behind[1].split(" "))
            if name:
                return name, country
    for match in _JAPANESE_TO.finditer(text):
        for length in range(2, len(match[1]) + 1):
            if country := PLACES.get(match[1][-length:]):
                return match[1][-length:], country
    if strong := _STRONG.search(text):
        name, country = _known_place(strong[1].split(" "))
        return name or strong[1], country
    return "", ""
