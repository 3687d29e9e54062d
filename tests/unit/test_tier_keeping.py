"""Which order keeps a tier, and how true the chances of losing it were."""

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_crm_logic.forecast_judging import auc, calibrate
from member_loyalty_crm_logic.tier_keeping import (
    ENOUGH,
    Need,
    Year,
    find_keeping_amount,
    find_spans,
    learn,
)

DAYS = (
    Path(__file__).parents[2]
    / "member_loyalty_crm/tests/data/online_retail_days.csv.gz"
)
CENT = Decimal("0.01")
SILVER = 1000
NEEDS = st.builds(
    Need,
    st.sampled_from(["sum", "largest", "count", ""]),
    st.decimals(-500, 500, places=2),
    st.decimals(1, 600, places=2),
    st.booleans(),
)
WAYS = st.lists(st.lists(NEEDS, min_size=1, max_size=3), min_size=1, max_size=3)


def _holds_after(way, amount):
    """Tell whether all conditions hold once an order was placed."""
    for need in way:
        after = {
            "sum": need.measured + amount,
            "largest": max(need.measured, amount),
            "count": need.measured + 1,
            "": need.measured,
        }[need.effect]
        if (after < need.threshold) != need.below:
            return False
    return True


@given(WAYS)
def test_the_amount_keeps_and_nothing_smaller_does(ways):
    amount = find_keeping_amount(ways, CENT)

    if amount:
        assert any(_holds_after(way, amount) for way in ways)
        if amount > CENT:
            assert not any(_holds_after(way, amount - CENT) for way in ways)
    else:
        tries = [Decimal(cents) / 100 for cents in range(1, 110000, 997)]
        assert not any(_holds_after(way, one) for way in ways for one in tries)


def test_amounts_are_rounded_up_to_money_that_exists():
    way = [Need("sum", Decimal("99.5"), Decimal("1000.2"))]

    assert find_keeping_amount([way], Decimal(1)) == 901
    assert find_keeping_amount([way], Decimal("0.05")) == Decimal("900.70")


def test_an_order_can_be_too_large():
    more = Need("sum", Decimal(0), Decimal(100))
    less = Need("largest", Decimal(0), Decimal(100), below=True)

    assert find_keeping_amount([[more, less]], CENT) == 0


def test_without_ways_nothing_keeps():
    assert find_keeping_amount([], CENT) == 0
    assert find_keeping_amount([[]], CENT) == 0


def test_kinds_with_few_members_are_told_by_all_who_bought():
    often = [(Year(20, 2000), 5, 500)] * (ENOUGH - 1)
    seldom = [(Year(1, 100), 0, 0)] * ENOUGH

    spreads = learn(often + seldom, 90).spreads

    assert len(spreads[1].amounts) == ENOUGH
    assert len(spreads[5].amounts) == 2 * ENOUGH - 1
    assert 0 not in spreads


def test_what_purchases_cannot_give_is_lost_for_certain():
    reference = learn([(Year(1, 100), 9, 900)] * ENOUGH, 90)
    inquiries = Need("", Decimal(0), Decimal(1))
    met = Need("", Decimal(1), Decimal(1))
    amount = Need("sum", Decimal(90), Decimal(100))

    assert reference.loss_chance([[inquiries, amount]], Year(1, 100)) == 1
    assert reference.loss_chance([[met, amount]], Year(1, 100)) < 0.02
    assert reference.loss_chance([[met, amount]], Year(0, 0)) is None


@cache
def _histories():
    histories = defaultdict(list)
    with gzip.open(DAYS, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            histories[row["customer"]].append(
                (
                    date.fromisoformat(row["day"]),
                    float(row["amount"]),
                    int(row["orders"]),
                )
            )
    return tuple(histories.values())


def _sum(purchases, first, last):
    """Return orders and amount from one day to another, both included."""
    inside = [one for one in purchases if first <= one[0] <= last]
    return sum(one[2] for one in inside), sum(one[1] for one in inside)


def _get_year(purchases, last):
    return Year(*_sum(purchases, last - timedelta(days=364), last))


def _learn_until(today, days):
    histories = []
    for first in find_spans(date(2009, 12, 1), today, days):
        before, last = first - timedelta(days=1), first + timedelta(days=days - 1)
        histories += [
            (_get_year(one, before), *_sum(one, first, last))
            for one in _histories()
            if any(day <= before and orders for day, _amount, orders in one)
        ]
    return learn(histories, days)


@pytest.mark.parametrize("days", [60, 90, 180])
def test_on_the_real_shop_chances_of_losing_a_tier_are_near_what_came(days):
    """Silver asks for 1,000 in twelve months; the end is the last day of the data."""
    today = date(2011, 12, 9) - timedelta(days=days)
    end = today + timedelta(days=days)
    reference = _learn_until(today, days)
    chances, lost = [], []
    for purchases in _histories():
        if _get_year(purchases, today).amount < SILVER:
            continue
        since = end + timedelta(days=1) - timedelta(days=364)
        kept = _sum(purchases, since, today)[1]
        if kept >= SILVER:
            continue
        way = [Need("sum", Decimal(str(round(kept, 2))), Decimal(SILVER))]
        chances.append(reference.loss_chance([way], _get_year(purchases, today)))
        lost.append(_sum(purchases, since, end)[1] < SILVER)

    told = calibrate(chances, lost)
    print(f"\n{days} days, {len(lost)} members, AUC {auc(chances, lost):.3f}", told)

    assert len(lost) > 50
    assert auc(chances, lost) > 0.65
    assert abs(told.forecast - told.real) < 0.07
    assert told.brier < 0.9 * told.brier_of_mean
