"""Days on which gifts are due, whatever was missed and however early they come."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.benefit_claim import uses_of
from member_loyalty_logic.benefit_gift import (
    DAYS_TO_MAKE_UP,
    days_due,
    days_of,
    key_of,
    last_day,
)

DAY = date(2026, 3, 15)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(0, 30), st.lists(st.integers(1, 20), min_size=1, max_size=20))
def test_every_day_is_looked_at_whatever_days_the_action_runs_on(start, before, gaps):
    seen, done, today = set(), start, start
    for gap in gaps:
        today += timedelta(days=gap)
        seen.update(days_due(done, today, before))
        done = today

    wanted = (today - start).days + before
    assert seen == {start + timedelta(days=one + 1) for one in range(wanted)}


@given(DAYS, st.integers(40, 1000))
def test_a_long_pause_is_not_made_up_for(day, pause):
    due = days_due(day - timedelta(days=pause), day, 0)

    assert len(due) == DAYS_TO_MAKE_UP
    assert due[-1] == day


@given(st.integers(2000, 2100))
def test_a_day_of_every_year_comes_once_in_each(year):
    whole = [date(year, 1, 1) + timedelta(days=one) for one in range(365)]
    whole += [date(year, 12, 31)] if whole[-1].day == 30 else []

    assert len(days_of(date(2024, 2, 29), True, whole)) == 1


def test_a_day_of_one_year_does_not_come_again():
    assert days_of(DAY, False, [DAY, DAY.replace(year=2027)]) == (DAY,)


@pytest.mark.parametrize(
    ("day", "days", "ends"),
    [
        (DAY, 0, None),
        (DAY, 1, date(2026, 3, 16)),
        (DAY + timedelta(days=7), 1, date(2026, 3, 23)),
        (DAY - timedelta(days=7), 1, date(2026, 3, 16)),
    ],
)
def test_a_coupon_is_good_from_the_later_of_both_days(day, days, ends):
    assert last_day(day, DAY, days) == ends


def test_one_year_has_one_key_and_another_for_the_day_itself():
    assert key_of(DAY) == key_of(DAY.replace(month=12))
    assert key_of(DAY) != key_of(DAY, is_second=True)
    assert key_of(DAY, is_yearly=False) == "2026-03-15"


@pytest.mark.parametrize(("pieces", "uses"), [(0, 0), (1, 1), (3, 1), (4, 2), (6, 2)])
def test_a_part_of_a_use_is_a_whole_one(pieces, uses):
    assert uses_of(pieces, 3) == uses
