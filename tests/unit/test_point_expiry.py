"""Points can be used until the company's last day is over, and not a minute longer."""

from datetime import date, datetime, timezone

import pytest
from member_loyalty_logic.point_expiry import (
    ExpiryPolicy,
    day_of,
    expires_at,
    start_of_day,
)

BERLIN = "Europe/Berlin"


def months(count, **options):
    return ExpiryPolicy("months", months=count, **options)


def test_points_that_never_expire_have_no_moment_of_expiry():
    assert expires_at(ExpiryPolicy("never"), datetime(2026, 1, 1), BERLIN) is None


def test_the_last_day_counts_in_full():
    assert expires_at(months(12), datetime(2025, 3, 15), "UTC") == datetime(2026, 3, 16)


@pytest.mark.parametrize(
    ("earned_on", "count", "last"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
    ],
)
def test_months_are_added_by_the_calendar(earned_on, count, last):
    assert months(count).last_day(earned_on) == last


def test_the_end_of_the_month_is_its_last_day():
    assert months(12, month_end=True).last_day(date(2023, 2, 1)) == date(2024, 2, 29)
    assert months(1, month_end=True).last_day(date(2025, 1, 31)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("years", "last"), [(0, date(2025, 12, 31)), (2, date(2027, 12, 31))]
)
def test_a_year_ends_on_its_last_day(years, last):
    assert ExpiryPolicy("year_end", years=years).last_day(date(2025, 12, 31)) == last


def test_new_year_is_when_the_company_has_it():
    policy = ExpiryPolicy("year_end", years=0)

    assert expires_at(policy, datetime(2025, 12, 31, 22, 59), BERLIN) == datetime(
        2025, 12, 31, 23
    )
    assert expires_at(policy, datetime(2025, 12, 31, 23, 0), BERLIN) == datetime(
        2026, 12, 31, 23
    )


def test_inactivity_counts_from_the_last_activity():
    policy = ExpiryPolicy("inactivity", months=6)

    assert expires_at(policy, datetime(2025, 8, 31, 12), "UTC") == datetime(2026, 3, 1)


@pytest.mark.parametrize(
    ("earned_at", "expected"),
    [
        # Clocks go forward in the night to 30 March 2025 and back on 26 October.
        (datetime(2025, 2, 28, 12), datetime(2025, 3, 28, 23)),
        (datetime(2025, 2, 27, 12), datetime(2025, 3, 27, 23)),
        (datetime(2025, 1, 30, 12), datetime(2025, 2, 28, 23)),
        (datetime(2025, 3, 29, 12), datetime(2025, 4, 29, 22)),
        (datetime(2025, 9, 26, 12), datetime(2025, 10, 26, 23)),
        (datetime(2025, 9, 25, 12), datetime(2025, 10, 25, 22)),
    ],
)
def test_midnight_is_the_companys_also_when_the_clocks_change(earned_at, expected):
    assert expires_at(months(1), earned_at, BERLIN) == expected


def test_a_day_without_midnight_starts_when_the_clocks_go_forward():
    start = start_of_day(date(2018, 11, 4), "America/Sao_Paulo")

    assert start == datetime(2018, 11, 4, 3)
    assert day_of(start, "America/Sao_Paulo") == date(2018, 11, 4)


def test_a_day_with_two_midnights_starts_at_the_first():
    start = start_of_day(date(2025, 11, 2), "America/Havana")

    assert start == datetime(2025, 11, 2, 4)


def test_the_day_of_earning_is_the_companys():
    late = datetime(2026, 3, 14, 15, 30)

    assert day_of(late, "Asia/Tokyo") == date(2026, 3, 15)
    assert expires_at(months(1), late, "Asia/Tokyo") == datetime(2026, 4, 15, 15)


def test_zones_may_be_given_in_any_form():
    assert start_of_day(date(2026, 3, 15), timezone.utc) == datetime(2026, 3, 15)
    pytz = pytest.importorskip("pytz")
    assert start_of_day(date(2026, 3, 15), pytz.timezone(BERLIN)) == datetime(
        2026, 3, 14, 23
    )


def test_an_unknown_policy_is_refused():
    with pytest.raises(ValueError, match="Unknown expiry policy: whenever"):
        ExpiryPolicy("whenever").last_day(date(2026, 1, 1))
