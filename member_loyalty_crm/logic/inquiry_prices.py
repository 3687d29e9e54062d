"""Find prices and their currencies, and tell a target price from a sum or a budget.

>>> [(p.amount, p.currency, p.is_target) for p in find_prices("target US$ 2.50/pc")]
[(2.5, 'USD', True)]
>>> [(p.amount, p.currency, p.is_target) for p in find_prices("总预算5万元")]
[(50000.0, 'CNY', False)]
"""

import re
from dataclasses import dataclass

from .inquiry_numbers import MULTIPLIERS, NUMBER, read_number

CURRENCIES = {
    sign: code
    for code, signs in {
        "USD": "us$ usd $ dollars dollar dólares dolares долларов доллара доллар"
        " дол دولار 美元 美金 ドル",
        "EUR": "€ eur euros euro евро يورو 欧元 ユーロ",
        "CNY": "rmb cny cn¥ yuan 元 人民币 块钱 юаней юань يوان ¥",
        "JPY": "jpy yen 円 иен",
        "GBP": "£ gbp pounds 英镑",
        "RUB": "₽ rub руб рублей рубля рубль",
        "BRL": "r$ brl reais real",
        "AED": "aed د.إ درهم dirham dirhams dhs",
        "SAR": "sar ر.س ريال",
        "EGP": "egp ج.م جنيه",
        "MXN": "mxn",
        "CAD": "c$ cad ca$",
        "AUD": "a$ aud au$",
        "HKD": "hk$ hkd 港币",
        "SGD": "s$ sgd",
        "CHF": "chf",
        "INR": "₹ inr",
        "KRW": "₩ krw",
        "TRY": "₺",
        "PLN": "pln zł",
    }.items()
    for sign in signs.split()
}

_LETTER = r"[^\W\d_]"
_SIGN = "|".join(
    (rf"(?<!{_LETTER})" if sign[0].isalpha() and sign[0] < "\u2e80" else "")
    + re.escape(sign)
    + (rf"(?!{_LETTER})" if sign[-1].isalpha() and sign[-1] < "\u2e80" else "")
    for sign in sorted(CURRENCIES, key=len, reverse=True)
)
_TIMES = r"( ?(?:万|千|百|億|亿|k(?![^\W\d_])|тыс\.?|mil(?![^\W\d_])|mio\.?))?"
_NUMBER = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9][.,])(?<![0-9A-Za-z]-)({NUMBER})")
_GLUED_NUMBER = re.compile(rf"(?<![0-9])(?<![0-9][.,])({NUMBER})")
_SIGN_BEFORE = re.compile(rf"({_SIGN})\.? {{0,2}}$", re.IGNORECASE)
_SIGN_BEHIND = re.compile(rf"{_TIMES} {{0,2}}({_SIGN})", re.IGNORECASE)
_TIMES_BEHIND = re.compile(_TIMES, re.IGNORECASE)
_LAST_LETTERS = frozenset(sign[-1] for sign in CURRENCIES) | {"."}
_LONGEST_SIGN = max(map(len, CURRENCIES)) + 4
_PER_UNIT = re.compile(
    r"\.? {0,2}(?:/ ?[^\W\d_]|per |each\b|ea\b|pro |je |par |por |la pi|cada|за |каждый"
    r"|a piece|apiece|cif|fob|exw|每|毎|左右|一个|لكل|للقطعة|للوحدة|للطن|للكيلو|unit)",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?:target|unit price|price per|each at|@ ?$|zielpreis|stückpreis|wunschpreis"
    r"|preisvorstellung|prix cible|prix unitaire|prix souhaité|precio objetivo"
    r"|precio unitario|precio meta|preço alvo|preço-alvo|preço unitário|целевая цена"
    r"|желаемая цена|цена за|по цене|السعر المستهدف|سعر الوحدة|目标价|目標價|目标单价"
    r"|单价"
    r"|期望价|希望価格|目標価格|単価|指値|每[个件吨台套]|1個)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"total|budget|turnover|revenue|shipping|freight|gesamt|umsatz|presupuesto"
    r"|orçamento|бюджет|الميزانية|总|預算|预算|予算|合計",
    re.IGNORECASE,
)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Price:
    """A price that a text names.

    :param currency: ISO 4217
    :param is_target: whether it is a price for one unit, as far as the words say
    """

    amount: float
    currency: str
    is_target: bool
    start: int
    end: int


def find_prices(row: str, is_japanese: bool = False) -> list[Price]:
    """Return the prices of a row, in the order of the text.

    :param is_japanese: the text has kana, so that ``¥`` is yen and not yuan
    """
    prices: list[Price] = []
    for match in _GLUED_NUMBER.finditer(row):
        if prices and match.start() < prices[-1].end:
            continue
        amount = read_number(match[1])
        found = _find_sign(row, *match.span()) if amount else None
        if not found:
            continue
        sign, times, start, end = found
        amount *= _read_times(times)
        before = row[max(0, start - _NEAR) : start]
        is_target = not _TOTAL.search(before) and bool(
            _TARGET.search(before) or _PER_UNIT.match(row, end)
        )
        code = "JPY" if sign == "¥" and is_japanese else CURRENCIES[sign]
        prices.append(Price(amount, code, is_target, start, end))
    return prices


def _find_sign(row, start, end):
    """Return the currency before or behind a number, and where the price stands.

    :return: the sign, the word for thousands, start and end; or None
    """
    ahead = row[max(0, start - _LONGEST_SIGN) : start]
    may_be_sign = ahead.rstrip(" ")[-1:].lower() in _LAST_LETTERS
    if may_be_sign and (sign := _SIGN_BEFORE.search(ahead)):
        times = _TIMES_BEHIND.match(row, end)
        begins = start - len(ahead) + sign.start()
        return sign[1].lower(), times[1], begins, times.end()
    if _NUMBER.match(row, start) and (sign := _SIGN_BEHIND.match(row, end)):
        return sign[2].lower(), sign[1], start, sign.end()
    return None


def _read_times(word):
    word = (word or "").strip(" .").lower()
    return MULTIPLIERS.get(word, 1)
