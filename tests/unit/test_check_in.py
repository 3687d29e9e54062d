"""Checked-in days: one for each day of the calendar, however the clocks are turned."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_website_logic.check_in import (
    UTC,
    CheckIn,
    calendar_day,
    decide,
)

# far apart, half hours, clocks turned by half an hour, at midnight, a day left out
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Havana",
    "Asia/Beirut",
    "Africa/Cairo",
)
BEGINNINGS = st.sampled_from(
    [
        datetime(2011, 12, 27),  # Samoa leaves out 30 December
        datetime(2026, 3, 26),
        datetime(2026, 10, 22),
        datetime(2010, 10, 30),  # St. John's turns its clocks a minute past midnight
        datetime(2018, 11, 1),  # in Sao Paulo there is no midnight on the 4th
    ]
)
STEPS = st.lists(
    st.tuples(st.integers(0, 30 * 60), st.sampled_from(ZONES)), max_size=60
)


def _check_in(last, moment, name):
    verdict = decide(last, moment, ZoneInfo(name))
    return CheckIn(verdict.day, name, verdict.streak) if verdict.may else None


def _walk(beginning, steps):
    """Try to check in at each step; return the moments and check-ins that count."""
    moment, last, done = beginning, None, []
    for minutes, name in steps:
        moment += timedelta(minutes=minutes)
        if new := _check_in(last, moment, name):
            last = new
            done.append((moment, new))
    return done


@given(BEGINNINGS, STEPS)
def test_checked_in_days_never_overlap_whatever_the_time_zone(beginning, steps):
    days = [new.day for _moment, new in _walk(beginning, steps)]

    for before, after in pairwise(days):
        assert before.date < after.date
        assert before.ends_at <= after.begins_at


@given(BEGINNINGS, STEPS)
def test_changing_the_time_zone_gives_no_more_days_than_there_were(beginning, steps):
    done = _walk(beginning, steps)

    if done:
        span = done[-1][0] - done[0][0]
        # the shortest days have 23 hours; the first and the last are begun
        assert len(done) <= span / timedelta(hours=23) + 2


@given(BEGINNINGS, st.sampled_from(ZONES), st.lists(st.integers(0, 3000), max_size=60))
def test_at_one_place_every_date_can_be_checked_in_once(beginning, name, minutes):
    done = _walk(beginning, [(each, name) for each in minutes])

    moment, dates, last = beginning, [], date.min
    for each in minutes:  # independently: by the date on the wall
        moment += timedelta(minutes=each)
        local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(name)).date()
        if local > last:
            dates.append(local)
            last = local
    assert [new.day.date for _moment, new in done] == dates


@given(BEGINNINGS, st.sampled_from(ZONES), st.integers(1, 20))
def test_daily_check_ins_at_one_place_make_one_streak(beginning, name, number):
    day, last = beginning, None
    for _each in range(number):
        local = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(name))
        moment = local.astimezone(UTC).replace(tzinfo=None)
        last = _check_in(last, moment, name) or last
        day += timedelta(days=1)

    left_out = name == "Pacific/Apia" and beginning.year == 2011 and number > 3
    assert last.streak == number - left_out


def test_a_day_that_was_left_out_ends_the_streak():
    last = _check_in(None, datetime(2026, 3, 10, 12), "Europe/Berlin")
    last = _check_in(last, datetime(2026, 3, 11, 12), "Europe/Berlin")
    assert last.streak == 2

    last = _check_in(last, datetime(2026, 3, 13, 12), "Europe/Berlin")

    assert last.streak == 1


@pytest.mark.parametrize(
    ("there", "moment", "may"),
    [
        ("Asia/Tokyo", datetime(2026, 3, 10, 16), False),  # the 11th there, 10th here
        ("Asia/Tokyo", datetime(2026, 3, 11, 14), False),  # its 11th overlaps our 10th
        ("Asia/Tokyo", datetime(2026, 3, 11, 16), True),
        ("America/New_York", datetime(2026, 3, 11, 2), False),  # the 10th once more
        ("America/New_York", datetime(2026, 3, 11, 5), True),
    ],
)
def test_travellers_wait_for_a_day_that_begins_after_the_last(there, moment, may):
    last = _check_in(None, datetime(2026, 3, 10, 12), "Europe/Berlin")

    verdict = decide(last, moment, ZoneInfo(there))

    assert verdict.may == may
    assert verdict.streak == 2


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day, hours):
    found = calendar_day(day, ZoneInfo("Europe/Berlin"))

    assert found.ends_at - found.begins_at == timedelta(hours=hours)
