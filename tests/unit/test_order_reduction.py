"""How a reduction of the first order is limited and shared among taxes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.order_reduction import Reduction, reduction_of, share

UNITS = ["0.01", "0.05", "1", "0.001", "0.5"]


@st.composite
def baskets(draw):
    """Draw a currency's unit, and what is bought with each tax combination."""
    unit = Decimal(draw(st.sampled_from(UNITS)))
    taxes = st.lists(st.integers(1, 9), max_size=3, unique=True).map(
        lambda ids: tuple(sorted(ids))
    )
    amounts = st.integers(1, 1_000_000).map(lambda units: units * unit)
    return unit, draw(st.dictionaries(taxes, amounts, min_size=1, max_size=6))


@st.composite
def reductions(draw):
    """Draw the terms of a reduction: a percentage or an amount, and its limits."""
    cents = st.integers(0, 10_000_000).map(lambda number: Decimal(number) / 100)
    limits = {"cap": draw(cents), "minimum": draw(cents)}
    if draw(st.booleans()):
        return Reduction(amount=draw(cents), **limits)
    percent = draw(st.integers(1, 10_000))
    return Reduction(percent=Decimal(percent) / 100, **limits)


@given(basket=baskets(), reduction=reductions(), coupons=st.integers(0, 2_000_000))
def test_a_reduction_is_never_more_than_there_is_to_pay(basket, reduction, coupons):
    unit, bought = basket
    whole = sum(bought.values())
    payable = whole - coupons * unit

    taken = reduction_of(reduction, whole, payable, unit)

    assert 0 <= taken <= max(payable, 0)
    assert taken <= whole
    if reduction.cap:
        assert taken <= reduction.cap + unit / 2
    if whole < reduction.minimum:
        assert taken == 0


@given(basket=baskets(), part=st.integers(0, 1000))
def test_shares_come_to_the_whole_in_proportion(basket, part):
    unit, bought = basket
    whole = sum(bought.values())
    total = (whole * part / 1000 / unit).to_integral_value() * unit

    shares = share(total, bought, unit)

    assert sum(shares.values()) == total
    for taxes, amount in shares.items():
        assert 0 < amount <= bought[taxes]
        assert amount % unit == 0
        assert abs(amount - total * bought[taxes] / whole) <= unit
    assert set(shares) <= set(bought)


@given(basket=baskets())
def test_the_whole_order_is_taken_off_tax_by_tax(basket):
    unit, bought = basket

    assert share(sum(bought.values()), bought, unit) == bought


@pytest.mark.parametrize("bought", ["0", "-5"])
def test_nothing_is_taken_off_when_nothing_is_bought(bought):
    amount = Reduction(amount=Decimal(5))

    assert reduction_of(amount, Decimal(bought), Decimal(9), Decimal("0.01")) == 0


def test_nothing_shared_is_nobodys():
    assert share(Decimal(0), {(): Decimal(5)}, Decimal("0.01")) == {}
    assert share(Decimal(0), {}, Decimal("0.01")) == {}
