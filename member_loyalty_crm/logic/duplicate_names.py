"""How names of customers are made comparable, and how alike two of them are.

>>> normalise("  LUMEN Lighting GmbH & Co. KG"), normalise("Lümen—Lighting")
('lumen lighting', 'lumen lighting')
>>> normalise("深圳市照明有限公司"), normalise("ＡＣＭＥ Co., Ltd.")
('深圳市照明', 'acme')
>>> round(similarity("lumen lighting", "lumen lightning"), 3)
0.972
>>> similarity("lighting lumen", "lumen lighting")
1.0
"""

import re
import unicodedata

LEGAL_WORDS = """
    gmbh mbh ag kg ohg ug ev eg se ltd limited llc llp lp inc incorporated
    corp corporation co company plc pty pte sa sas sarl sasu eurl snc sl slu
    srl spa sapa sp zoo bv nv vof cv ab as asa aps oy oyj kft zrt bt doo dd
    sro spol ooo oao zao pao tov eood ood ead ltda eireli sdn bhd pvt kk gk yk
    jsc pjsc fze fzc fzco wll cie
"""
LEGAL_FORMS = frozenset(LEGAL_WORDS.split())
CHINESE_FORMS = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "株式会社",
    "有限会社",
    "合同会社",
    "주식회사",
    "公司",
)
JOINING = frozenset(["and", "und", "et", "y", "e", "i", "the", "of", "de", "la"])
PREFIX_WEIGHT = 0.1
LONGEST_PREFIX = 4
WORD = re.compile(r"[^\W_]+")
FOLDED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


def normalise(name: str | None) -> str:
    """Return a name without case, accents, full width, punctuation and legal form.

    What would leave nothing keeps its words: a company may be called "Company".

    :param str name: as somebody typed it
    :return: words parted by single blanks, empty for no name
    """
    text = _fold(name)
    text = _without_form(text)
    words = WORD.findall(_join_initials(text))
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join([word for word in kept if word not in JOINING] or kept or words)


def name_key(name: str | None) -> str:
    """Return what two spellings of one name have in common: its words in order.

    >>> name_key("Lighting, Lumen"), name_key("Lumen Lighting Ltd")
    ('lighting lumen', 'lighting lumen')
    """
    return " ".join(sorted(normalise(name).split()))


def similarity(one: str, other: str) -> float:
    """Return how alike two normalised names are, 0 to 1.

    The Jaro-Winkler similarity (W. E. Winkler, "String Comparator Metrics and Enhanced
    Decision Rules in the Fellegi-Sunter Model of Record Linkage", 1990): with ``m``
    characters that match within half the longer length, ``t`` of them out of order
    by pairs, jaro = (m/|a| + m/|b| + (m - t)/m) / 3; a common prefix of ``p`` <= 4
    characters adds p * 0.1 * (1 - jaro). Taken of the names as they stand and of
    their words in order, the higher counts.

    :param str one: a normalised name
    :param str other: another one
    """
    if not one or not other:
        return 0.0
    in_order = (" ".join(sorted(name.split())) for name in (one, other))
    return max(jaro_winkler(one, other), jaro_winkler(*in_order))


def jaro_winkler(one: str, other: str) -> float:
    """Return the similarity of two texts, 0 to 1; see :func:`similarity`.

    >>> round(jaro_winkler("martha", "marhta"), 4), round(jaro_winkler("a", "b"), 4)
    (0.9611, 0.0)
    >>> round(jaro_winkler("dwayne", "duane"), 2)
    0.84
    >>> round(jaro_winkler("dixon", "dicksonx"), 4)
    0.8133
    """
    if one == other:
        return 1.0
    jaro = _jaro(one, other)
    prefix = 0
    for left, right in zip(one[:LONGEST_PREFIX], other[:LONGEST_PREFIX], strict=False):
        if left != right:
            break
        prefix += 1
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro)


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two sets have in common, 0 to 1.

    The coefficient of L. R. Dice ("Measures of the Amount of Ecologic Association
    Between Species", 1945): 2 |a and b| / (|a| + |b|).

    >>> dice(frozenset({"main", "street"}), frozenset({"main", "st"}))
    0.5
    """
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _fold(text):
    """Return a text in one width, lower case and without accents."""
    wide = unicodedata.normalize("NFKC", text or "").casefold().translate(FOLDED)
    apart = unicodedata.normalize("NFKD", wide)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", bare).strip()


def _without_form(text):
    """Return a name without its Chinese, Japanese or Korean legal form, the longest."""
    for form in CHINESE_FORMS:
        if text.endswith(form) or text.startswith(form):
            return text.removesuffix(form).removeprefix(form) or text
    return text


def _join_initials(text):
    """Return a text in which "s.a.r.l." and "d.o.o" are words."""
    return re.sub(r"\b(\w)\.(?=\w\b)", r"\1", text).replace("'", "")


def _jaro(one, other):
    reach = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    matched = []
    for place, letter in enumerate(one):
        start, end = max(0, place - reach), min(len(other), place + reach + 1)
        for at in range(start, end):
            if not taken[at] and other[at] == letter:
                taken[at] = True
                matched.append(letter)
                break
    if not matched:
        return 0.0
    facing = [letter for letter, is_taken in zip(other, taken, strict=True) if is_taken]
    moved = sum(a != b for a, b in zip(matched, facing, strict=True)) / 2
    count = len(matched)
    return (count / len(one) + count / len(other) + (count - moved) / count) / 3
