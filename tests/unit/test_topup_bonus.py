"""Which bonus a top-up earns, and what is left of it after a refund."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.topup_bonus import BonusRule, choose, keep

DAY = date(2026, 3, 15)
AMOUNTS = st.decimals(0, 10**6, places=2, allow_nan=False)


def _rule(rule_id=1, start=500, bonus=50, **values):
    return BonusRule(rule_id, Decimal(start), Decimal(bonus), **values)


def _choose(rules, amount, **values):
    won = choose(rules, Decimal(amount), DAY, **values)
    return {one.rule_id: one.bonus for one in won}


@pytest.mark.parametrize(
    ("amount", "won"),
    [("499.99", {}), ("500", {1: 50}), ("999", {1: 50}), ("2000", {2: 300})],
)
def test_the_highest_rule_that_is_reached_counts(amount, won):
    assert _choose([_rule(1), _rule(2, 2000, 300)], amount) == won


@pytest.mark.parametrize(("amount", "bonus"), [("999.99", 50), ("1000", 100)])
def test_every_full_amount_can_count(amount, bonus):
    assert _choose([_rule(every_full=True)], amount) == {1: bonus}


def test_money_and_points_can_both_be_won():
    rules = [_rule(1), _rule(2, kind="points", bonus=200), _rule(3, 100, 5)]

    assert _choose(rules, 500) == {1: 50, 2: 200}


def test_a_rule_for_once_gives_nothing_again_and_the_next_one_counts():
    rules = [_rule(1, once=True), _rule(2, 100, 5)]

    assert _choose(rules, 500, used=[1]) == {2: 5}
    assert _choose(rules, 500) == {1: 50}


@pytest.mark.parametrize(
    ("first", "last", "won"),
    [
        (DAY, DAY, {1: 50}),
        (date(2026, 3, 16), None, {}),
        (None, date(2026, 3, 14), {}),
        (None, None, {1: 50}),
    ],
)
def test_the_first_and_the_last_day_are_included(first, last, won):
    assert _choose([_rule(first_day=first, last_day=last)], 500) == won


@pytest.mark.parametrize(
    ("taken_back", "left"),
    [("0", "50"), ("250", "25"), ("500", "0"), ("600", "0"), ("333.33", "16.66")],
)
def test_a_refund_takes_back_its_share_of_the_bonus(taken_back, left):
    assert keep(Decimal(50), Decimal(500), Decimal(taken_back)) == Decimal(left)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_what_is_kept_is_never_negative_nor_more_than_the_bonus(
    bonus, topped_up, taken_back
):
    assert 0 <= keep(bonus, topped_up, taken_back) <= bonus


@given(AMOUNTS)
def test_more_money_never_earns_less_under_rising_rules(amount):
    rules = [_rule(1, 100, 5), _rule(2, 500, 50), _rule(3, 2000, 300)]
    bonus = sum(_choose(rules, amount).values())

    assert sum(_choose(rules, amount + 1).values()) >= bonus
