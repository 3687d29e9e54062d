"""Find the quantities of a clause: a number with its unit, or one that is asked for.

>>> from .inquiry_units import UNITS
>>> [(q.value, q.unit) for q in find_quantities("500-1000 pcs and 2 x 40HQ", UNITS)]
[(500.0, 'pcs'), (2.0, '40HQ')]
>>> [(q.value, q.unit) for q in find_quantities("轴承两千五百个", UNITS)]
[(2500.0, 'pcs')]
>>> find_quantities("ISO 9001, M8x20, 6204-2RS, 100% cotton, tel 555 1234", UNITS)
[]

Of a range the lower end is the quantity: that much is sure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .inquiry_numbers import (
    CHINESE_DIGITS,
    CHINESE_PLACES,
    MULTIPLIERS,
    NUMBER,
    NUMBER_WORDS,
    read_chinese,
    read_number,
)
from .inquiry_units import MEASURES, Unit

_LARGEST = 10.0**9
_LETTERS = "A-Za-zÀ-ɏЀ-ӿ"
_NUMBERS = re.compile(
    rf"(?<![0-9{_LETTERS}_#№])(?<![0-9][.,/])(?<![0-9{_LETTERS}]-)({NUMBER})"
)
_RANGE = re.compile(rf" ?(?:-|~|to|bis|à|a|до|至|到|から|إلى|الى) ?({NUMBER})")
# letters of an alphabet, or signs: ``5kgの`` ends behind kg
_WORD = re.compile(r" ?([^\W\d_\u2e80-\uffff]+[23]?|[\u2e80-\uffff]+)\.?")
_CHINESE = re.compile(
    "[" + "".join((*CHINESE_DIGITS, *CHINESE_PLACES)) + "]{1,12}(?![0-9])"
)
_CONTAINER = re.compile(
    r" ?[x×*个個] ?(20|40|45) ?(?:['’′]{1,2}|ft\.?|feet|foot|尺|呎|pies|pieds"
    r"|футов\w*|قدم)?"
    r" ?-?(hq|hc|gp|dc|ot|fr|rf|fcl|high cube|containers?|conteneurs?|contenedor\w*"
    r"|cont[eê]iner\w*|контейнер\w*|柜|コンテナ|حاوي\w*)?",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"(?:\b(?:[Ii][Ss][Oo]|[Dd][Ii][Nn]|EN|ASTM|ANSI|JIS|GB|GB/T|SAE|HS|GOST|RAL|AISI|SS|IP"
    r"|ГОСТ|ТУ)[.: #-]*|[第型号]|[$€£¥№#])$"
)
# without a unit the number behind these is a name
_NAMED_BY = re.compile(
    r"\b(?:no|nr|nº|n°|order|auftrag|po|p\.o|invoice|rechnung|tel|phone|fax|mobile|item"
    r"|model|art|page|since|seit|depuis|zip|plz|type|typ|size|version|building|room)"
    r"[.: #-]*$",
    re.IGNORECASE,
)
_NOT_A_QUANTITY_AFTER = re.compile(
    r" ?(?:%|‰|°|º|[x×*] ?[0-9]|[/:][0-9]|(?:个|個|か|ヶ|ケ|カ|ヵ|箇)(?:月|工作日"
    r"|星期|小时"
    r"|礼拜|人|钟头|国家|所)|days?\b|hours?\b|years?\b|months?\b|weeks?\b)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\.? ?(?:/ ?(?:h|hr|hour|min|minute|s|sec|day|m|m2|m3|cm|cm2|mm|mm2|l|kw|tag|std"
    r"|jour|heure|día|hora|dia|час|мин|小时|分钟|时|天|日)\b"
    r"|あたり|当たり|につき"
    r"|(?:per|pro|par|por) (?:hour|minute|second|stunde|heure|hora|minuto|day)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\b(?:quantity|quantities|qty|q'ty|qté|quantité|menge|anzahl|stückzahl|cantidad"
    r"|cant|quantidade|qtd|qtde|количество|кол-во|amount needed|volume)\b\.?"
    r"|数量|订购量|订货量|采购量|需求量|個数|注文数|الكمية|كمية)[^\w\n]{0,4}$",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:need|needs|require|requires|order|buy|purchase|want|like|quote for|quote"
    r"|interested in|looking for|price for|for|about|around|approx|benötigen|brauchen"
    r"|suchen|bestellen|ca|etwa|über|besoin de|commander|cherchons|acheter|environ"
    r"|souhaitons|necesitamos|necesito|comprar|pedir|buscamos|precisamos|preciso"
    r"|queremos|нужно|нужны|требуется|купить|необходимо|заказать|نحتاج|نريد|أريد|شراء"
    r"|طلب)"
    r" (?:of |de |about |around |approx\.? |to |von |environ )?$",
    re.IGNORECASE,
)
_WISH = re.compile(r"\b(?:to|we|will|would|can|want to|like to) order $", re.IGNORECASE)
_NOUN = re.compile(rf" [{_LETTERS}\u0600-\u06ff]{{3,}}")
_AT_ROW_START = re.compile(rf"^[-*•·\d.)]{{0,4}} ?({NUMBER}) ?[x×] (?=[^\W\d_])")
_AT_ROW_END = re.compile(rf"(\S+) [x×*] ?({NUMBER})$")
_SIZE = re.compile(r"^[mMøØ]?[0-9]+(?:[.,][0-9]+)?(?:mm|cm|m)?$")
_LONGEST_CJK = 6
_TAIL = 120


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much is wanted, and where in the clause that is said.

    :param value: the quantity; the lower end of a range
    :param unit: its name; empty when only a number is asked for
    :param measure: one of ``MEASURES``
    """

    value: float
    unit: str
    measure: str
    start: int
    end: int


def find_quantities(clause: str, units: Mapping[str, Unit]) -> list[Quantity]:
    """Return the quantities of a clause, in the order of the text.

    A piece of something goes before what it weighs: of quantities with different
    measures the one that stands first in ``MEASURES`` is kept.
    """
    found: list[Quantity] = []
    end = 0
    for match in _NUMBERS.finditer(clause):
        if match.start() < end or not (quantity := _read(clause, match, units)):
            continue
        found.append(quantity)
        end = quantity.end
    found += _find_in_words(clause, units, found)
    if not found:
        found = _find_bare(clause)
    found.sort(key=lambda quantity: quantity.start)
    first = min((MEASURES.index(one.measure) for one in found), default=0)
    kinds = {MEASURES[first], "container"}
    return [one for one in found if one.measure in kinds]


def _read(clause, match, units):
    """Return the quantity that begins with a number, or None."""
    start, end = match.span(1)
    before = clause[max(0, start - 24) : start]
    value = read_number(match.group(1))
    if not value or _STANDARD.search(before):
        return None
    if (box := _CONTAINER.match(clause, end)) and (box.group(2) or "'" in box.group()):
        name = _name_container(box)
        return Quantity(value, name, "container", start, box.end())
    if (span := _RANGE.match(clause, end)) and read_number(span.group(1)):
        end = span.end()
    if _NOT_A_QUANTITY_AFTER.match(clause, end):
        return None
    return _with_unit(clause, start, end, value, units) or _asked_for(
        clause, before, start, end, value
    )


def _name_container(box):
    kind = (box.group(2) or "").upper()
    return box.group(1) + (kind if len(kind) == 2 else "FT")


def _with_unit(clause, start, end, value, units):
    """Return the quantity when a unit follows, after ``thousand`` or ``万`` or not."""
    factor, end = _multiply(clause, end)
    found = _find_unit(clause, end, units)
    if not found or _RATE.match(clause, found[1]) or value * factor > _LARGEST:
        return None
    unit, end = found
    return Quantity(value * factor, unit.name, unit.measure, start, end)


def _multiply(clause, end):
    """Return the factor that a word says behind a number, and where it ends."""
    factor = 1
    while clause[end : end + 1] in CHINESE_PLACES:
        factor *= CHINESE_PLACES[clause[end]]
        end += 1
    if factor > 1:
        return factor, end
    word = _WORD.match(clause, end, end + 20)
    if word and (said := MULTIPLIERS.get(word.group(1).lower())):
        behind = re.compile(r" (?:de|of|от) ").match(clause, word.end())
        return said, behind.end() - 1 if behind else word.end()
    return 1, end


def _find_unit(clause, start, units):
    """Return the unit whose word stands at a place, and where the word ends."""
    word = _WORD.match(clause, start, start + 24)
    if not word:
        return None
    said = word.group(1)
    if said[0] < "\u2e80":
        unit = units.get(said) or units.get(said.lower())
        at_end = word.end() == len(clause) or not clause[word.end()].isdigit()
        return (unit, word.end()) if unit and at_end else None
    for length in range(min(len(said), _LONGEST_CJK), 0, -1):
        if unit := units.get(said[:length]):
            return unit, word.start(1) + length
    return None


def _asked_for(clause, before, start, end, value):
    """Return a number without unit that a label or a wish makes a quantity."""
    if value != int(value) or _is_name(before):
        return None
    factor, end = _multiply(clause, end)
    labelled = _LABEL.search(before)
    wished = value > 1 and _DEMAND.search(before) and _NOUN.match(clause, end)
    if not (labelled or wished):
        return None
    return Quantity(value * factor, "", "piece", start, end)


def _is_name(before):
    """Tell whether a number is one of an order, a page, a telephone."""
    return bool(_NAMED_BY.search(before)) and not _WISH.search(before)


def _find_in_words(clause, units, found):
    """Return quantities whose number is written in Chinese or in words."""
    taken = {place for one in found for place in range(one.start, one.end)}
    quantities = []
    for match in _CHINESE.finditer(clause):
        value = read_chinese(match.group())
        is_other = match.start() in taken or clause.endswith("第", 0, match.start())
        if not value or value < 2 or is_other:
            continue
        if _NOT_A_QUANTITY_AFTER.match(clause, match.end()):
            continue
        if one := _with_unit(clause, match.start(), match.end(), float(value), units):
            quantities.append(one)
    for match in _SPOKEN.finditer(clause):
        value = float(NUMBER_WORDS[match.group().lower()])
        one = _with_unit(clause, match.start(), match.end(), value, units)
        if one and one.start not in taken and one.measure != "length":
            quantities.append(one)
    return quantities


_SPOKEN = re.compile(
    r"\b(?:" + "|".join(map(re.escape, NUMBER_WORDS)) + r")\b(?= )", re.IGNORECASE
)


def _find_bare(clause):
    """Return the quantity of a row such as ``500 x bearing`` or ``6204-2RS x 500``."""
    if (match := _AT_ROW_START.match(clause)) and (value := read_number(match[1])):
        return [Quantity(value, "", "piece", match.start(1), match.end())]
    match = _AT_ROW_END.search(clause[-_TAIL:])
    if not match or _SIZE.match(match[1]) or not (value := read_number(match[2])):
        return []
    shift = max(0, len(clause) - _TAIL)
    return [Quantity(value, "", "piece", shift + match.end(1), len(clause))]
