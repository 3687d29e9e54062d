"""Any text fits into a cell, and any title on a sheet."""

from datetime import date

import pytest
from member_loyalty_logic.workbook import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    fit_text,
    fit_title,
    is_date_of_excel,
)


@pytest.mark.parametrize("text", ["=1+1", "{=1}", "@x", "+1", "-1", "http://a.example"])
def test_text_that_looks_like_a_formula_or_link_stays_as_it_is(text):
    assert fit_text(text) == text


@pytest.mark.parametrize(
    "character", ["\x00", "\x1f", "\r", "\x7f", "\ufffe", "\uffff"]
)
def test_characters_that_a_file_cannot_hold_are_left_out(character):
    assert fit_text(f"a{character}b") == "ab"


def test_tabs_and_lines_are_kept():
    assert fit_text("a\tb\nc") == "a\tb\nc"


@pytest.mark.parametrize("text", ["a" * (TEXT_LIMIT + 1), "a\n" * TEXT_LIMIT])
def test_long_text_is_cut(text):
    assert len(fit_text(text)) == TEXT_LIMIT


@pytest.mark.parametrize("title", ["", "'", "[]:*?/\\"])
def test_a_sheet_always_has_a_title(title):
    assert fit_title(title) == "-"


def test_a_long_title_is_cut():
    assert len(fit_title("Mitglieder" * 9)) == TITLE_LIMIT


def test_the_calendar_of_excel_starts_in_1900():
    assert is_date_of_excel(date(1900, 1, 1))
    assert not is_date_of_excel(date(1899, 12, 31))
