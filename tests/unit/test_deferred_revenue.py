"""What of a sale is deferred for its points, and when it becomes revenue.

The figures are those of KPMG, *Revenue: IFRS 15 handbook*, Examples 10A and 10B, and
of the standard's own Illustrative Example 52 (IE267 to IE270).
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.deferred_revenue import (
    Deferral,
    Given,
    allocate,
    go_on,
    recognised,
    stand_alone,
)

SALES = Decimal(100000)
POINTS = Decimal(10000)
NUMBERS = st.decimals(0, 10**7, places=2, allow_nan=False)
SHARES = st.decimals(0, 1, places=4, allow_nan=False)


def _cents(amount):
    return amount.quantize(Decimal("0.01"))


def test_the_handbook_rounds_the_ratio_to_whole_percent():
    points = stand_alone(POINTS, Decimal(1), Decimal("0.97"))

    sold = allocate(SALES, SALES, points, ratio_places=2)

    assert points == 9700
    assert (sold.products, sold.points) == (91000, 9000)


def test_without_rounding_the_same_sale_defers_8842():
    sold = allocate(SALES, SALES, Decimal(9700))

    assert _cents(sold.points) == Decimal("8842.30")
    assert sold.products + sold.points == SALES


def test_the_standard_does_not_round_the_ratio():
    points = stand_alone(POINTS, Decimal(1), Decimal("0.95"))

    sold = allocate(SALES, SALES, points)

    assert (round(sold.products), round(sold.points)) == (91324, 8676)


@pytest.mark.parametrize(
    ("redeemed", "expected", "before", "revenue"),
    [
        (4500, 9700, 0, 4175),
        (8500, 9900, 4175, 3552),
        (8500, 9200, 4175, 4140),
    ],
)
def test_the_handbook_releases(redeemed, expected, before, revenue):
    total = recognised(Decimal(9000), Decimal(redeemed), Decimal(expected))

    assert round(total) - before == revenue


def test_the_standard_releases_4110_then_3493():
    deferred = allocate(SALES, SALES, Decimal(9500)).points

    first = recognised(deferred, Decimal(4500), Decimal(9500))
    second = recognised(deferred, Decimal(8500), Decimal(9700)) - first

    assert (round(first), round(second)) == (4110, 3493)


def test_two_years_of_the_standards_example_go_on_one_from_the_other():
    year_1 = go_on(
        Deferral(),
        Given(SALES, POINTS),
        value=Decimal(1),
        share=Decimal("0.95"),
        redeemed=Decimal(4500),
        expected_open=Decimal(5000),
    )
    year_2 = go_on(
        year_1,
        Given(Decimal(0), Decimal(0)),
        value=Decimal(1),
        share=Decimal("0.97"),
        redeemed=Decimal(8500),
        expected_open=Decimal(1200),
    )

    assert (round(year_1.deferred), round(year_1.owed)) == (8676, 4566)
    assert (round(year_2.deferred), round(year_2.owed)) == (8676, 1073)
    assert round(year_2.recognised - year_1.recognised) == 3493


def test_points_nobody_bought_anything_for_are_owed_at_their_own_value():
    gift = go_on(
        Deferral(),
        Given(Decimal(0), Decimal(0), otherwise=Decimal(500)),
        value=Decimal("0.10"),
        share=Decimal("0.80"),
        redeemed=Decimal(0),
        expected_open=Decimal(400),
    )

    assert gift.owed == 40


def test_points_taken_back_take_their_share_of_the_deferral_with_them():
    before = Deferral(Decimal(1000), Decimal(90), Decimal(0), Decimal(1000))

    after = go_on(
        before,
        Given(Decimal(0), Decimal(-250)),
        value=Decimal("0.10"),
        share=Decimal(1),
        redeemed=Decimal(0),
        expected_open=Decimal(750),
    )

    assert (after.issued, after.deferred) == (750, Decimal("67.5"))


def test_when_everything_was_taken_back_nothing_is_owed():
    before = Deferral(Decimal(1000), Decimal(90), Decimal(0), Decimal(1000))

    after = go_on(
        before,
        Given(Decimal(0), Decimal(-1000)),
        Decimal("0.10"),
        Decimal(1),
        Decimal(0),
        Decimal(0),
    )

    assert (after.deferred, after.owed) == (0, 0)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_never_more_is_recognised_than_was_deferred(deferred, redeemed, expected):
    assert 0 <= recognised(deferred, redeemed, expected) <= deferred


@given(NUMBERS, NUMBERS)
def test_once_all_expected_points_are_redeemed_everything_is_recognised(
    deferred, expected
):
    assert recognised(deferred, expected, expected) == deferred


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_shares_of_a_price_are_the_price(price, products, points):
    sold = allocate(price, products, points)

    assert sold.products + sold.points == pytest.approx(price)
    assert 0 <= sold.points <= price


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=6), SHARES)
def test_the_sums_recognised_over_time_are_what_is_recognised_now(steps, share):
    state, total, redeemed = Deferral(), Decimal(0), Decimal(0)
    for sales, points, used, open_points in steps:
        before = state.recognised
        redeemed += used
        state = go_on(
            state,
            Given(sales, points),
            Decimal("0.05"),
            share,
            redeemed,
            open_points,
        )
        total += state.recognised - before
        assert 0 <= state.owed <= state.deferred + Decimal("1e-9")

    assert abs(total - state.recognised) < Decimal("1e-6")
