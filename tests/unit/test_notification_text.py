"""Texts of messages: filled in, escaped, and never run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.notification_text import (
    fill,
    fill_line,
    find_unknown,
    is_page,
    to_html,
)

NAMES = ("tier", "benefits", "member")


@given(st.text())
def test_a_word_is_never_looked_into(word):
    if not word.strip():
        return

    assert fill("<{tier}>", {"tier": word, "member": "x"}) == f"<{word}>"


@given(st.text(), st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_html_holds_no_tag_but_ours(text, words):
    html = to_html(fill(text + " {tier} {benefits}", words))

    for tag in ("p", "/p", "ul", "/ul", "li", "/li", "br/"):
        html = html.replace(f"<{tag}>", "")
    assert "<" not in html
    assert ">" not in html


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{tier} and {member}", ()),
        ("{}", ("",)),
        ("{ tier }", (" tier ",)),
        ("{tier.name}", ("tier.name",)),
        ("{{tier}}", ()),
        ("{% if x %}", ("% if x %",)),
        (None, ()),
    ],
)
def test_what_nobody_knows_is_found(text, unknown):
    assert find_unknown(text, NAMES) == unknown


def test_a_paragraph_that_names_something_empty_is_left_out():
    text = "Hello.\n\nYour code: {code}\n \nUntil {until}, {code}.\n\nBye, {member}."

    filled = fill(text, {"code": "", "until": "May", "member": "Ada"})

    assert filled == "Hello.\n\nBye, Ada."


def test_braces_that_are_no_name_stay():
    assert fill_line("{A} {tier} {x}", {"tier": "Gold"}) == "{A} Gold {x}"


@pytest.mark.parametrize(
    ("url", "leads_to_a_page"),
    [
        ("/my/membership", True),
        ("https://example.com/a", True),
        ("http://example.com/a", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("//example.com", False),
        ("/\\example.com", False),
        ("data:text/html,x", False),
        ("", False),
        (None, False),
    ],
)
def test_only_links_to_pages_are_links(url, leads_to_a_page):
    assert is_page(url) is leads_to_a_page
