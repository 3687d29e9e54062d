"""Find the day until which goods are wanted.

>>> today = date(2026, 3, 15)
>>> find_wanted_date("delivery within 30 days", today)
datetime.date(2026, 4, 14)
>>> find_wanted_date("Lieferung bis 15.05.2026 bitte", today)
datetime.date(2026, 5, 15)
>>> find_wanted_date("下个月交货", today), find_wanted_date("in May 2026", today)
(datetime.date(2026, 4, 30), datetime.date(2026, 5, 31))
>>> find_wanted_date("payment within 30 days", today) is None
True

A day that has passed, or is more than three years ahead, is none that is wanted. Of
``05/04/2026`` the first figure is the day unless it cannot be. A day without a year is
the next such day: ``bis 15.05.`` (``inquiry_days``), ``15. Mai``, ``5月15日``.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from .inquiry_days import find_days

_AHEAD = timedelta(days=3 * 366)
_MONTH_NAMES = (
    "january jan januar janvier enero janeiro январь января январе يناير |"
    " february feb februar février fevrier febrero fevereiro февраль февраля"
    " феврале فبراير | march mar märz maerz mars marzo março марта март марте"
    " مارس | april apr avril abril апреля апрель апреле أبريل ابريل | may mai"
    " mayo maio мая май мае مايو | june jun juni juin junio junho июня июнь"
    " июне يونيو | july jul juli juillet julio julho июля июль июле يوليو |"
    " august aug août aout agosto августа август августе أغسطس | september sep"
    " sept septembre septiembre setembro сентября сентябрь сентябре سبتمبر |"
    " october oct okt oktober octobre octubre outubro октября октябрь октябре"
    " أكتوبر | november nov novembre noviembre novembro ноября ноябрь ноябре"
    " نوفمبر | december dec dez dezember décembre decembre diciembre dezembro"
    " декабря декабрь декабре ديسمبر"
)
_MONTHS = {
    name: month
    for month, names in enumerate(_MONTH_NAMES.split("|"), 1)
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(20[0-9]{2})"
_ISO = re.compile(rf"(?<![0-9]){_YEAR}[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}})(?![0-9])")
_CHINESE = re.compile(
    r"(?:(20[0-9]{2}) ?年 ?)?(?<![0-9])([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号])?"
)
_FIGURES = re.compile(
    rf"(?<![0-9.])([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2{_YEAR}(?![0-9])"
)
_DAY_MONTH = re.compile(
    rf"(?<![0-9])([0-9]{{1,2}})(?:st|nd|rd|th|er|º|\.)? (?:of |de |d')?{_MONTH},?"
    rf"(?: (?:de |of )?{_YEAR})?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b{_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])(?:,? {_YEAR})?",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(
    rf"\b(?:by|before|until|in|end of|mid|early|for|during|bis|im|ende|anfang|vor|avant"
    rf"|en|fin|d'ici|para|antes de|hasta|fin de|finales de|em|até|fim de|до|в|к|конца"
    rf"|في|قبل|نهاية)(?: the| fin| ende| end| конца| fin de)?(?: of| de)? {_MONTH}"
    rf"(?: (?:de )?{_YEAR})?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:\b(?:within|in|innerhalb von|binnen|sous|dans|en|em|dentro de|in den nächsten"
    r"|через|в течение|delivery time|lead time|lieferzeit|delivery|délai de)"
    r"|خلال|في غضون)[ :]{1,2}(?:the next |max\.? )?([0-9]{1,3})(?:-[0-9]{1,3})?"
    r" ?-?(days?|tage?n?|jours?|días?|dias?|дней|дня|день|يوما?ً?|أيام|weeks?|wochen?"
    r"|semaines?|semanas?|недел[ьи]?ю?|أسابيع|أسبوع|months?|monate?n?|mois|meses|mes"
    r"|mês"
    r"|месяц[аев]*|أشهر|شهر)\b"
    r"|([0-9]{1,3}) ?(个?工作日|天|日|周|週間|个?星期|か月|ヶ月|ケ月|个月) ?(?:之?内"
    r"|以内|以内に"
    r"|交货|后|左右)",
    re.IGNORECASE,
)
_NEXT_MONTH = re.compile(
    r"下个?月|來月|来月|翌月|\bnext month\b|nächsten monat|kommenden monat|mois"
    r" prochain"
    r"|próximo mes|mes que viene|próximo mês|mês que vem|следующ\w+ месяц|الشهر القادم"
    r"|الشهر المقبل",
    re.IGNORECASE,
)
_OTHER_DUE = re.compile(
    r"payment|\bpay\b|net \d|warrant|valid|reply|respond|answer|zahl|garantie|gültig"
    r"|antwort|paiement|garantía|pago|válid|resposta|pagamento|respuesta|réponse|оплат"
    r"|гаранти|ответ|付款|质保|回复|有效|支払|返信|保証|الدفع|الضمان|الرد",
    re.IGNORECASE,
)
_WEEKS = (
    "week",
    "woche",
    "semain",
    "seman",
    "недел",
    "أسب",
    "أساب",
    "周",
    "週",
    "星期",
)
_MONTHS_LONG = ("month", "monat", "mois", "mes", "mês", "месяц", "شهر", "أشهر")
_MONTHS_LONG += ("个月", "か月", "ヶ月", "ケ月")


def find_wanted_date(clause: str, today: date) -> date | None:
    """Return the last day on which goods are wanted by a clause, or None.

    :param today: the day on which it was written
    """
    for find in (_find_written, _find_named, _find_span):
        for day in find(clause, today):
            if day and today <= day <= today + _AHEAD:
                return None if _OTHER_DUE.search(clause) else day
    return None


def _find_written(clause, today):
    """Yield the days that stand in figures."""
    for match in _ISO.finditer(clause):
        yield _day(match[1], match[2], match[3])
    for match in _FIGURES.finditer(clause):
        first, second = match[1], match[3]
        yield _day(match[4], second, first) or _day(match[4], first, second)
    for match in _CHINESE.finditer(clause):
        yield _coming(match[1], int(match[2]), match[3], today)
    for month, day in find_days(clause):
        yield _coming(None, month, day, today)


def _find_named(clause, today):
    """Yield the days whose month is a word."""
    for match in _DAY_MONTH.finditer(clause):
        yield _coming(match[3], _MONTHS[match[2].lower()], match[1], today)
    for match in _MONTH_DAY.finditer(clause):
        yield _coming(match[3], _MONTHS[match[1].lower()], match[2], today)
    for match in _MONTH_ONLY.finditer(clause):
        yield _coming(match[2], _MONTHS[match[1].lower()], None, today)


def _find_span(clause, today):
    """Yield the days that are counted from today."""
    for match in _SPAN.finditer(clause):
        count = int(match[1] or match[3])
        unit = (match[2] or match[4]).lower()
        days = 1
        if unit.startswith(_WEEKS) or "星期" in unit:
            days = 7
        elif unit.startswith(_MONTHS_LONG):
            days = 30
        yield today + timedelta(days=count * days)
    if _NEXT_MONTH.search(clause):
        year, month = divmod(today.year * 12 + today.month, 12)
        yield _month_end(year, month + 1)


def _day(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_end(year, month):
    return date(year, month, monthrange(year, month)[1])


def _coming(year, month, day, today):
    """Return a day, or the end of a month, in the year given or the next it comes."""
    if not 1 <= month <= 12:
        return None
    for candidate in [int(year)] if year else [today.year, today.year + 1]:
        found = _day(candidate, month, day) if day else _month_end(candidate, month)
        if found and found >= today:
            return found
    return None
