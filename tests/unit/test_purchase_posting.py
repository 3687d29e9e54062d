"""Rows that bring a document's journal to what the document is worth."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.purchase_posting import (
    Booked,
    DocumentValue,
    Owner,
    Posting,
    Rate,
    day_of_entry,
    exact,
    plan_document,
    plan_move,
)

EURO, DOLLAR = 1, 2
ANNA = Owner(7, 7, EURO)
BERT = Owner(9, 8, EURO)
ONE = Rate(Decimal(1), Decimal("0.01"))
FIRST = date(2024, 1, 31)

cents = st.integers(-50_000, 50_000).map(lambda cents: Decimal(cents) / 100)
rates = st.builds(
    Rate,
    st.sampled_from([Decimal("0.0066063"), Decimal("0.8765432"), Decimal("151.37")]),
    st.sampled_from([Decimal("0.01"), Decimal(1)]),
)
rows = st.builds(
    Posting,
    st.sampled_from([ANNA, BERT, Owner(7, 7, DOLLAR)]),
    st.integers(0, 4).map(lambda days: FIRST + timedelta(days=days)),
    cents,
    cents,
    st.integers(-1, 1),
)


def _row(owner=ANNA, on=FIRST, amount=100, count=1):
    return Posting(owner, on, Decimal(amount), Decimal(amount), count)


def _sums(postings, owner):
    own = [row for row in postings if row.owner == owner]
    return (
        sum(row.document_amount for row in own),
        sum(row.amount for row in own),
        sum(row.order_count for row in own),
    )


@given(st.lists(rows, max_size=8), cents, st.integers(0, 1), rates)
def test_what_is_booked_for_a_document_always_becomes_what_it_is_worth(
    booked, amount, count, rate
):
    value = DocumentValue(amount, count)

    planned = plan_document(booked, ANNA, value, rate, FIRST)

    document, _company, orders = _sums([*booked, *planned], ANNA)
    assert (document, orders) == (amount, count)
    assert plan_document([*booked, *planned], ANNA, value, rate, FIRST) == ()


@given(st.lists(rows, max_size=8))
def test_a_move_leaves_nothing_with_anybody_else_on_any_day(booked):
    moved = [*booked, *plan_move(booked, ANNA)]

    for owner in {row.owner for row in moved} - {ANNA}:
        assert _sums(moved, owner)[0] == 0
        assert _sums(moved, owner)[2] == 0


def test_rows_move_to_another_customer_each_at_its_own_date():
    later = FIRST + timedelta(days=9)
    booked = [_row(BERT), _row(BERT, later, amount=-30, count=0)]

    moved = plan_move(booked, ANNA)

    assert [(row.owner, row.date, row.amount) for row in moved] == [
        (BERT, FIRST, -100),
        (ANNA, FIRST, 100),
        (BERT, later, 30),
        (ANNA, later, -30),
    ]


def test_what_came_to_nothing_stays_with_whom_it_was():
    booked = [_row(BERT), _row(BERT, FIRST + timedelta(days=3), amount=-100, count=-1)]

    assert plan_move(booked, ANNA) == ()


def test_rows_in_another_currency_are_taken_away_and_booked_anew():
    booked = [_row(Owner(7, 7, DOLLAR))]

    planned = plan_document(booked, ANNA, DocumentValue(Decimal(90), 1), ONE, FIRST)

    assert [(row.owner.currency_id, row.document_amount) for row in planned] == [
        (DOLLAR, -100),
        (EURO, 90),
    ]


@pytest.mark.parametrize(
    ("amount", "factor", "rounding", "converted"),
    [
        ("0.005", "1", "0.01", "0.01"),
        ("-0.005", "1", "0.01", "-0.01"),
        ("10", "0.3333", "0.01", "3.33"),
        ("1500", "0.0067", "0.01", "10.05"),
        ("9.99", "151.37", "1", "1512"),
        ("1", "1.12", "0.05", "1.10"),
    ],
)
def test_amounts_are_converted_to_the_smallest_unit_half_up(
    amount, factor, rounding, converted
):
    rate = Rate(Decimal(factor), Decimal(rounding))

    assert rate.convert(Decimal(amount)) == Decimal(converted)


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_float_is_taken_for_the_number_it_shows(figure, digits):
    rounded = round(figure, digits)

    assert float(exact(rounded)) == rounded


def test_a_document_enters_at_its_own_date():
    assert day_of_entry([], FIRST, FIRST + timedelta(days=9)) == FIRST


def test_what_happens_after_later_rows_is_not_told_as_if_before():
    today = FIRST + timedelta(days=9)
    booked = [_row(), _row(on=FIRST + timedelta(days=3), amount=-100, count=-1)]

    assert day_of_entry(booked, FIRST, today) == today


def test_rows_that_cancel_out_on_their_day_leave_the_entry_free():
    later = FIRST + timedelta(days=3)
    booked = [_row(on=later), _row(on=later, amount=-100, count=-1)]

    assert day_of_entry(booked, FIRST, FIRST + timedelta(days=9)) == FIRST


def test_the_rate_stays_frozen_while_anything_is_booked():
    held = Booked().add(_row(), 1, Decimal("1.5"))

    assert held.frozen_factor(EURO) == Decimal("1.5")
    assert held.frozen_factor(DOLLAR) is None


def test_what_was_undone_as_a_whole_may_come_back_at_another_rate():
    held = Booked().add(_row(), 1, Decimal("1.5"))
    undone = held.add(_row(amount=-100, count=-1), 2, Decimal("1.5"))

    assert undone.frozen_factor(EURO) is None
