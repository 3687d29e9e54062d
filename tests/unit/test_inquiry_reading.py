"""Inquiries in nine languages are read as a person would read them."""

import inquiry_corpus_east
import inquiry_corpus_west
import pytest
from member_loyalty_crm_logic.inquiry_reading import DAY, read

CASES = [*inquiry_corpus_west.CASES, *inquiry_corpus_east.CASES]
LANGUAGES = {"en", "zh", "de", "fr", "es", "pt", "ru", "ar", "ja"}
NAMES = [f"{number}-{case.language}" for number, case in enumerate(CASES)]


def test_the_corpus_has_sixty_inquiries_in_nine_languages():
    assert {case.language for case in CASES} == LANGUAGES
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_quantities_with_their_units_are_read(case):
    lines = read([case.text], DAY).lines

    assert [(line.quantity, line.unit) for line in lines] == list(case.lines)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_term_destination_price_and_day_are_read(case):
    reading = read([case.text], DAY)
    first = reading.lines[0] if reading.lines else None

    assert reading.terms.term == case.term
    assert not case.country or reading.terms.country == case.country
    assert not case.wanted or reading.wanted_on == case.wanted
    assert not case.price or first.price == case.price
    assert not case.currency or first.currency == case.currency
    assert not case.name or first.name == case.name
