"""Who of the waiting customers is called, and by whom.

>>> staff = Staff(able=frozenset({7, 8}), pool=(8,), limit=1)
>>> waiting = [Waiting(1, 900, 40, manager_id=7), Waiting(2, 500, 40, manager_id=7)]
>>> [(one.call_id, one.user_id) for one in hand_out(waiting, staff)]
[(1, 7), (2, 8)]
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import md5

HASH_DIGITS = 8
PARTS = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """A customer whose turn may have come.

    :param priority: weight of the signals times value of the customer
    :param value_score: 0 to 100
    :param manager_id: the user who looks after the customer, if anybody
    :param is_held_out: whether the customer is left alone, to compare with
    """

    call_id: int
    priority: int
    value_score: int = 0
    manager_id: int | None = None
    is_held_out: bool = False


@dataclass(frozen=True, slots=True)
class Staff:
    """Who calls.

    :param able: users who may be given calls today: active, with rights, not absent
    :param pool: who calls customers that nobody looks after
    :param seniors: who calls those of high value
    :param open_counts: how many calls each user has now
    :param limit: the most open calls of a person
    :param senior_threshold: the value score from which seniors call
    """

    able: frozenset[int] = frozenset()
    pool: tuple[int, ...] = ()
    seniors: tuple[int, ...] = ()
    open_counts: Mapping[int, int] = field(default_factory=dict)
    limit: int = 0
    senior_threshold: int = 0

    @property
    def room(self) -> int:
        """Return how many more calls all together can take."""
        return sum(
            max(self.limit - self.open_counts.get(user_id, 0), 0)
            for user_id in self.able
        )


@dataclass(frozen=True, slots=True)
class HandOut:
    """A call that a person gets; of a customer left alone, who would have got it."""

    call_id: int
    user_id: int
    is_held_out: bool = False


def is_held_out(membership_id: int, cause: str, percent: int) -> bool:
    """Tell whether a customer is left alone with a cause, so as to compare.

    As good as drawn by lot, and the same whenever it is asked:
    ``queries/calls.py`` draws alike.

    >>> sum(is_held_out(number, "silent", 10) for number in range(10_000))
    991
    >>> is_held_out(5, "silent", 0), is_held_out(5, "silent", 100)
    (False, True)
    """
    digest = md5(f"{membership_id}:{cause}".encode(), usedforsecurity=False)
    return int(digest.hexdigest()[:HASH_DIGITS], 16) % PARTS < percent


def hand_out(waiting: Iterable[Waiting], staff: Staff) -> list[HandOut]:
    """Give calls to people, the most urgent first, until everybody has enough.

    A customer is called by who looks after them, if that person can take one more;
    else, if of high value, by a senior; else by somebody of the pool. Of several,
    whoever has fewest calls gets it. Those who are left alone have their turn like
    the others, and take nobody's time: what becomes of them is watched from the same
    day on.

    :return: whose turn has come; the others wait
    """
    counts = Counter(staff.open_counts)
    handed = []
    for one in sorted(waiting, key=lambda call: (-call.priority, call.call_id)):
        user_id = _choose(one, staff, counts)
        if user_id is None:
            continue
        handed.append(HandOut(one.call_id, user_id, one.is_held_out))
        if not one.is_held_out:
            counts[user_id] += 1
    return handed


def _choose(one: Waiting, staff: Staff, counts: Mapping[int, int]) -> int | None:
    circles = [(one.manager_id,) if one.manager_id else ()]
    if one.value_score >= staff.senior_threshold:
        circles.append(staff.seniors)
    circles.append(staff.pool)
    for circle in circles:
        free = [
            user_id
            for user_id in circle
            if user_id in staff.able and counts[user_id] < staff.limit
        ]
        if free:
            return min(free, key=lambda user_id: (counts[user_id], user_id))
    return None
