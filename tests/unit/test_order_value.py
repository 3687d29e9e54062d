"""What the journal holds for an order beside the credit notes for it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.purchase_journal import OrderState, order_value

amounts = st.integers(0, 100_000).map(lambda cents: Decimal(cents) / 100)


def _net(ordered, invoiced, credited, confirmed=True):
    """Return what order and credit notes come to, and whether it is an order."""
    state = OrderState(*map(Decimal, (ordered, invoiced, credited)), confirmed)
    value = order_value(state)
    return value.amount - state.credited, value.order_count


@pytest.mark.parametrize(
    ("ordered", "invoiced", "credited", "net", "count"),
    [
        (100, 0, 0, 100, 1),
        (100, 100, 0, 100, 1),
        (100, 100, 40, 60, 1),
        (100, 100, 100, 0, 0),
        (100, 100, 130, -30, 0),
        (0, 0, 0, 0, 0),
        (-20, 0, 0, -20, 0),
        (120, 100, 0, 120, 1),
    ],
)
def test_a_confirmed_order_is_worth_what_was_ordered_less_what_was_credited(
    ordered, invoiced, credited, net, count
):
    assert _net(ordered, invoiced, credited) == (net, count)


def test_crediting_what_was_taken_off_the_order_before_subtracts_once():
    assert _net(ordered=40, invoiced=100, credited=60) == (40, 1)


def test_crediting_more_than_was_taken_off_subtracts_the_rest():
    assert _net(ordered=40, invoiced=100, credited=80) == (20, 1)


def test_crediting_a_wrong_invoice_and_billing_again_leaves_the_order_whole():
    assert _net(ordered=100, invoiced=200, credited=100) == (100, 1)


def test_crediting_an_invoice_over_the_order_gives_back_the_surplus_only():
    assert _net(ordered=100, invoiced=120, credited=20) == (100, 1)


def test_a_return_order_settled_by_its_own_credit_note_counts_once():
    assert _net(ordered=-50, invoiced=0, credited=50) == (-50, 0)


@given(amounts, amounts, st.data())
def test_a_cancelled_order_is_worth_nothing_whatever_was_credited(
    ordered, invoiced, data
):
    credited = data.draw(st.integers(0, int(invoiced)))

    assert _net(ordered, invoiced, credited, confirmed=False) == (0, 0)


@given(amounts, amounts, st.data())
def test_an_order_never_comes_to_less_than_nothing_unless_over_credited(
    ordered, invoiced, data
):
    credited = data.draw(st.integers(0, int(max(ordered, invoiced))))

    net, count = _net(ordered, invoiced, credited)
    assert 0 <= net <= ordered
    assert count == (net > 0)
