"""What is open is summed by kind and currency, and the most urgent comes first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_website_logic.open_payments import KINDS, OpenItem, summarise

TODAY = date(2026, 3, 5)
EUR, USD = 1, 2


def _item(kind="invoice", number=1, due_in=10, amount=40.0, currency=EUR):
    due_on = None if due_in is None else TODAY + timedelta(days=due_in)
    return OpenItem(kind, number, f"N{number}", TODAY, due_on, amount, currency)


@pytest.mark.parametrize(("due_in", "is_late"), [(-1, True), (0, False), (1, False)])
def test_the_day_it_is_due_is_not_late(due_in, is_late):
    assert _item(due_in=due_in).is_late(TODAY) is is_late


def test_only_invoices_with_something_to_pay_are_late():
    assert not _item(kind="quotation", due_in=-5).is_late(TODAY)
    assert not _item(amount=-40.0, due_in=-5).is_late(TODAY)
    assert not _item(due_in=None).is_late(TODAY)


def test_the_longest_overdue_comes_first_and_orders_last():
    items = [
        _item("order", 1, None),
        _item("quotation", 2, 1),
        _item("invoice", 3, 9),
        _item("invoice", 4, -2),
        _item("invoice", 5, -8),
    ]

    found = summarise(items, TODAY)

    assert [item.id for item in found.items] == [5, 4, 3, 2, 1]
    assert found.late_count == 2


def test_currencies_are_not_mixed():
    items = [_item(amount=40.0), _item(amount=-15.0), _item(amount=7.0, currency=USD)]

    totals = summarise(items, TODAY).totals

    assert [(one.currency_id, one.count, one.amount) for one in totals] == [
        (EUR, 2, 25.0),
        (USD, 1, 7.0),
    ]


def test_nothing_is_open_of_nothing():
    found = summarise([], TODAY)

    assert (found.items, found.totals, found.late_count) == ((), (), 0)


@given(
    st.lists(
        st.builds(
            _item,
            kind=st.sampled_from(KINDS),
            number=st.integers(1, 99),
            due_in=st.none() | st.integers(-30, 30),
            amount=st.integers(-500, 500).map(float),
            currency=st.sampled_from((EUR, USD)),
        )
    )
)
def test_totals_come_to_what_the_items_come_to(items):
    found = summarise(items, TODAY)

    assert sorted(found.items, key=repr) == sorted(items, key=repr)
    assert sum(one.amount for one in found.totals) == sum(one.amount for one in items)
    assert sum(one.count for one in found.totals) == len(items)
