"""Who looks after whom: fewest first, nobody stolen, everything taken back."""

import pytest
from member_loyalty_logic.account_manager import (
    Assignment,
    Member,
    Memory,
    Offer,
    assign,
)

ANN, BEN, CAT = 11, 12, 13
SILVER = Offer(benefit_id=4, user_ids=(ANN, BEN))
GOLD = Offer(benefit_id=5, user_ids=(CAT,))
EAGER = Offer(benefit_id=4, user_ids=(ANN, BEN), replaces=True)


def test_the_one_with_the_fewest_gets_the_next():
    members = [Member(number, offer=SILVER) for number in range(1, 6)]

    assigned = assign(members, {(4, ANN): 2})

    assert [one.user_id for one in assigned] == [BEN, BEN, ANN, BEN, ANN]


def test_a_customer_who_has_somebody_keeps_them():
    assert assign([Member(1, user_id=CAT, offer=SILVER)], {}) == []


def test_who_is_replaced_is_remembered():
    assert assign([Member(1, user_id=CAT, offer=EAGER)], {}) == [
        Assignment(1, ANN, Memory(4, ANN, CAT), is_use=True)
    ]


@pytest.mark.parametrize("former", [None, CAT])
def test_a_fall_gives_back_who_was_there_before(former):
    fallen = Member(1, user_id=ANN, memory=Memory(4, ANN, former))

    assert assign([fallen], {}) == [Assignment(1, former, None)]


def test_a_fall_leaves_alone_what_somebody_changed():
    fallen = Member(1, user_id=BEN, memory=Memory(4, ANN, CAT))

    assert assign([fallen], {}) == [Assignment(1, BEN, None)]


@pytest.mark.parametrize("user", [None, CAT])
def test_what_somebody_changed_is_not_assigned_again(user):
    changed = Member(1, user_id=user, memory=Memory(4, ANN), offer=EAGER)

    assert assign([changed], {}) == []


def test_a_higher_tier_brings_its_own_manager_and_keeps_the_first_one_in_mind():
    risen = Member(1, user_id=ANN, memory=Memory(4, ANN, BEN), offer=GOLD)

    assert assign([risen], {}) == [Assignment(1, CAT, Memory(5, CAT, BEN), is_use=True)]


def test_nothing_happens_twice():
    [first] = assign([Member(1, offer=SILVER)], {})
    again = Member(1, user_id=first.user_id, memory=first.memory, offer=SILVER)

    assert assign([again], {}) == []


def test_an_archived_manager_is_followed_by_another():
    left_alone = Member(
        1, user_id=CAT, is_user_active=False, memory=Memory(4, CAT), offer=SILVER
    )

    assert assign([left_alone], {}) == [Assignment(1, ANN, Memory(4, ANN), is_use=True)]


def test_without_anybody_to_assign_nothing_is_assigned():
    assert assign([Member(1, offer=Offer(4, ()))], {}) == []
