"""What a member has again when a merge is undone.

>>> from datetime import date
>>> silver = Standing(2, date(2026, 12, 31))
>>> gold = Standing(3, date(2026, 12, 31))
>>> restore(silver, gold, gold, (1, 2, 3)) == silver
True
>>> granted = Standing(3, date(2027, 6, 30), 3, date(2027, 6, 30))
>>> restore(silver, gold, granted, (1, 2, 3)) == granted
True
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's tier, until when it is promised, and what was given by hand."""

    tier_id: int
    valid_until: date | None = None
    granted_tier_id: int | None = None
    granted_until: date | None = None
    version_id: int | None = None
    automatic: bool = True


@dataclass(frozen=True, slots=True)
class BroughtLot:
    """Points that a merge brought to another card: then, and what is left now."""

    lot_id: int
    brought: Decimal
    remaining: Decimal


@dataclass(frozen=True, slots=True)
class PointsBack:
    """What goes back: parts of lots, what was used since, and what is owed again."""

    parts: tuple[tuple[int, Decimal], ...]
    used: Decimal
    debt: Decimal

    @property
    def points(self) -> Decimal:
        """Return how many points go back."""
        return sum((points for _lot, points in self.parts), Decimal(0))


def restore(
    before: Standing, after: Standing, now: Standing, ladder: Sequence[int]
) -> Standing:
    """Return what a member stands at when a merge is undone.

    That of before the merge; but what was given by hand after it stays, and lifts the
    tier. The rules lift it from there, for what was bought since.

    :param before: as the member stood before the merge
    :param after: as the merge left the membership
    :param now: as it is
    :param ladder: ids of the tiers, the lowest first
    """
    if (now.granted_tier_id, now.granted_until) == (
        after.granted_tier_id,
        after.granted_until,
    ):
        return replace(before, automatic=now.automatic)
    if not now.granted_tier_id:
        return replace(
            before, granted_tier_id=None, granted_until=None, automatic=now.automatic
        )
    ranks = {tier_id: rank for rank, tier_id in enumerate(ladder)}
    is_lifted = ranks.get(now.granted_tier_id, -1) >= ranks.get(before.tier_id, -1)
    return replace(
        now,
        tier_id=now.granted_tier_id if is_lifted else before.tier_id,
        valid_until=now.granted_until if is_lifted else before.valid_until,
    )


def give_back(
    brought: Sequence[BroughtLot], debt_brought: Decimal, debt_now: Decimal
) -> PointsBack:
    """Return which points of a merge go back: what is left of those it brought.

    Points of the other member are never touched; what was used since is gone.

    :param brought: the lots that the merge made, in points
    :param debt_brought: points owed that the merge brought
    :param debt_now: points that are owed now

    >>> lot = BroughtLot(7, Decimal(50), Decimal(20))
    >>> back = give_back([lot], Decimal(0), Decimal(0))
    >>> back.parts, int(back.used), int(back.points)
    (((7, Decimal('20')),), 30, 20)
    """
    parts = tuple((lot.lot_id, lot.remaining) for lot in brought if lot.remaining > 0)
    used = sum((lot.brought - lot.remaining for lot in brought), Decimal(0))
    return PointsBack(parts, used, min(debt_brought, debt_now))
