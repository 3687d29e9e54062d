"""Make what a customer wrote into plain rows of text, of a length that is bounded.

>>> plain_text("<p>500 pcs</p><script>alert(1)</script><p>FOB&nbsp;Shanghai</p>")
'500 pcs\\nFOB Shanghai'
>>> own_words("We need ５００ pcs\\n\\nOn Monday Li wrote:\\n> 900 pcs?")
'We need 500 pcs'

Nothing of it is run, rendered or followed: tags are cut out, never interpreted.
"""

import html
import re
import unicodedata

# a mail's source may be longer for its styles; what is written in it is not read on
SOURCE_LIMIT = 400_000
TEXT_LIMIT = 50_000
ROW_LIMIT = 2_000
SIGNATURE_ROWS = 15

_BLOCK_TAGS = "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 hr pre section article"
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CELLS = frozenset(("td", "th"))
_SILENT = frozenset(
    ("script", "style", "head", "template", "title", "svg", "blockquote")
)
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "col", "wbr"))
# no part can match what another begins with: reading takes linear time
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})((?![a-zA-Z0-9])[^<>]*)>")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣"), "-")
_SIGNS = {ord("٬"): ",", ord("٫"): ".", ord("，"): ",", ord("\t"): " "}
_BLANKS = re.compile(r"[^\S\n]+")
_QUOTED = re.compile(
    r"^(?:>|-{2,}\s*(?:original|forwarded|ursprüngliche|message d'origine|mensaje"
    r"|mensagem|исходное|пересл|原始邮件|转发|元のメッセージ)"
    r"|am\b.{5,120}\bschrieb\b.{0,80}$"
    r"|(?:on|le|am|el|em|в|في)\b.{5,200}(?:wrote|a écrit|schrieb|escribió|escreveu"
    r"|написал\w*|пишет|كتب)\s*:?\s*$"
    r"|.{5,120}(?:写道|寫道|のメール|написал\w{0,2})\s*[::]\s*$"
    r"|\d{4}年.{4,80}[<＜].{3,80}[>＞]\s*[::]\s*$)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"^(?:from|von|de|от|发件人|寄件者|差出人|من)\s*:\s*\S", re.IGNORECASE
)
_HEADER_NEXT = re.compile(
    r"^(?:sent|date|to|gesendet|datum|an|envoyé|à|enviado|fecha|para|data|отправлено"
    r"|дата|кому|发送时间|收件人|日期|送信日時|宛先|تاريخ|إلى)\b\s*:",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:--\s*$|(?:with |mit |avec )?(?:my |our )?"
    r"(?:best|kind|kindest|warm|warmest)?\s*(?:regards|wishes)\b"
    r"|yours (?:sincerely|faithfully|truly)|sincerely\b"
    r"|mit (?:besten|freundlichen) gr(?:ü|ue)(?:ß|ss)en|(?:freundliche|viele|beste)"
    r" gr(?:ü|ue)(?:ß|ss)e|mfg\b"
    r"|(?:bien )?cordialement|salutations|(?:un )?(?:saludo|saludos)\b|atentamente"
    r"|atenciosamente|cumprimentos|с уважением|مع (?:أطيب )?(?:تحياتي|التحيات)"
    r"|تحياتي|此致|顺祝商祺|祝商祺|敬具|以上、?よろしく)",
    re.IGNORECASE,
)


def plain_text(source: str) -> str:
    """Return the words of a page or of a plain text in rows.

    Scripts, styles and quoted mails are left out.

    :param source: of it at most ``SOURCE_LIMIT`` characters are read, and at most
        ``TEXT_LIMIT`` are returned
    """
    source = source[:SOURCE_LIMIT]
    if "<" in source:
        source = html.unescape("".join(_words_of(_without_comments(source))))
    rows = (_BLANKS.sub(" ", row).strip() for row in source[:TEXT_LIMIT].split("\n"))
    return "\n".join(row for row in rows if row)


def _words_of(page):
    """Yield the words between the tags of a page, and line ends for its blocks."""
    start, left_out, depth = 0, "", 0
    for tag in _TAG.finditer(page):
        name, is_end = tag[2].lower(), bool(tag[1])
        if left_out:
            # until the element ends that is left out, with those of its kind in it
            depth += (-1 if is_end else 1) if name == left_out else 0
            left_out = left_out if depth else ""
            start = tag.end()
            continue
        yield page[start : tag.start()]
        start = tag.end()
        if name in _BLOCKS:
            yield "\n"
        elif name in _CELLS:
            yield "  "
        if not is_end and name not in _VOID and _is_left_out(name, tag[3]):
            left_out, depth = name, 1
    if not left_out:
        yield page[start:]


def _is_left_out(name, attributes):
    """Tell whether an element is not for reading, or holds an older mail."""
    return (
        name in _SILENT
        or "gmail_quote" in attributes
        or "data-o-mail-quote" in attributes
    )


def _without_comments(source):
    """Return a page without its comments; one that never ends swallows the rest."""
    kept, start = [], 0
    while (opens := source.find("<!--", start)) >= 0:
        kept.append(source[start:opens])
        closes = source.find("-->", opens)
        if closes < 0:
            return "".join(kept)
        start = closes + 3
    return "".join([*kept, source[start:]])


def normalized(text: str) -> str:
    """Return a text with plain digits, blanks, dashes and commas."""
    # one character may become eighteen
    text = unicodedata.normalize("NFKC", text[:TEXT_LIMIT])[:TEXT_LIMIT]
    text = text.translate(_SIGNS).translate(_DASHES)
    if not text.isascii():
        text = "".join(_plain_digit(character) for character in text)
    return "\n".join(row[:ROW_LIMIT] for row in text.split("\n"))


def _plain_digit(character):
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def own_words(text: str) -> str:
    """Return what the sender wrote, without quoted mails and without signature."""
    rows = [_BLANKS.sub(" ", row).strip() for row in normalized(text).split("\n")]
    rows = rows[: _find_quote(rows)]
    for number, row in enumerate(rows):
        # a signature is short and has something above it
        if number and len(rows) - number <= SIGNATURE_ROWS and _CLOSING.match(row):
            rows = rows[:number]
            break
    return "\n".join(row for row in rows if row)


def _find_quote(rows):
    """Return the number of the row with which an older mail begins."""
    for number, row in enumerate(rows):
        if not row:
            continue
        if _QUOTED.match(row[:400]):
            return number
        following = rows[number + 1 : number + 4]
        if _HEADER.match(row) and any(map(_HEADER_NEXT.match, following)):
            return number
    return len(rows)
