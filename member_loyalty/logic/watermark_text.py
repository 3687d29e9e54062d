"""The words of a watermark, cut into runs that one font can write each.

>>> [run.script for run in split("Anna 山田 さん")]
['latin', 'japanese']
>>> [run.script for run in split("王芳 Ltd.")]
['chinese', 'latin']
"""

import unicodedata
from dataclasses import dataclass

KANA = ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))
HAN = ((0x2E80, 0x2FDF), (0x3000, 0x303F), (0x3400, 0x9FFF), (0xF900, 0xFAFF))
WIDE = (*HAN, (0xFF00, 0xFF65), (0x20000, 0x3FFFF))
ARABIC = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFEFC))


@dataclass(frozen=True, slots=True)
class Run:
    """Characters next to each other that are written with one font.

    :param script: "latin" (Greek and Cyrillic, too), "chinese", "japanese", "korean"
        or "arabic"
    """

    script: str
    text: str


def _is_in(code: int, ranges) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _script(char: str, is_japanese: bool) -> str:
    """Return what writes a character; nothing for those that any font has."""
    code = ord(char)
    if char.isspace():
        return ""
    if _is_in(code, KANA):
        return "japanese"
    if _is_in(code, HANGUL):
        return "korean"
    if _is_in(code, WIDE):
        return "japanese" if is_japanese else "chinese"
    return "arabic" if _is_in(code, ARABIC) else "latin"


def split(text: str) -> tuple[Run, ...]:
    """Cut a text into runs; Han characters beside kana are Japanese.

    Spaces belong to what they follow. Control characters are left out, so that a
    name cannot break the line:

    >>> split("A\\nB")
    (Run(script='latin', text='A B'),)
    >>> split("")
    ()
    """
    clean = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    is_japanese = any(_is_in(ord(char), KANA) for char in clean)
    runs: list[Run] = []
    for char in clean:
        script = _script(char, is_japanese) or (runs[-1].script if runs else "latin")
        if runs and runs[-1].script == script:
            runs[-1] = Run(script, runs[-1].text + char)
        else:
            runs.append(Run(script, char))
    return tuple(runs)


def right_to_left(text: str) -> str:
    """Return Arabic text in the order in which it is drawn; numbers keep theirs.

    >>> right_to_left("ab 12")
    '12 ba'
    """
    words, drawn = [], ""
    for char in text:
        if char.isdigit() and drawn and drawn[-1].isdigit():
            drawn += char
            continue
        if drawn:
            words.append(drawn)
        drawn = char
    return "".join(reversed([*words, drawn]))


def simplify(text: str) -> str:
    """Return the nearest letters without marks; "?" for what has none.

    >>> simplify("Łukasz Öz"), simplify("é")
    ('?ukasz Oz', 'e')
    """
    return "".join(
        char if ord(char) < 128 else "?"
        for char in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(char)
    )
