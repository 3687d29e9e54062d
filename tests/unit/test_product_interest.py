"""What pages report is believed only as far as it can be true."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_website_logic.product_interest import (
    LARGEST_ID,
    LONGEST_WORDS,
    SECONDS_PER_VIEW,
    normalise_words,
    read_beacon,
)
from member_loyalty_website_logic.recommendation import (
    BOUGHT_HALF_LIFE,
    CART,
    LOOKED_HALF_LIFE,
    MINUTE,
    ORDER,
    OWN,
    SAME_CATEGORY,
    VIEW,
    Pair,
    Signal,
    diversify,
    get_strengths,
    rank,
)

ANYTHING = st.one_of(
    st.none(), st.text(), st.integers(), st.binary(), st.lists(st.text())
)
NUMBERS = st.integers(0, 20)


@given(st.dictionaries(st.sampled_from(["product_id", "seconds", "first"]), ANYTHING))
def test_nonsense_never_fails_and_never_exceeds_the_caps(values):
    beacon = read_beacon(values)

    if beacon:
        assert 0 < beacon.product_id <= LARGEST_ID
        assert 0 <= beacon.seconds <= SECONDS_PER_VIEW


@pytest.mark.parametrize(
    "product_id",
    ["", "0", "-1", "1.5", "1e3", "٣", "2147483648", "9" * 40, None, ["1"]],
)
def test_what_is_no_product_is_ignored(product_id):
    assert read_beacon({"product_id": product_id, "seconds": "1"}) is None


@pytest.mark.parametrize("seconds", ["", "-1", "nan", "1.5", "9" * 40, None, [5]])
def test_what_is_no_time_is_ignored(seconds):
    assert read_beacon({"product_id": "7", "seconds": seconds}) is None


def test_only_the_first_report_of_a_page_can_come_from_a_search():
    again = read_beacon({"product_id": "7", "first": "0", "search": "1"})

    assert not again.is_first
    assert not again.is_from_search


@given(st.text())
def test_words_are_short_and_stay_as_they_are_when_counted_again(words):
    kept = normalise_words(words)

    assert len(kept) <= LONGEST_WORDS
    assert "@" not in kept


@pytest.mark.parametrize("words", ["a@b.example", "+49 151 123 4567", "   ", "\x00", 5])
def test_words_that_may_be_personal_or_nothing_are_not_kept(words):
    assert normalise_words(words) == ""


def test_interest_halves_with_each_half_life_and_purchases_last_longer():
    fresh = Signal(1, 0, views=2, seconds=90, carts=1)
    old = Signal(1, LOOKED_HALF_LIFE, views=2, seconds=90, carts=1)
    bought = Signal(2, 2 * BOUGHT_HALF_LIFE, orders=3)

    strengths = get_strengths([fresh, old, bought])

    one_day = 2 * VIEW + 1.5 * MINUTE + CART
    assert strengths[1] == pytest.approx(math.log(1 + 1.5 * one_day))
    assert strengths[2] == pytest.approx(math.log(1 + 3 * ORDER / 4))


def test_the_score_is_the_sum_over_what_speaks_for_it_and_names_the_most():
    signals = [Signal(1, 0, views=1), Signal(2, 0, orders=2)]
    pairs = [Pair(1, 9, 0.5), Pair(2, 9, 0.25)]

    best = rank(signals, pairs)[0]

    expected = 0.5 * math.log(2) + 0.25 * math.log(1 + 2 * ORDER)
    assert best.product_id == 9
    assert best.score == pytest.approx(expected)
    assert (best.reason, best.because_id) == ("bought", 2)


def test_what_was_looked_at_itself_is_recommended_behind():
    [own] = rank([Signal(1, 0, views=1)], [])

    assert (own.product_id, own.reason) == (1, "own")
    assert own.score == pytest.approx(OWN * math.log(2))


@given(
    st.lists(st.builds(Signal, NUMBERS, NUMBERS, views=NUMBERS, orders=NUMBERS)),
    st.lists(st.builds(Pair, NUMBERS, NUMBERS, st.floats(0, 1))),
    st.sets(NUMBERS),
    st.integers(0, 10),
)
def test_excluded_products_are_never_recommended_and_none_twice(
    signals, pairs, excluded, limit
):
    ranked = rank(signals, pairs, excluded)
    chosen = diversify(ranked, {}, limit)

    products = [one.product_id for one in chosen]
    assert not excluded & set(products)
    assert len(products) == len(set(products)) <= limit
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)


def test_variety_takes_the_next_best_category_when_scores_are_near():
    ranked = rank([Signal(n, 0, views=30 - n) for n in range(1, 5)], [])

    chosen = diversify(ranked, {1: 1, 2: 1, 3: 1, 4: 2}, 2)

    assert [one.product_id for one in chosen] == [1, 4]
    assert SAME_CATEGORY < 1
