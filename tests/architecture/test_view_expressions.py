"""Modifiers of views are worked out in the browser, which knows little Python."""

import re
from pathlib import Path
from xml.etree import ElementTree

REPOSITORY = Path(__file__).parents[2]
MODIFIER = re.compile(r"invisible|column_invisible|readonly|required|decoration-.+")
METHOD = re.compile(r"\.(\w+)\(")
KNOWN_TO_THE_BROWSER = {"get", "lower", "upper"}


def test_modifiers_call_only_methods_that_the_browser_knows():
    refused = [
        f"{path.relative_to(REPOSITORY)}: {text}"
        for path in sorted(REPOSITORY.glob("member_loyalty*/**/*_views.xml"))
        for element in ElementTree.parse(path).iter()
        for name, text in element.attrib.items()
        if MODIFIER.fullmatch(name) and set(METHOD.findall(text)) - KNOWN_TO_THE_BROWSER
    ]

    assert refused == []
