"""Where a reward stands in the points shop."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_website_logic.reward_shelf import Buyer, Reward, sort_out

PRICES = st.integers(1, 500).map(Decimal)
IDS = st.frozensets(st.integers(1, 3))
REWARDS = st.lists(
    st.builds(Reward, st.integers(1, 99), PRICES, IDS, IDS),
    unique_by=lambda reward: reward.reward_id,
)
BUYERS = st.builds(
    Buyer, st.integers(0, 500).map(Decimal), st.sampled_from([None, 1, 2, 3]), IDS
)


def names(offers):
    return [offered.reward_id for offered in offers]


def test_what_is_missing_least_comes_first():
    rewards = (Reward(1, Decimal(900)), Reward(2, Decimal(600)))

    shelf = sort_out(rewards, Buyer(Decimal(500)))

    assert names(shelf.soon) == [2, 1]
    assert [offered.missing for offered in shelf.soon] == [100, 400]


def test_exactly_enough_is_enough():
    shelf = sort_out([Reward(1, Decimal("0.30"))], Buyer(Decimal("0.30")))

    assert names(shelf.now) == [1]


def test_a_tier_of_others_is_shown_apart_however_many_points_there_are():
    rewards = (Reward(1, Decimal(10), tier_ids=frozenset({7})),)

    assert names(sort_out(rewards, Buyer(Decimal(99), tier_id=8)).others) == [1]
    assert names(sort_out(rewards, Buyer(Decimal(99), tier_id=7)).now) == [1]


def test_who_was_not_chosen_does_not_see_it():
    rewards = (Reward(1, Decimal(10), tag_ids=frozenset({7})),)

    assert sort_out(rewards, Buyer(Decimal(99))) == sort_out((), Buyer(Decimal(99)))


@given(REWARDS, BUYERS)
def test_each_reward_stands_in_one_place_and_only_for_a_reason(rewards, buyer):
    shelf = sort_out(rewards, buyer)

    by_id = {reward.reward_id: reward for reward in rewards}
    shown = [*names(shelf.now), *names(shelf.soon), *names(shelf.others)]
    assert len(shown) == len(set(shown))
    for offered in shelf.now:
        assert by_id[offered.reward_id].price <= buyer.points
    for offered in shelf.soon:
        assert offered.missing == by_id[offered.reward_id].price - buyer.points > 0
    hidden = by_id.keys() - set(shown)
    assert all(
        by_id[one].tag_ids and not by_id[one].tag_ids & buyer.tag_ids for one in hidden
    )
