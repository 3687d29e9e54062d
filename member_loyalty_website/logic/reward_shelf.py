"""Which rewards a buyer can have now, which soon, and which are for others.

>>> mug = Reward(1, Decimal(100))
>>> lamp = Reward(2, Decimal(700))
>>> shelf = sort_out((lamp, mug), Buyer(Decimal(500)))
>>> [one.reward_id for one in shelf.now]
[1]
>>> [(one.reward_id, int(one.missing)) for one in shelf.soon]
[(2, 200)]
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reward:
    """A reward at the price that the buyer pays, in points.

    ``tier_ids``, ``tag_ids``: who may have it; empty restricts nothing.
    """

    reward_id: int
    price: Decimal
    tier_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Buyer:
    """What decides: points that are left, tier and tags."""

    points: Decimal
    tier_id: int | None = None
    tag_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Offered:
    """A reward on the shelf, and the points that are missing for it."""

    reward_id: int
    price: Decimal
    missing: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rewards to be had ``now``, ``soon``, and those that ``others`` have."""

    now: tuple[Offered, ...] = ()
    soon: tuple[Offered, ...] = ()
    others: tuple[Offered, ...] = ()


def sort_out(rewards: Iterable[Reward], buyer: Buyer) -> Shelf:
    """Put each reward where it belongs.

    Now: the cheapest first. Soon: what is missing least first. Others: rewards of
    tiers that the buyer is not in; those for chosen members only are left out.
    """
    now, soon, others = [], [], []
    for reward in rewards:
        if reward.tag_ids and not reward.tag_ids & buyer.tag_ids:
            continue
        missing = max(NOTHING, reward.price - buyer.points)
        offered = Offered(reward.reward_id, reward.price, missing)
        if reward.tier_ids and buyer.tier_id not in reward.tier_ids:
            others.append(offered)
        elif missing:
            soon.append(offered)
        else:
            now.append(offered)
    return Shelf(
        tuple(sorted(now, key=lambda one: (one.price, one.reward_id))),
        tuple(sorted(soon, key=lambda one: (one.missing, one.price, one.reward_id))),
        tuple(sorted(others, key=lambda one: (one.price, one.reward_id))),
    )
