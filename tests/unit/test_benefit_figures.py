"""What benefits cost and whether they work, against figures from elsewhere."""

from decimal import Decimal
from itertools import product
from math import isclose, sqrt

import pytest
from member_loyalty_logic.benefit_levels import levels_of, tiers_between
from member_loyalty_logic.benefit_ranking import Result, rank
from member_loyalty_logic.benefit_spending import Spending, estimate
from member_loyalty_logic.proportions import Share, difference, wilson

# R. G. Newcombe (1998), table II, method 10
PUBLISHED = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), PUBLISHED)
def test_the_interval_is_the_published_one(a, m, b, n, low, high):
    found = difference(Share(a, m), Share(b, n))

    assert isclose(found.low, low, abs_tol=5e-5)
    assert isclose(found.high, high, abs_tol=5e-5)


def _score(value, share):
    """Return how many standard errors a true share is from the one that was seen."""
    return abs(share.value - value) / sqrt(value * (1 - value) / share.total)


@pytest.mark.parametrize("share", [Share(1, 7), Share(30, 41), Share(199, 200)])
def test_the_ends_of_wilsons_interval_are_where_the_score_test_turns(share):
    found = wilson(share)

    assert isclose(_score(found.low, share), 1.959964, rel_tol=1e-5)
    assert isclose(_score(found.high, share), 1.959964, rel_tol=1e-5)


def test_a_difference_is_the_opposite_of_the_groups_exchanged():
    for a, b in product(range(6), range(9)):
        one, other = Share(a, 5), Share(b, 8)
        there, back = difference(one, other), difference(other, one)

        assert isclose(there.low, -back.high, abs_tol=1e-12)
        assert -1 <= there.low <= there.value <= there.high <= 1


def test_nobody_is_compared_with_nobody():
    assert difference(Share(0, 0), Share(3, 4)) is None


def test_the_same_shares_are_no_clear_difference():
    assert not difference(Share(50, 100), Share(50, 100)).is_clear
    assert difference(Share(80, 100), Share(20, 100)).is_clear


def test_every_ladder_begins_at_the_first_level():
    for tiers, levels in product(range(1, 9), range(1, 5)):
        found = levels_of(tiers, levels)

        assert len(found) == tiers
        assert found[0] == 0
        assert list(found) == sorted(found)
        assert max(found) == min(tiers, levels) - 1


def test_every_level_that_fits_has_a_tier():
    for tiers, levels in product(range(1, 9), range(1, 5)):
        assert set(levels_of(tiers, levels)) == set(range(min(tiers, levels)))


def test_the_best_are_nobody_where_there_are_too_few_tiers():
    assert tiers_between(levels_of(2, 3), 2, 3) == ()


def test_costs_by_purchase_are_a_percentage_and_others_an_amount():
    spent = Spending(4, Decimal(3000), Decimal(100), Decimal(10))

    assert estimate(spent) == (Decimal("3.33"), Decimal("2.50"))


def test_more_was_taken_back_than_spent():
    spent = Spending(4, Decimal(3000), Decimal(-100), Decimal(-10))

    assert estimate(spent) == (0, 0)


def test_a_percentage_that_no_field_holds_is_cut():
    spent = Spending(1, Decimal("0.01"), Decimal(100), Decimal(0))

    assert estimate(spent)[0] == Decimal("999.99")


def _result(benefit_id, users, idle, uses=None):
    return Result(
        benefit_id, uses or users, Decimal(0), Share(0, users), Share(0, idle)
    )


def test_the_best_used_is_first_and_those_that_nobody_has_are_last():
    order = rank([_result(1, 0, 0), _result(2, 1, 9), _result(3, 9, 1)], Decimal(5))

    assert [one.benefit_id for one in order] == [3, 2, 1]


def test_a_benefit_that_nobody_has_is_not_called_hardly_used():
    [found] = rank([_result(1, 0, 0)], Decimal(10))

    assert not found.is_low
    assert found.usage_rate is None


def test_what_is_hardly_used_is_not_recommended_instead():
    found = rank([_result(1, 1, 99), _result(2, 2, 98)], Decimal(10))

    assert [one.is_low for one in found] == [True, True]
    assert [one.better_id for one in found] == [None, None]
