"""What a member stands at, and which points go back, when a merge is undone."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_crm_logic.merge_undo import (
    BroughtLot,
    Standing,
    give_back,
    restore,
)

LADDER = (1, 2, 3)
DAY = date(2026, 12, 31)
LATER = date(2027, 6, 30)
POINTS = st.decimals(0, 1000, places=2)


def test_nothing_given_since_means_what_was_before():
    before, after = Standing(1), Standing(3, DAY)
    risen = Standing(2, LATER)

    assert restore(before, after, risen, LADDER) == before


def test_a_grant_of_the_merge_goes_with_it():
    before, after = Standing(1), Standing(3, DAY, 3, DAY)

    assert restore(before, after, after, LADDER) == before


def test_a_lower_grant_of_since_stays_beside_a_higher_tier():
    before = Standing(3, DAY)
    now = Standing(3, DAY, 2, LATER)

    found = restore(before, Standing(3, DAY), now, LADDER)

    assert (found.tier_id, found.valid_until) == (3, DAY)
    assert (found.granted_tier_id, found.granted_until) == (2, LATER)


def test_a_grant_that_was_taken_back_since_does_not_return():
    granted = Standing(2, DAY, 2, DAY)

    found = restore(granted, granted, Standing(1), LADDER)

    assert found.granted_tier_id is None


def test_whether_rules_move_the_member_stays_as_it_is_now():
    found = restore(Standing(1), Standing(1), Standing(1, automatic=False), LADDER)

    assert not found.automatic


@given(st.lists(st.tuples(POINTS, POINTS), max_size=5), POINTS, POINTS)
def test_what_goes_back_and_what_was_used_is_what_was_brought(lots, owed, owed_now):
    brought = [
        BroughtLot(number, max(pair), min(pair)) for number, pair in enumerate(lots)
    ]

    back = give_back(brought, owed, owed_now)

    assert back.points + back.used == sum((lot.brought for lot in brought), Decimal(0))
    assert all(points > 0 for _lot, points in back.parts)
    assert back.debt <= min(owed, owed_now)
