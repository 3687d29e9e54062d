"""Whoever has other figures on a later day has an activity in the spans."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.windows import (
    WINDOW_TYPES,
    Days,
    Window,
    spans_that_changed,
)

START = date(2023, 1, 1)
DAYS = st.integers(0, 1000).map(lambda days: START + timedelta(days=days))
WINDOWS = st.builds(Window, st.sampled_from(WINDOW_TYPES), st.integers(1, 14))


def _counts(window, as_of, day):
    days = window.days_as_of(as_of)
    return (days.first is None or days.first <= day) and day <= days.last


@given(
    st.lists(WINDOWS, max_size=4), DAYS, st.integers(0, 400), st.lists(DAYS, max_size=9)
)
def test_every_day_that_counts_differently_is_in_a_span(windows, earlier, gap, days):
    later = earlier + timedelta(days=gap)

    spans = spans_that_changed(windows, earlier, later)

    for window in windows:
        for day in days:
            if _counts(window, earlier, day) != _counts(window, later, day):
                assert any(span.first <= day <= span.last for span in spans)


@given(WINDOWS, DAYS, st.integers(0, 60))
def test_a_day_that_dropped_out_counted_before_and_no_longer(window, earlier, gap):
    later = earlier + timedelta(days=gap)
    left = window.days_left_behind(earlier, later)

    if left:
        for day in (left.first, left.last):
            assert not _counts(window, later, day)
        assert _counts(window, earlier, left.first)


def test_a_day_later_one_day_comes_in_and_one_drops_out():
    spans = spans_that_changed(
        [Window("rolling_days", 30)], date(2024, 1, 30), date(2024, 1, 31)
    )

    assert set(spans) == {
        Days(date(2024, 1, 1), date(2024, 1, 1)),
        Days(date(2024, 1, 31), date(2024, 1, 31)),
    }


def test_nothing_changes_within_the_same_day():
    windows = [Window(window_type, 5) for window_type in WINDOW_TYPES]

    assert spans_that_changed(windows, date(2024, 1, 31), date(2024, 1, 31)) == ()


def test_a_new_year_drops_the_whole_old_one():
    spans = spans_that_changed(
        [Window("calendar_year")], date(2023, 12, 31), date(2024, 1, 1)
    )

    assert Days(date(2023, 1, 1), date(2023, 12, 31)) in spans


def test_two_conditions_with_the_same_window_are_looked_up_once():
    window = Window("rolling_months", 12)

    spans = spans_that_changed([window, window], date(2024, 5, 1), date(2024, 5, 2))

    assert len(spans) == 2
