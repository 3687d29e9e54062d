"""Read the numbers of quantities and prices as people all over the world write them.

>>> read_number("1,000.50"), read_number("1.000,50"), read_number("1 000")
(1000.5, 1000.5, 1000.0)
>>> read_number("2,5"), read_number("1,00,000"), read_number("0.500")
(2.5, 100000.0, 0.5)
>>> read_chinese("两千五百"), read_chinese("十二")
(2500, 12)

One separator with three digits behind it parts thousands: ``1.250 kg`` are 1,250.
"""

import re

# linear: every part that repeats begins with a character the other parts cannot match
NUMBER = (
    r"(?:[0-9]{1,3}(?:[ '’][0-9]{3}){1,3}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]+(?:[.,][0-9]+)*)"
)
CHINESE_DIGITS = {
    digit: value
    for value, digits in enumerate(
        (
            "〇零",
            "一壹",
            "二两兩贰",
            "三叁",
            "四肆",
            "五伍",
            "六陆",
            "七柒",
            "八捌",
            "九玖",
        )
    )
    for digit in digits
}
CHINESE_PLACES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
}
MULTIPLIERS = {
    **CHINESE_PLACES,
    **dict.fromkeys(("k", "thousand", "thousands", "tsd", "tausend"), 1000),
    **dict.fromkeys(("mille", "mil", "тыс", "тысяч", "тысячи", "тысяча"), 1000),
    **dict.fromkeys(("ألف", "الف", "آلاف", "الاف", "thsd"), 1000),
    **dict.fromkeys(("hundred", "hundert", "cent", "cien", "сто", "مئة"), 100),
    **dict.fromkeys(("million", "millions", "millionen", "mio", "mln"), 10**6),
    **dict.fromkeys(("millones", "milhões", "млн", "миллион", "مليون"), 10**6),
    "lakh": 10**5,
}
NUMBER_WORDS = {
    word: value
    for value, words in {
        1: "one ein eine einen un une uno una um uma один одна одну",
        2: "two zwei deux dos dois duas два две",
        3: "three drei trois tres três три ثلاث ثلاثة",
        4: "four vier quatre cuatro quatro четыре أربع أربعة",
        5: "five fünf cinq cinco пять خمس خمسة",
        6: "six sechs seis шесть ست ستة",
        7: "seven sieben sept siete sete семь سبع سبعة",
        8: "eight acht huit ocho oito восемь ثماني ثمانية",
        9: "nine neun neuf nueve nove девять تسع تسعة",
        10: "ten zehn dix diez dez десять عشر عشرة",
        12: "twelve zwölf douze doce doze двенадцать",
        20: "twenty zwanzig vingt veinte vinte двадцать عشرون عشرين",
        50: "fifty fünfzig cinquante cincuenta cinquenta пятьдесят خمسون خمسين",
        100: "hundred hundert cent cien cem сто مئة مائة",
        200: "مئتي مئتا مائتي مئتين",
        500: "quinientos quinientas quinhentos quinhentas пятьсот خمسمئة خمسمائة",
        1000: "thousand tausend mille mil тысяча тысячу ألف",
        2000: "ألفي ألفا ألفين",
    }.items()
    for word in words.split()
}

_LONGEST = 20
_LARGEST = 10.0**9


def read_number(text: str) -> float | None:
    """Return the number that a text written with any separators means.

    :return: None when it is no number, or longer than any quantity or price
    """
    bare = text.replace(" ", "").replace("'", "").replace("’", "")
    if not bare or len(bare) > _LONGEST:
        return None
    try:
        value = float(_with_point(bare))
    except ValueError:
        return None
    return value if value <= _LARGEST else None


def _with_point(text: str) -> str:
    """Return a number with at most one separator: the decimal point."""
    point, comma = text.rfind("."), text.rfind(",")
    if point >= 0 and comma >= 0:
        decimal = "." if point > comma else ","
        thousands = "," if decimal == "." else "."
        return text.replace(thousands, "").replace(decimal, ".")
    separator = "." if point >= 0 else ","
    head, *groups = text.split(separator)
    if not groups:
        return text
    if len(groups) > 1:
        return text.replace(separator, "")
    parts_thousands = len(groups[0]) == 3 and len(head) <= 3 and head.strip("0")
    return head + groups[0] if parts_thousands else f"{head}.{groups[0]}"


def read_chinese(text: str) -> int | None:
    """Return the whole number that Chinese numerals say; None when they say none."""
    total = section = digit = 0
    for character in text:
        if character in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[character]
            continue
        place = CHINESE_PLACES.get(character)
        if place is None:
            return None
        if place >= 10**4:
            total = (total + section + digit or 1) * place
            section = digit = 0
        else:
            section += (digit or 1) * place
            digit = 0
    value = total + section + digit
    return value if re.search(r"\S", text) and 0 < value <= _LARGEST else None


_FORMATTED = re.compile(NUMBER)


def find_numbers(text: str) -> list[str]:
    """Return the numbers of a text as they are written."""
    return _FORMATTED.findall(text)
