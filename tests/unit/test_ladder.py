"""A ladder: what is reached, what is kept, what makes no sense."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.figures import FigureKey, Limit
from member_loyalty_logic.ladder import (
    BELOW,
    Condition,
    Ladder,
    Rule,
    Tier,
    ladder_from_data,
    ladder_to_data,
)
from member_loyalty_logic.ladder_flaws import Flaw, find_flaws
from member_loyalty_logic.windows import Window

SPENT = FigureKey("purchase_amount", Window("rolling_months", 12))
ORDERS = FigureKey("order_count", Window("calendar_year"))
RETURNS = FigureKey("returns", Window("rolling_days", 90))
KEYS = [SPENT, ORDERS, FigureKey("order_count", Window("lifetime"), Limit((3, 7)))]

conditions = st.builds(
    Condition,
    st.sampled_from(KEYS),
    st.integers(1, 9).map(Decimal),
    st.sampled_from([">=", "<"]),
)
rules = st.lists(conditions, min_size=1, max_size=3).map(lambda found: Rule((*found,)))
tiers = st.lists(
    st.tuples(st.lists(rules, max_size=2), st.lists(rules, max_size=2), st.booleans()),
    min_size=1,
    max_size=4,
)
ladders = tiers.map(
    lambda found: Ladder(
        tuple(
            Tier(number, tuple(enter), tuple(keep), lifetime)
            for number, (enter, keep, lifetime) in enumerate(found, 1)
        )
    )
)
figures = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 10).map(Decimal))


def _tier(tier_id, amount, *more, key=SPENT, **values):
    wanted = Condition(key, Decimal(amount))
    return Tier(tier_id, (Rule((wanted, *more)),), **values)


@given(ladders)
def test_a_ladder_survives_being_kept_as_data(ladder):
    assert ladder_from_data(ladder_to_data(ladder)) == ladder


@given(ladders, figures)
def test_what_is_kept_is_never_below_what_is_reached_up_to_there(ladder, measured):
    for held in range(len(ladder.tiers)):
        kept = ladder.kept_rank(measured, held)

        assert kept <= held
        if ladder.entered_rank(measured) <= held:
            assert kept >= ladder.entered_rank(measured)


def test_easier_rules_keep_a_tier():
    keep = (Rule((Condition(SPENT, Decimal(500)),)),)
    ladder = Ladder((Tier(1), _tier(2, 1000, keep_rules=keep)))

    assert ladder.entered_rank({SPENT: Decimal(600)}) == 0
    assert ladder.kept_rank({SPENT: Decimal(600)}, 1) == 1
    assert ladder.kept_rank({SPENT: Decimal(499)}, 1) == 0


def test_a_tier_for_life_is_lost_only_by_what_is_taken_back():
    ladder = Ladder((Tier(1), _tier(2, 1000, lifetime=True)))
    ever = SPENT.over_all_time()

    assert ladder.kept_rank({SPENT: Decimal(0), ever: Decimal(1000)}, 1) == 1
    assert ladder.kept_rank({SPENT: Decimal(0), ever: Decimal(999)}, 1) == 0


def test_a_condition_can_ask_for_less_than():
    few = Condition(RETURNS, Decimal(3), BELOW)
    ladder = Ladder((Tier(1), _tier(2, 1000, few)))

    assert ladder.entered_rank({SPENT: Decimal(1000), RETURNS: Decimal(2)}) == 1
    assert ladder.entered_rank({SPENT: Decimal(1000), RETURNS: Decimal(3)}) == 0


def test_an_accelerator_lowers_what_reaches_a_tier_and_not_what_keeps_it():
    ladder = Ladder((Tier(1), _tier(2, 1000))).accelerated({2: Decimal("0.5")})

    assert ladder.entered_rank({SPENT: Decimal(500)}) == 1
    assert ladder.entered_rank({SPENT: Decimal("499.99")}) == 0
    assert ladder.tiers[1].keeping == _tier(2, 1000).rules


@pytest.mark.parametrize(
    ("silver", "gold", "flaws"),
    [
        (_tier(2, 1000), _tier(3, 1000), (Flaw(2, 3),)),
        (_tier(2, 1000), _tier(3, 999), (Flaw(2, 3),)),
        (_tier(2, 1000), _tier(3, 1001), ()),
        (_tier(2, 1000), _tier(3, 1000, Condition(ORDERS, Decimal(3))), ()),
        (_tier(2, 1000, Condition(ORDERS, Decimal(3))), _tier(3, 900), (Flaw(2, 3),)),
        (_tier(2, 1000), _tier(3, 3, key=ORDERS), ()),
    ],
)
def test_a_tier_that_comes_with_the_one_below_is_a_flaw(silver, gold, flaws):
    assert find_flaws(Ladder((Tier(1), silver, gold))) == flaws
