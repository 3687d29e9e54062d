"""Promises, deadlines and round amounts, at their edges."""

from datetime import date
from decimal import Decimal

import pytest
from member_loyalty_logic.round_amounts import scale
from member_loyalty_logic.tier_appeal import deadline, is_over, measure


@pytest.mark.parametrize(
    ("promised", "bought", "percentage", "missing", "is_kept"),
    [
        ("5000", "0", 0, "5000", False),
        ("5000", "4999.99", 99, "0.01", False),
        ("5000", "5000", 100, "0", True),
        ("5000", "7000", 100, "0", True),
        ("5000", "-300", 0, "5000", False),
        ("0", "0", 100, "0", True),
        ("0", "-10", 100, "0", True),
        ("0.01", "0", 0, "0.01", False),
    ],
)
def test_a_promise_is_kept_from_exactly_its_amount_on(
    promised, bought, percentage, missing, is_kept
):
    progress = measure(Decimal(promised), Decimal(bought))

    assert progress.percentage == percentage
    assert progress.missing == Decimal(missing)
    assert progress.is_kept is is_kept


def test_the_deadline_counts_days_over_the_end_of_february():
    assert deadline(date(2028, 2, 20), 14) == date(2028, 3, 5)
    assert deadline(date(2027, 2, 20), 14) == date(2027, 3, 6)
    assert deadline(date(2026, 3, 15), 0) == date(2026, 3, 15)


def test_the_last_day_still_counts():
    last = date(2026, 3, 31)

    assert not is_over(last, date(2026, 3, 31))
    assert is_over(last, date(2026, 4, 1))
    assert not is_over(None, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("amount", "factor", "scaled"),
    [
        ("100000", "1", "100000"),
        ("123456", "1", "123456"),
        ("100000", "0.127", "13000"),
        ("500000", "7.25", "3600000"),
        ("500000", "0.0001", "50"),
        ("1000", "0.00123", "1.20"),
        ("1000", "0.0000001", "0.01"),
        ("99500", "0.1", "10000"),
        ("995", "1.0001", "1000"),
    ],
)
def test_scaled_amounts_have_two_digits(amount, factor, scaled):
    assert scale(Decimal(amount), Decimal(factor)) == Decimal(scaled)
