"""How long a tier is promised."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.tier_term import Term

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("reached_on", "end_month", "last_day"),
    [
        (date(2026, 3, 15), 12, date(2026, 12, 31)),
        (date(2026, 12, 31), 12, date(2026, 12, 31)),
        (date(2026, 3, 1), 2, date(2027, 2, 28)),
        (date(2027, 3, 1), 2, date(2028, 2, 29)),
        (date(2026, 2, 28), 2, date(2026, 2, 28)),
    ],
)
def test_a_calendar_term_ends_with_its_month(reached_on, end_month, last_day):
    assert Term("calendar", end_month=end_month).last_day(reached_on) == last_day


@pytest.mark.parametrize(
    ("joined_on", "reached_on", "last_day"),
    [
        (date(2024, 2, 29), date(2026, 2, 27), date(2026, 2, 27)),
        (date(2024, 2, 29), date(2026, 2, 28), date(2027, 2, 27)),
        (date(2024, 2, 29), date(2028, 2, 28), date(2028, 2, 28)),
        (date(2025, 3, 15), date(2026, 3, 15), date(2027, 3, 14)),
        (date(2026, 3, 15), date(2026, 3, 15), date(2027, 3, 14)),
        (date(2026, 5, 1), date(2026, 3, 15), date(2026, 4, 30)),
        (None, date(2026, 3, 15), date(2027, 3, 14)),
    ],
)
def test_an_anniversary_term_ends_the_day_before_that_of_joining(
    joined_on, reached_on, last_day
):
    assert Term("anniversary").last_day(reached_on, joined_on) == last_day


@given(DAYS, DAYS, st.sampled_from(["months", "rolling", "calendar", "anniversary"]))
def test_a_promise_never_ends_before_it_begins(reached_on, joined_on, term_type):
    term = Term(term_type, months=1)

    assert term.last_day(reached_on, joined_on) >= reached_on
