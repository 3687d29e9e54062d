from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_delivery_logic.freight import (
    Charge,
    Offer,
    Shipment,
    applies,
    left_to_pay,
    subsidise,
)

PARCEL = Shipment(1, 8, (Charge(7, Decimal("19.99")),))
AMOUNTS = st.decimals("0.01", 9999, places=2)
PERCENTS = st.decimals("0.01", 100, places=2)


def _offer(percent=50, benefit_id=1, **values):
    return Offer(benefit_id, Decimal(percent), **values)


def _amount(*offers, shipment=PARCEL):
    found = subsidise(offers, shipment)
    return found.amount if found else Decimal(0)


@pytest.mark.parametrize(
    ("percent", "expected"),
    [("50", "10.00"), ("100", "19.99"), ("0.01", "0"), ("33.33", "6.66")],
)
def test_a_part_is_rounded_to_the_cent(percent, expected):
    assert _amount(_offer(percent)) == Decimal(expected)


def test_a_part_is_rounded_to_what_the_currency_has():
    yen = Shipment(1, 8, (Charge(7, Decimal(501)),), unit=Decimal(1))

    assert _amount(_offer(50), shipment=yen) == 251


@pytest.mark.parametrize(
    ("bought", "expected"), [("99.99", False), ("100", True), (None, False)]
)
def test_the_minimum_is_reached_at_exactly_its_amount(bought, expected):
    offer = _offer(minimum=Decimal(100), bought=bought and Decimal(bought))

    assert applies(offer, PARCEL) is expected


def test_an_unknown_carrier_or_country_is_none_of_those_chosen():
    nowhere = Shipment(None, None, PARCEL.charges)

    assert not applies(_offer(carrier_ids=frozenset({1})), nowhere)
    assert not applies(_offer(country_ids=frozenset({8})), nowhere)
    assert applies(_offer(), nowhere)


def test_of_two_that_take_off_the_same_the_first_is_used():
    offers = [_offer(50, benefit_id=2), _offer(50, benefit_id=1)]

    assert subsidise(offers, PARCEL).benefit_id == 2


def test_nothing_to_pay_is_no_subsidy():
    assert subsidise([_offer()], Shipment(1, 8)) is None


@given(
    st.lists(AMOUNTS, min_size=1, max_size=4), PERCENTS, AMOUNTS | st.just(Decimal(0))
)
def test_nobody_gets_more_than_the_delivery_costs_or_the_cap(charges, percent, cap):
    shipment = Shipment(1, 8, tuple(Charge(n, one) for n, one in enumerate(charges)))
    offer = _offer(percent, cap=cap)

    found = subsidise([offer], shipment)

    for line_id, amount in found.parts if found else ():
        assert 0 < amount <= charges[line_id]
    assert not cap or _amount(offer, shipment=shipment) <= cap


@given(st.lists(AMOUNTS, max_size=4), AMOUNTS)
def test_what_was_taken_off_before_is_taken_off_once(charges, off):
    left = left_to_pay((Charge(n, one) for n, one in enumerate(charges)), off)

    assert sum(one.amount for one in left) == max(sum(charges) - off, 0)
