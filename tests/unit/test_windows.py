"""The days a condition looks at, by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.windows import (
    WINDOW_TYPES,
    Days,
    Window,
    add_months,
    next_day_of_month,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
LENGTHS = st.integers(1, 40)
WINDOWS = st.builds(Window, st.sampled_from(WINDOW_TYPES), LENGTHS)


@pytest.mark.parametrize(
    ("length", "as_of", "first"),
    [
        (12, date(2011, 12, 9), date(2010, 12, 10)),
        (12, date(2010, 11, 30), date(2009, 12, 1)),
        (1, date(2024, 3, 31), date(2024, 3, 1)),
        (1, date(2023, 3, 31), date(2023, 3, 1)),
        (1, date(2024, 3, 30), date(2024, 3, 1)),
        (1, date(2024, 3, 29), date(2024, 3, 1)),
        (1, date(2024, 3, 28), date(2024, 2, 29)),
        (12, date(2024, 2, 29), date(2023, 3, 1)),
        (12, date(2025, 2, 28), date(2024, 2, 29)),
        (48, date(2024, 2, 29), date(2020, 3, 1)),
        (3, date(2024, 5, 31), date(2024, 3, 1)),
        (1, date(2024, 1, 1), date(2023, 12, 2)),
    ],
)
def test_rolling_months_start_the_day_after_the_same_day_months_ago(
    length, as_of, first
):
    assert Window("rolling_months", length).days_as_of(as_of) == Days(first, as_of)


@pytest.mark.parametrize(
    ("length", "as_of", "first"),
    [
        (1, date(2024, 3, 1), date(2024, 3, 1)),
        (2, date(2024, 3, 1), date(2024, 2, 29)),
        (30, date(2024, 1, 30), date(2024, 1, 1)),
        (366, date(2024, 12, 31), date(2024, 1, 1)),
    ],
)
def test_rolling_days_count_today_as_one(length, as_of, first):
    assert Window("rolling_days", length).days_as_of(as_of) == Days(first, as_of)


def test_calendar_windows_end_today_and_not_at_the_end_of_the_month():
    as_of = date(2024, 2, 29)

    month = Window("calendar_month").days_as_of(as_of)
    year = Window("calendar_year").days_as_of(as_of)

    assert month == Days(date(2024, 2, 1), as_of)
    assert year == Days(date(2024, 1, 1), as_of)


def test_calendar_windows_begin_anew_on_their_first_day():
    new_year = date(2025, 1, 1)

    assert Window("calendar_month").days_as_of(new_year) == Days(new_year, new_year)
    assert Window("calendar_year").days_as_of(new_year) == Days(new_year, new_year)


def test_a_lifetime_window_has_no_first_day():
    assert Window("lifetime").days_as_of(date(2024, 1, 1)).first is None


@pytest.mark.parametrize("window_type", ["rolling_days", "rolling_months"])
@pytest.mark.parametrize("length", [0, -1])
def test_a_moving_window_of_no_days_is_refused(window_type, length):
    with pytest.raises(ValueError, match="at least one"):
        Window(window_type, length).days_as_of(date(2024, 1, 1))


def test_an_unknown_window_is_refused():
    with pytest.raises(ValueError, match="fortnight"):
        Window("fortnight", 1).days_as_of(date(2024, 1, 1))


@given(DAYS, LENGTHS)
def test_a_rolling_window_of_months_never_reaches_back_further_the_day_after(
    as_of, length
):
    window = Window("rolling_months", length)

    assert (
        window.days_as_of(as_of).first
        <= window.days_as_of(as_of + timedelta(days=1)).first
    )


@given(WINDOWS, DAYS)
def test_a_window_always_holds_the_day_it_is_looked_at(window, as_of):
    days = window.days_as_of(as_of)

    assert days.last == as_of
    assert days.first is None or days.first <= as_of


@given(DAYS, st.integers(-500, 500))
def test_adding_months_lands_in_the_right_month_on_the_day_or_its_last(day, months):
    moved = add_months(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("after", "day", "expected"),
    [
        (date(2024, 1, 1), 1, date(2024, 2, 1)),
        (date(2023, 12, 31), 1, date(2024, 1, 1)),
        (date(2024, 1, 31), 1, date(2024, 2, 1)),
        (date(2024, 2, 27), 28, date(2024, 2, 28)),
        (date(2024, 2, 28), 28, date(2024, 3, 28)),
        (date(2024, 2, 29), 28, date(2024, 3, 28)),
        (date(2024, 12, 15), 10, date(2025, 1, 10)),
    ],
)
def test_the_next_day_of_month_is_always_later(after, day, expected):
    assert next_day_of_month(after, day) == expected


@given(DAYS, st.integers(1, 28))
def test_the_next_day_of_month_is_the_first_one_that_fits(after, day_of_month):
    found = next_day_of_month(after, day_of_month)
    between = (after + timedelta(days=n) for n in range(1, (found - after).days))

    assert found > after
    assert found.day == day_of_month
    assert all(day.day != day_of_month for day in between)


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2024, 3, 31), date(2024, 1, 1)),
        (date(2024, 4, 1), date(2024, 4, 1)),
        (date(2024, 12, 31), date(2024, 10, 1)),
    ],
)
def test_a_quarter_begins_with_january_april_july_or_october(as_of, first):
    assert Window("calendar_quarter").days_as_of(as_of) == Days(first, as_of)


@pytest.mark.parametrize(
    ("joined_on", "as_of", "first"),
    [
        (date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2025, 2, 27), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2028, 2, 28), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        (date(2025, 3, 15), date(2026, 3, 14), date(2025, 3, 15)),
        (date(2025, 3, 15), date(2026, 3, 15), date(2026, 3, 15)),
        (date(2026, 6, 1), date(2026, 3, 15), date(2026, 6, 1)),
        (None, date(2026, 3, 15), None),
    ],
)
def test_the_anniversary_window_begins_with_the_last_one(joined_on, as_of, first):
    assert Window("anniversary").days_as_of(as_of, joined_on) == Days(first, as_of)


@given(WINDOWS, DAYS, DAYS)
def test_no_window_begins_before_its_earliest_day(window, as_of, joined_on):
    earliest = window.earliest_day(as_of)
    first = window.days_as_of(as_of, joined_on).first

    assert earliest is None or first is None or first >= earliest
