"""What visitors type into an inquiry list: nothing that is not sane gets through."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_website_crm_logic.inquiry_progress import Progress, tell_step
from member_loyalty_website_logic.inquiry_list import (
    MOST_OF_ONE,
    add_quantities,
    clean_text,
    read_day,
    read_id,
    read_quantity,
)

TODAY = date(2026, 11, 28)


@given(st.text(max_size=40))
def test_any_text_gives_a_quantity_that_may_be_asked_for_or_none(text):
    assert 0 <= read_quantity(text, 2) <= MOST_OF_ONE


@given(st.integers(min_value=1, max_value=MOST_OF_ONE * 100))
def test_every_sane_quantity_with_two_decimals_is_read_as_it_is(hundredths):
    text = f"{hundredths // 100}.{hundredths % 100:02d}"

    assert read_quantity(text, 2) == pytest.approx(hundredths / 100, abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-1", "0", "0.001", "1e3", "1,5", "1.2.3", "inf", "nan", "0x10", "１"),
        None,
    ],
)
def test_what_is_no_quantity_is_refused(text):
    assert read_quantity(text, 2) == 0.0


@given(
    st.floats(min_value=0.01, max_value=MOST_OF_ONE),
    st.floats(min_value=0.01, max_value=MOST_OF_ONE),
)
def test_more_of_the_same_never_exceeds_what_may_be_asked_for(one, other):
    together = add_quantities(one, other, 2)

    assert together <= MOST_OF_ONE
    assert together == add_quantities(other, one, 2)


@given(st.text(max_size=30))
def test_any_text_gives_an_id_that_a_database_understands(text):
    assert 0 <= read_id(text) < 2**31


@given(st.text(max_size=60), st.integers(min_value=0, max_value=50))
def test_texts_can_be_kept_and_have_an_end(text, limit):
    kept = clean_text(text, limit)

    assert len(kept) <= limit
    assert "\x00" not in kept
    kept.encode()


@pytest.mark.parametrize("days", [0, 1, 5 * 365])
def test_days_from_today_on_can_be_wanted(days):
    day = TODAY + timedelta(days=days)

    assert read_day(day.isoformat(), TODAY) == day


@pytest.mark.parametrize(
    "text", ["2026-11-27", "9999-12-31", "28.11.2026", "soon", "", None, "2026-13-01"]
)
def test_other_days_cannot(text):
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({}, "received"),
        ({"is_moved": True}, "working"),
        ({"is_moved": True, "has_quotation": True}, "quoted"),
        ({"has_quotation": True, "is_closed": True}, "closed"),
        ({"is_closed": True, "has_order": True}, "ordered"),
    ],
)
def test_the_furthest_step_is_told(facts, step):
    assert tell_step(Progress(**facts)) == step
