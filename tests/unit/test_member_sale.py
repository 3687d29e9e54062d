"""Prices of member sales, and what is left of them."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_website_logic.member_sale import (
    Choice,
    Sale,
    Wanted,
    choose,
    left_for,
    sale_price,
    state_of,
)

HUNDRED = Decimal(100)
NOON = datetime(2026, 3, 15, 12)


def _want(line=1, quantity=1, own=HUNDRED, sales=(1,), **values):
    return Wanted(line, Decimal(quantity), HUNDRED, Decimal(own), sales, **values)


def test_the_price_of_the_tier_holds_when_it_is_the_lower_one():
    [choice] = choose([_want(own=75)], [Sale(1, percent=Decimal(20))])

    assert choice == Choice(1, 0, Decimal(75))


def test_an_equal_price_takes_nothing_from_the_sale():
    [choice] = choose([_want(own=80)], [Sale(1, percent=Decimal(20))])

    assert choice.sale == 0


def test_of_several_sales_the_cheapest_with_enough_left_holds():
    sales = [
        Sale(1, percent=Decimal(50), left=Decimal(1)),
        Sale(2, percent=Decimal(30)),
    ]

    [choice] = choose([_want(quantity=2, sales=(1, 2))], sales)

    assert choice == Choice(1, 2, Decimal(70), short_of=1, left=Decimal(1))


def test_a_line_is_at_one_price_as_a_whole():
    [choice] = choose(
        [_want(quantity=3)], [Sale(1, percent=Decimal(50), left=Decimal(2))]
    )

    assert choice == Choice(1, 0, HUNDRED, short_of=1, left=Decimal(2))


def test_what_one_line_takes_is_not_there_for_the_next():
    sale = Sale(1, percent=Decimal(50), left=Decimal(3))

    choices = choose([_want(1, 2), _want(2, 2), _want(3, 1)], [sale])

    assert [choice.sale for choice in choices] == [1, 0, 1]


def test_a_fixed_price_is_for_the_products_own_unit():
    assert sale_price(Sale(1, fixed=Decimal(5)), HUNDRED, Decimal(12)) == Decimal(60)


@pytest.mark.parametrize(
    ("limit", "taken", "share", "by_member", "own", "left"),
    [
        (0, 0, 0, 0, 0, None),
        (10, 4, 0, 0, 0, 6),
        (10, 4, 2, 1, 0, 1),
        (0, 99, 3, 1, 0, 2),
        (10, 10, 0, 0, 2, 2),
        (10, 12, 0, 0, 0, 0),
    ],
)
def test_what_is_left_is_the_smaller_of_both_limits(
    limit, taken, share, by_member, own, left
):
    facts = (Decimal(one) for one in (limit, taken, share, by_member, own))

    assert left_for(*facts) == left


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=12),
    st.integers(0, 30),
)
def test_lines_never_take_more_than_there_is(quantities, left):
    lines = [_want(number, quantity) for number, quantity in enumerate(quantities)]

    choices = choose(lines, [Sale(1, percent=Decimal(50), left=Decimal(left))])

    taken = sum(
        line.quantity
        for line, choice in zip(lines, choices, strict=True)
        if choice.sale
    )
    assert taken <= left
    assert all(choice.price in (50, 100) for choice in choices)


@pytest.mark.parametrize(
    ("hours", "taken", "state"),
    [
        (-1, 0, "coming"),
        (0, 0, "running"),
        (1, 5, "sold_out"),
        (2, 0, "over"),
        (2, 5, "over"),
    ],
)
def test_a_sale_runs_from_its_first_moment_until_before_its_last(hours, taken, state):
    now = NOON + timedelta(hours=hours)

    assert state_of(now, NOON, NOON + timedelta(hours=2), 5, taken) == state
