"""What events earn: exactly once, within limits, on the right day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.member_profile import (
    OF_COMPANIES,
    OF_EVERYBODY,
    is_profile_complete,
    missing_from_profile,
)
from member_loyalty_logic.point_events import (
    Cap,
    Event,
    EventRule,
    Participant,
    Use,
    celebrated_on,
    days_to_celebrate,
    decide,
    offer,
    period_start,
    years_to_close,
)

SUNDAY = date(2026, 3, 15)
ADA = Participant(7, 7, tier_id=1, tag_ids=frozenset({5}))


def _rule(points=10, **values):
    return EventRule(3, "review", Decimal(points), **values)


def _earned(rule, *keys, used=(), today=SUNDAY, day=None, booked=()):
    grants = decide(
        [rule],
        [Event(7, key, day) for key in keys],
        {7: ADA},
        today,
        {(7, 3): Use(*used)} if used else {},
        frozenset(booked),
    )
    return [int(grant.points) for grant in grants]


def test_the_same_event_counts_once():
    assert _earned(_rule(), "a", "a", "b") == [10, 10]


def test_what_is_booked_is_not_earned_again():
    assert _earned(_rule(), "a", "b", booked=["3|review|a"]) == [10]


def test_events_of_others_earn_nothing():
    assert decide([_rule()], [Event(8, "a")], {7: ADA}, SUNDAY, {}) == ()


@pytest.mark.parametrize(
    ("used", "earned"),
    [((80, 8), [10, 10]), ((85, 8), [10, 5]), ((100, 9), []), ((120, 9), [])],
)
def test_a_limit_of_points_gives_what_is_left_and_no_more(used, earned):
    rule = _rule(cap=Cap("month", points=Decimal(100)))

    assert _earned(rule, "a", "b", used=(Decimal(used[0]), used[1])) == earned


@pytest.mark.parametrize(("times", "earned"), [(1, [10]), (2, []), (0, [10, 10])])
def test_a_limit_of_times_counts_those_before(times, earned):
    rule = _rule(cap=Cap("day", times=2))

    assert _earned(rule, "a", "b", "c", used=(Decimal(1), times)) == earned


def test_members_who_share_a_purse_share_its_limit():
    bob = Participant(8, 7, tier_id=1)
    rule = _rule(cap=Cap("day", times=1))

    grants = decide(
        [rule], [Event(7, "a"), Event(8, "b")], {7: ADA, 8: bob}, SUNDAY, {}
    )

    assert [grant.event.partner_id for grant in grants] == [7]


@pytest.mark.parametrize(
    ("limits", "earned"),
    [
        ({"tier_ids": frozenset({1, 2})}, [10]),
        ({"tier_ids": frozenset({2})}, []),
        ({"tag_ids": frozenset({5})}, [10]),
        ({"tag_ids": frozenset({6})}, []),
        ({"date_from": SUNDAY, "date_to": SUNDAY}, [10]),
        ({"date_from": SUNDAY + timedelta(days=1)}, []),
        ({"date_to": SUNDAY - timedelta(days=1)}, []),
        ({"weekdays": frozenset({6})}, [10]),
        ({"weekdays": frozenset({0, 1, 2, 3, 4, 5})}, []),
    ],
)
def test_a_rule_holds_for_its_tiers_tags_and_days(limits, earned):
    assert _earned(_rule(**limits), "a") == earned


def test_the_day_of_the_event_counts_when_it_is_booked_later():
    rule = _rule(date_to=SUNDAY - timedelta(days=1))

    assert _earned(rule, "a", day=SUNDAY - timedelta(days=2)) == [10]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1900, 2100))
def test_everybody_has_exactly_one_birthday_a_year(born, year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    birthdays = [
        day
        for day in days
        if day.year == year and (born.month, born.day) in celebrated_on(day)
    ]

    assert len(birthdays) == 1
    assert birthdays[0].month == born.month


@pytest.mark.parametrize(
    ("last_done", "first", "count"),
    [
        (None, SUNDAY, 1),
        (SUNDAY, None, 0),
        (SUNDAY + timedelta(days=3), None, 0),
        (date(2026, 3, 14), SUNDAY, 1),
        (date(2026, 3, 10), date(2026, 3, 11), 5),
        (date(2020, 1, 1), date(2025, 3, 15), 366),
    ],
)
def test_missed_days_are_caught_up_to_a_year(last_done, first, count):
    days = days_to_celebrate(last_done, SUNDAY, 366)

    assert len(days) == count
    assert days[:1] == ((first,) if first else ())


def test_the_last_day_of_a_year_counts_for_its_target():
    assert years_to_close(date(2025, 12, 30), date(2026, 1, 2), 366) == (
        (2025, date(2025, 12, 31)),
        (2026, date(2026, 1, 2)),
    )
    assert years_to_close(None, SUNDAY, 366) == ((2026, SUNDAY),)


@pytest.mark.parametrize(
    ("period", "start"),
    [
        ("day", SUNDAY),
        ("month", date(2026, 3, 1)),
        ("year", date(2026, 1, 1)),
        ("ever", date.min),
    ],
)
def test_a_limit_begins_anew_with_its_period(period, start):
    assert period_start(period, SUNDAY) == start


@pytest.mark.parametrize("lacking", OF_COMPANIES)
def test_a_profile_is_complete_when_nothing_lacks(lacking):
    profile = dict.fromkeys(OF_COMPANIES, "x")
    assert is_profile_complete(profile, is_company=True)

    profile[lacking] = " "

    assert not is_profile_complete(profile, is_company=True)
    assert missing_from_profile(profile, is_company=True) == (lacking,)
    assert is_profile_complete(profile, False) == (lacking not in OF_EVERYBODY)


@given(
    weekdays=st.frozensets(st.integers(0, 6)),
    points=st.integers(0, 20),
    had=st.integers(0, 30),
    booked=st.booleans(),
)
def test_what_is_offered_is_what_is_booked(weekdays, points, had, booked):
    rule = _rule(points, weekdays=weekdays, cap=Cap("day", Decimal(25)))
    used = {(7, 3): Use(Decimal(had), 1)}
    keys = frozenset({rule.source_key(Event(7, "a"))} if booked else ())

    offered = offer([rule], Event(7, "a"), {7: ADA}, SUNDAY, used, keys)
    grants = decide([rule], [Event(7, "a")], {7: ADA}, SUNDAY, used, keys)

    assert offered.points == sum(grant.points for grant in grants)
    assert offered.is_open


def test_nothing_is_open_to_those_whom_no_rule_speaks_of():
    of_others = _rule(tier_ids=frozenset({2}))

    assert not offer([of_others], Event(7, "a"), {7: ADA}, SUNDAY, {}).is_open
    assert not offer([_rule()], Event(8, "a"), {7: ADA}, SUNDAY, {}).is_open
