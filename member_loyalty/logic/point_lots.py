"""Which lots pay for what, and where points go back to.

The soonest to expire pays first, then the oldest, then the lowest id (FEFO with FIFO
among equals). What is given back goes to the lots it came from, the last one taken
first, so that earlier spending keeps what it paid with.

>>> from datetime import datetime
>>> now = datetime(2026, 3, 15)
>>> old = Lot(1, datetime(2025, 3, 1), datetime(2026, 3, 1), Decimal(70))
>>> soon = Lot(2, datetime(2025, 9, 1), datetime(2026, 9, 1), Decimal(30))
>>> late = Lot(3, datetime(2026, 1, 1), None, Decimal(50))
>>> taken = take((old, soon, late), Decimal(60), now)
>>> [(part.lot_id, int(part.points)) for part in taken]
[(2, 30), (3, 30)]
>>> [(part.lot_id, int(part.points)) for part in give_back(taken, Decimal(40))]
[(3, -30), (2, -10)]
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Lot:
    """What is left of points that came together.

    ``lot_id`` is the entry's id; ``order_key`` the document it was earned with.
    """

    lot_id: int
    earned_at: datetime
    expires_at: datetime | None
    remaining: Decimal
    source: tuple[str, int] | None = None

    def is_usable(self, now: datetime) -> bool:
        """Tell whether the points can be spent: not from the moment they expire."""
        return self.expires_at is None or now < self.expires_at


@dataclass(frozen=True, slots=True)
class Allocation:
    """Points taken from a lot; negative when they go back to it."""

    lot_id: int
    points: Decimal


def usable(lots: Iterable[Lot], now: datetime) -> Decimal:
    """Sum up the points that can be spent now."""
    return sum((lot.remaining for lot in lots if lot.is_usable(now)), NOTHING)


def take(
    lots: Iterable[Lot],
    points: Decimal,
    now: datetime,
    source: tuple[str, int] | None = None,
) -> tuple[Allocation, ...]:
    """Choose the lots that pay ``points``, or as much of it as is usable now.

    :param source: the document that spends; what it earned itself pays last
    """
    return _draw(
        sorted(
            _usable(lots, now),
            key=lambda lot: (
                source is not None and lot.source == source,
                spending_order(lot),
            ),
        ),
        points,
    )


def take_from_source(
    lots: Sequence[Lot], points: Decimal, source: tuple[str, int]
) -> tuple[Allocation, ...]:
    """Choose the lots that lose ``points`` because their document is taken back.

    The document's own lots come first, expired or not; then the others in the order
    of spending.
    """
    return _draw(
        sorted(lots, key=lambda lot: (lot.source != source, spending_order(lot))),
        points,
    )


def give_back(taken: Sequence[Allocation], points: Decimal) -> tuple[Allocation, ...]:
    """Return the allocations that give ``points`` back, the last taken first.

    :param taken: what was taken so far, oldest first; negative where given back
    """
    held: dict[int, Decimal] = {}
    for allocation in taken:
        held[allocation.lot_id] = (
            held.pop(allocation.lot_id, NOTHING) + allocation.points
        )
    parts = []
    for lot_id, amount in reversed(held.items()):
        part = min(amount, points)
        if part > 0:
            parts.append(Allocation(lot_id, -part))
            points -= part
    return tuple(parts)


def spending_order(lot: Lot) -> tuple:
    """Return the sort key of spending: soonest expiry, oldest, lowest id."""
    return (
        lot.expires_at is None,
        lot.expires_at or datetime.max,
        lot.earned_at,
        lot.lot_id,
    )


def _usable(lots, now):
    return (lot for lot in lots if lot.is_usable(now))


def _draw(lots, points):
    parts = []
    for lot in lots:
        part = min(lot.remaining, points)
        if part > 0:
            parts.append(Allocation(lot.lot_id, part))
            points -= part
    return tuple(parts)
