"""Who looks after which member, where a benefit promises an account manager.

>>> offer = Offer(benefit_id=4, user_ids=(8, 9))
>>> [assignment] = assign([Member(1, user_id=None, offer=offer)], {(4, 8): 3})
>>> assignment.user_id, assignment.memory
(9, Memory(benefit_id=4, user_id=9, former_id=None))
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Offer:
    """A benefit that gives an account manager.

    :param user_ids: who may be assigned, in their order; only active users
    :param replaces: whether customers who have somebody else get one too
    """

    benefit_id: int
    user_ids: tuple[int, ...]
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What a benefit assigned, so that it can be taken back.

    :param user_id: who was assigned
    :param former_id: who was replaced, if anybody
    """

    benefit_id: int
    user_id: int | None
    former_id: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member, as far as account managers are concerned.

    :param user_id: who looks after the member now
    :param is_user_active: False when that user was archived
    :param memory: what a benefit assigned before
    :param offer: the benefit that the member has now
    """

    membership_id: int
    user_id: int | None = None
    is_user_active: bool = True
    memory: Memory | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be written for a member.

    :param user_id: who looks after the member from now on
    :param memory: what to remember; None forgets
    :param is_use: whether somebody new was assigned: a use of the benefit
    """

    membership_id: int
    user_id: int | None
    memory: Memory | None
    is_use: bool = False


def assign(
    members: Iterable[Member], loads: Mapping[tuple[int, int], int]
) -> list[Assignment]:
    """Return what has to change so that members have the managers they are promised.

    Nobody is taken away from a customer unless the benefit says so, and what somebody
    changed by hand is left alone.

    :param loads: how many members each user has by (benefit id, user id)
    :return: only what changes
    """
    counts = Counter(loads)
    assignments = []
    for member in members:
        assignment = _decide(member, counts)
        if (assignment.user_id, assignment.memory) != (member.user_id, member.memory):
            assignments.append(assignment)
            _count(counts, member.memory, -1)
            _count(counts, assignment.memory, 1)
    return assignments


def _count(counts: Counter, memory: Memory | None, change: int) -> None:
    if memory:
        counts[memory.benefit_id, memory.user_id] += change


def _decide(member: Member, counts: Mapping[tuple[int, int], int]) -> Assignment:
    """Decide on one member."""
    memory, offer = member.memory, member.offer
    if memory and member.user_id == memory.user_id:
        return _go_on(member, memory, offer, counts)
    if memory and offer and memory.benefit_id == offer.benefit_id:
        # changed by hand since: that stays
        return _leave(member, memory)
    if offer is None or not _may_assign(member, offer):
        return _leave(member, None)
    return _give(member, offer, member.user_id, counts)


def _go_on(
    member: Member,
    memory: Memory,
    offer: Offer | None,
    counts: Mapping[tuple[int, int], int],
) -> Assignment:
    """Decide on a member who still has whom a benefit assigned."""
    if offer is None:
        return Assignment(member.membership_id, memory.former_id, None)
    if member.is_user_active and (
        memory.benefit_id == offer.benefit_id or memory.user_id in offer.user_ids
    ):
        kept = replace(memory, benefit_id=offer.benefit_id)
        return _leave(member, kept)
    if not offer.user_ids:
        return Assignment(member.membership_id, memory.former_id, None)
    return _give(member, offer, memory.former_id, counts)


def _may_assign(member: Member, offer: Offer) -> bool:
    """Tell whether a benefit may give somebody to a member without one from it."""
    if not offer.user_ids or member.user_id in offer.user_ids:
        return False
    return member.user_id is None or offer.replaces


def _give(
    member: Member,
    offer: Offer,
    former_id: int | None,
    counts: Mapping[tuple[int, int], int],
) -> Assignment:
    """Give a member the user who has the fewest, of equals the first."""
    user_id = min(
        offer.user_ids, key=lambda user_id: counts.get((offer.benefit_id, user_id), 0)
    )
    memory = Memory(offer.benefit_id, user_id, former_id)
    return Assignment(member.membership_id, user_id, memory, is_use=True)


def _leave(member: Member, memory: Memory | None) -> Assignment:
    return Assignment(member.membership_id, member.user_id, memory)
