"""Who is called, and by whom."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_crm_logic.call_queue import (
    Staff,
    Waiting,
    hand_out,
    is_held_out,
)

SAM, PIA, ANN = 1, 2, 3


def _hand_out(waiting, **staff):
    values = {"able": frozenset({SAM, PIA, ANN}), "limit": 10, **staff}
    return {
        one.call_id: one.user_id
        for one in hand_out(waiting, Staff(senior_threshold=70, **values))
    }


def test_the_account_manager_goes_before_seniors_and_pool():
    waiting = [Waiting(1, 5, 90, manager_id=SAM)]

    assert _hand_out(waiting, pool=(PIA,), seniors=(ANN,)) == {1: SAM}


def test_a_full_account_manager_leaves_it_to_a_senior_if_it_is_worth_it():
    waiting = [Waiting(1, 9, 70, manager_id=SAM), Waiting(2, 8, 69, manager_id=SAM)]

    handed = _hand_out(waiting, pool=(PIA,), seniors=(ANN,), open_counts={SAM: 10})

    assert handed == {1: ANN, 2: PIA}


def test_full_seniors_leave_it_to_the_pool():
    waiting = [Waiting(1, 9, 100)]

    assert _hand_out(waiting, pool=(PIA,), seniors=(ANN,), open_counts={ANN: 10}) == {
        1: PIA
    }


def test_an_account_manager_who_is_not_able_gets_nothing():
    waiting = [Waiting(1, 9, manager_id=SAM)]

    assert _hand_out(waiting, able=frozenset({PIA}), pool=(PIA,)) == {1: PIA}


def test_the_most_urgent_goes_first_and_of_equals_the_oldest():
    waiting = [Waiting(3, 5), Waiting(1, 5), Waiting(2, 9)]

    assert list(_hand_out(waiting, pool=(PIA,), limit=2)) == [2, 1]


def test_whoever_has_fewest_gets_the_next():
    waiting = [Waiting(number, 5) for number in range(4)]

    handed = _hand_out(waiting, pool=(PIA, ANN), open_counts={PIA: 2})

    assert list(handed.values()) == [ANN, ANN, PIA, ANN]


def test_who_is_left_alone_takes_nobodys_time():
    waiting = [Waiting(1, 9, is_held_out=True), Waiting(2, 8), Waiting(3, 7)]

    assert _hand_out(waiting, pool=(PIA,), limit=1) == {1: PIA, 2: PIA}


def test_who_is_left_alone_waits_for_their_turn_too():
    waiting = [Waiting(1, 9), Waiting(2, 8, is_held_out=True)]

    assert _hand_out(waiting, pool=(PIA,), limit=1) == {1: PIA}


def test_without_people_everybody_waits():
    assert _hand_out([Waiting(1, 9)], able=frozenset()) == {}
    assert Staff().room == 0


def test_lots_are_drawn_evenly_and_stay():
    drawn = [is_held_out(number, "silent", 10) for number in range(20_000)]

    assert 0.09 < sum(drawn) / len(drawn) < 0.11
    assert drawn == [is_held_out(number, "silent", 10) for number in range(20_000)]


def test_the_lot_depends_on_the_cause():
    drawn = {is_held_out(1, f"cause {number}", 50) for number in range(20)}

    assert drawn == {True, False}


WAITING = st.lists(
    st.builds(
        Waiting,
        call_id=st.integers(1, 10_000),
        priority=st.integers(1, 100),
        value_score=st.integers(0, 100),
        manager_id=st.none() | st.integers(1, 5),
        is_held_out=st.booleans(),
    ),
    unique_by=lambda one: one.call_id,
    max_size=40,
)
USERS = st.lists(st.integers(1, 5), unique=True).map(tuple)


@given(WAITING, USERS, USERS, USERS, st.integers(1, 4))
def test_nobody_gets_more_than_the_limit_or_is_not_able(
    waiting, able, pool, seniors, limit
):
    staff = Staff(frozenset(able), pool, seniors, {1: 1, 2: 3}, limit, 50)

    handed = hand_out(waiting, staff)

    counts = Counter(one.user_id for one in handed if not one.is_held_out)
    for user_id, count in counts.items():
        assert user_id in able
        assert count + staff.open_counts.get(user_id, 0) <= limit
    assert sum(counts.values()) <= staff.room
    assert handed == hand_out(reversed(waiting), staff)


@given(WAITING, USERS, USERS, st.integers(1, 4))
def test_nobody_waits_whom_somebody_of_the_pool_could_call(waiting, able, pool, limit):
    staff = Staff(frozenset(able), pool, (), {}, limit, 101)

    handed = hand_out(waiting, staff)

    counts = Counter(one.user_id for one in handed if not one.is_held_out)
    has_room = any(user in able and counts[user] < limit for user in pool)
    assert not has_room or len(handed) == len(waiting)
