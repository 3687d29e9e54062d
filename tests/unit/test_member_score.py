from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_crm_logic.member_score import (
    SEGMENT_TABLE,
    Facts,
    Levels,
    Settings,
    Weights,
    median_gap,
    score_members,
    segment,
    shares,
    stage,
    value_score,
)
from member_loyalty_crm_logic.score_fifths import cut_points, fifth, share_below

TODAY = date(2026, 3, 15)
FIRST = date(2024, 3, 16)
SETTINGS = Settings()

amounts = st.lists(st.integers(-50, 50), min_size=1, max_size=60)
days = st.lists(st.integers(0, 1000), unique=True, max_size=8).map(
    lambda gaps: tuple(sorted(TODAY - timedelta(days=gap) for gap in gaps))
)
members = st.builds(
    Facts,
    purchase_days=days,
    order_count=st.integers(0, 9),
    amount=st.integers(-90, 900).map(Decimal),
    points=st.integers(0, 40).map(Decimal),
    inquiry_count=st.integers(0, 4),
    tier_rank=st.integers(0, 2),
)
weights = st.builds(Weights, *[st.integers(0, 40)] * 6).filter(lambda one: one.total)


def _ago(*gaps):
    return tuple(TODAY - timedelta(days=gap) for gap in gaps)


def _score(*facts, settings=SETTINGS, top=2):
    return score_members(facts, TODAY, FIRST, settings, top)


@given(amounts)
def test_more_is_never_a_lower_fifth(values):
    cuts = cut_points(values)
    found = [fifth(value, cuts) for value in sorted(values)]

    assert found == sorted(found)
    assert 1 <= found[0] <= found[-1] <= 5


@given(amounts)
def test_others_who_come_in_another_order_change_nothing(values):
    assert cut_points(values) == cut_points(values[::-1])


@given(st.integers(1, 40))
def test_five_equal_parts_of_different_values_are_the_five_fifths(each):
    values = list(range(5 * each))
    cuts = cut_points(values)

    assert [fifth(value, cuts) for value in values] == [
        value // each + 1 for value in values
    ]


@given(st.integers(-9, 9), st.integers(1, 30))
def test_who_are_all_the_same_are_all_in_the_middle(value, count):
    assert fifth(value, cut_points([value] * count)) == 3


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7], [3]),
        ([1, 2], [2, 4]),
        ([1, 2, 3], [1, 3, 4]),
        ([1, 2, 3, 4], [1, 2, 3, 4]),
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
    ],
)
def test_a_best_fifth_takes_five_different_values(values, expected):
    assert [fifth(value, cut_points(values)) for value in values] == expected


@given(amounts)
def test_at_least_the_share_that_is_said_has_less(values):
    cuts = cut_points(values)
    for value in values:
        below = sum(other < value for other in values)
        assert below * 100 >= share_below(value, cuts) * len(values)


def test_every_combination_has_one_segment_that_the_screens_know():
    known = {name for row in SEGMENT_TABLE for name in row}
    found = {
        segment(*levels, is_new=is_new)
        for levels in product(range(1, 6), repeat=3)
        for is_new in (True, False)
    }

    assert found == known
    assert segment(0, 0, 0, is_new=False) == "never"
    assert [len(row) for row in SEGMENT_TABLE] == [5] * 5


@pytest.mark.parametrize(
    ("bought", "expected"),
    [
        ((), "registered"),
        (_ago(0), "new"),
        (_ago(90), "new"),
        (_ago(91), "growing"),
        (_ago(180), "growing"),
        (_ago(181), "churn_warning"),
        (_ago(360), "churn_warning"),
        (_ago(361), "win_back"),
        (_ago(140, 100), "churn_warning"),
        (_ago(130, 100, 60), "active"),
        (_ago(130, 100, 61), "churn_warning"),
        (_ago(180, 150, 121), "win_back"),
        (_ago(460, 430, 400, 10), "won_back"),
        (_ago(460, 430, 400, 60), "won_back"),
        (_ago(460, 430, 400, 61), "churn_warning"),
        (_ago(365, 4), "won_back"),
        (_ago(364, 4), "growing"),
    ],
)
def test_the_stage_follows_from_the_own_rhythm(bought, expected):
    assert stage(bought, TODAY, SETTINGS) == expected


def test_who_came_back_long_ago_is_not_won_back_any_more():
    settings = replace(SETTINGS, rhythm_minimum=100)

    assert stage(_ago(700, 650, 89), TODAY, settings) == "won_back"
    assert stage(_ago(700, 650, 90), TODAY, settings) == "active"


def test_buying_every_day_is_watched_no_closer_than_the_shortest_rhythm():
    assert stage(_ago(102, 101, 100, 61, 60), TODAY, SETTINGS) == "active"


def test_a_rhythm_is_the_median_of_the_gaps():
    assert median_gap(()) == median_gap(_ago(5)) == 0
    assert median_gap(_ago(100, 90, 0)) == 10


def test_who_never_bought_has_nothing_but_tier_points_and_inquiries():
    [score] = _score(Facts(tier_rank=2, points=Decimal(5), inquiry_count=1))

    assert score.levels == Levels(tier=2, points=3, inquiries=3)
    assert (score.segment, score.stage) == ("never", "registered")
    assert score.value_score == 24


def test_who_bought_only_before_the_months_compared_is_lost():
    old, now = _score(
        Facts(purchase_days=(FIRST - timedelta(days=1),)),
        Facts(purchase_days=(FIRST,), order_count=1, amount=Decimal(9)),
    )

    assert old.levels == Levels(1, 1, 1)
    assert old.segment == "lost"
    assert now.levels == Levels(3, 3, 3)


def test_giving_back_more_than_was_bought_is_less_than_the_smallest_purchase():
    scores = _score(
        *(
            Facts(_ago(1), order_count=1, amount=Decimal(amount))
            for amount in (-500, 10, 20, 30, 40)
        )
    )

    assert [score.levels.monetary for score in scores] == [1, 2, 3, 4, 5]


@given(st.lists(members, max_size=12), weights)
def test_a_score_is_from_0_to_100_and_its_parts_add_up_to_it(crowd, given_weights):
    settings = replace(SETTINGS, weights=given_weights)
    for score in _score(*crowd, settings=settings):
        parts = shares(score.levels, given_weights, 2)

        assert 0 <= score.value_score <= 100
        assert abs(sum(one.points for one in parts) - score.value_score) <= 0.9
        assert abs(sum(one.highest for one in parts) - 100) <= 0.4
        assert all(0 <= one.points <= one.highest for one in parts)


@given(st.lists(members, min_size=2, max_size=12))
def test_equal_members_have_equal_scores(crowd):
    scores = _score(*crowd, crowd[0])

    assert scores[0] == scores[-1]


def test_with_one_tier_it_counts_nothing():
    assert value_score(Levels(5, 5, 5, 0, 5, 5), Weights(), 0) == 85
