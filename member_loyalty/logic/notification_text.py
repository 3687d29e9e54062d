"""Texts of messages with ``{names}`` in them, filled in; there is no code in them.

>>> text = "You are now {tier}.\\n\\nWith it you have:\\n{benefits}"
>>> find_names(text)
('tier', 'benefits')
>>> fill(text, {"tier": "Silver", "benefits": "• 2% off\\n• Hotline"})
'You are now Silver.\\n\\nWith it you have:\\n• 2% off\\n• Hotline'

What would name something empty is left out, by paragraph:

>>> fill(text, {"tier": "Silver", "benefits": ""})
'You are now Silver.'
"""

import re
from collections.abc import Collection, Iterable, Mapping
from html import escape

NAME = re.compile(r"\{([a-z_]+)\}")
BRACES = re.compile(r"\{([^{}]*)\}")
PARAGRAPH = re.compile(r"\n[ \t]*\n")
BULLET = "• "


def find_names(*texts: str | None) -> tuple[str, ...]:
    """Return the names that texts have in braces, each once, in their order."""
    found = [name for text in texts for name in NAME.findall(text or "")]
    return tuple(dict.fromkeys(found))


def find_unknown(text: str | None, known: Collection[str]) -> tuple[str, ...]:
    """Return what a text has in braces and nobody can fill in.

    >>> find_unknown("{tier} {Tier} {object.password}", {"tier"})
    ('Tier', 'object.password')
    """
    found = BRACES.findall(text or "")
    return tuple(dict.fromkeys(name for name in found if name not in known))


def fill(text: str | None, words: Mapping[str, str]) -> str:
    """Put words in the place of their names; what words say is not looked into.

    A paragraph that names something empty is left out. Other braces stay.

    >>> fill("{a} and {b}", {"a": "{b}", "b": "{a}"})
    '{b} and {a}'
    """
    paragraphs = PARAGRAPH.split((text or "").strip())
    filled = [
        NAME.sub(lambda match: words.get(match[1], match[0]), paragraph).strip()
        for paragraph in paragraphs
        if all(words.get(name, name) for name in find_names(paragraph))
    ]
    return "\n\n".join(paragraph for paragraph in filled if paragraph)


def fill_line(text: str | None, words: Mapping[str, str]) -> str:
    """Put words in the place of their names in a title: always one line.

    >>> fill_line("{tier}: hello  {member}", {"tier": "Silver", "member": ""})
    'Silver: hello'
    """
    filled = NAME.sub(lambda match: words.get(match[1], match[0]), text or "")
    return " ".join(filled.split())


def list_up(lines: Iterable[str]) -> str:
    """Return lines as a list.

    >>> list_up(["2% off", "Hotline"])
    '• 2% off\\n• Hotline'
    """
    return "\n".join(f"{BULLET}{line}" for line in lines if line)


def to_html(text: str | None) -> str:
    """Return a text as HTML: paragraphs and lists; whatever it says is escaped.

    >>> to_html("Now:\\n• <b>\\n\\nBye")
    '<p>Now:</p><ul><li>&lt;b&gt;</li></ul><p>Bye</p>'
    """
    blocks = []
    for paragraph in PARAGRAPH.split((text or "").strip()):
        plain, items = [], []
        for line in paragraph.splitlines():
            if line.startswith(BULLET):
                items.append(line.removeprefix(BULLET))
            else:
                plain.append(line)
        if any(plain):
            blocks.append(f"<p>{'<br/>'.join(map(escape, plain))}</p>")
        if items:
            listed = "".join(f"<li>{escape(item)}</li>" for item in items)
            blocks.append(f"<ul>{listed}</ul>")
    return "".join(blocks)


def is_page(url: str | None) -> bool:
    """Tell whether a link leads to a page, here or elsewhere, and runs no script.

    >>> [is_page(url) for url in ("/shop", "https://a.example", "//b", "javascript:x")]
    [True, True, False, False]
    """
    url = url or ""
    is_own = url.startswith("/") and not url.startswith(("//", "/\\"))
    return is_own or url.startswith(("https://", "http://"))


def absolute(base: str, url: str) -> str:
    """Return a link as it works in a mail.

    >>> absolute("https://shop.example/", "/my")
    'https://shop.example/my'
    """
    return base.rstrip("/") + url if url.startswith("/") else url
