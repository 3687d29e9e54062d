"""Rows of the journal for what is no purchase: it happened, whose it was, and when.

An inquiry that was booked and turns out to be somebody else's moves at its own date:

>>> booked = QuantityPosting(Holder(1, 7, 7), date(2026, 2, 3), 1)
>>> for row in settle_quantity([booked], replace(booked, holder=Holder(1, 9, 8))):
...     print(row.holder.partner_id, row.date, row.quantity)
7 2026-02-03 -1
9 2026-02-03 1
>>> settle_quantity([booked], booked)
()
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .purchase_posting import NOWHERE, Origin


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose it is, by ids.

    :param partner_id: the contact who did it
    :param commercial_partner_id: the company (or person) that is the member
    """

    company_id: int
    partner_id: int
    commercial_partner_id: int


@dataclass(frozen=True, slots=True)
class QuantityPosting:
    """One row of the journal, booked or about to be, of what is no purchase."""

    holder: Holder
    date: date
    quantity: int
    origin: Origin = NOWHERE


def settle_quantity(
    booked: Iterable[QuantityPosting], wanted: QuantityPosting | None
) -> tuple[QuantityPosting, ...]:
    """Return the rows that bring what is booked of a document to ``wanted``.

    What is booked for somebody else, or on another day, is taken back at its own date.
    Where it came from is frozen as long as it stays with its holder.

    :param wanted: what the document says now; None when it says nothing
    """
    held = _sum_up(booked)
    if wanted:
        wanted = replace(wanted, origin=_frozen_origin(held, wanted))
    missing = [
        replace(row, quantity=-row.quantity)
        for row in held
        if not wanted or not _is_same(row, wanted)
    ]
    if wanted:
        there = sum(row.quantity for row in held if _is_same(row, wanted))
        if wanted.quantity != there:
            missing.append(replace(wanted, quantity=wanted.quantity - there))
    return tuple(missing)


def follow_contact(
    booked: Iterable[QuantityPosting], partner_id: int, commercial_partner_id: int
) -> tuple[QuantityPosting, ...]:
    """Return the rows that give what a contact did to the company it is of now.

    Each pair of rows is at the date of the row it moves.

    >>> booked = QuantityPosting(Holder(1, 7, 7), date(2026, 2, 3), 2)
    >>> [(row.holder.commercial_partner_id, row.quantity)
    ...  for row in follow_contact([booked], 7, 5)]
    [(7, -2), (5, 2)]
    """
    moves: list[QuantityPosting] = []
    for row in _sum_up(booked):
        holder = row.holder
        if holder.partner_id != partner_id:
            continue
        if holder.commercial_partner_id == commercial_partner_id:
            continue
        moved = replace(holder, commercial_partner_id=commercial_partner_id)
        moves += [replace(row, quantity=-row.quantity), replace(row, holder=moved)]
    return tuple(moves)


def _frozen_origin(held: list[QuantityPosting], wanted: QuantityPosting) -> Origin:
    """Return where something came from when it was booked for this holder."""
    origins = [row.origin for row in held if row.holder == wanted.holder]
    return origins[0] if origins else wanted.origin


def _is_same(row: QuantityPosting, wanted: QuantityPosting) -> bool:
    return replace(row, quantity=0) == replace(wanted, quantity=0)


def _sum_up(rows: Iterable[QuantityPosting]) -> list[QuantityPosting]:
    """Sum rows of one holder, day and origin; what is nothing falls away."""
    sums: dict[QuantityPosting, int] = {}
    for row in rows:
        key = replace(row, quantity=0)
        sums[key] = sums.get(key, 0) + row.quantity
    return [replace(row, quantity=total) for row, total in sums.items() if total]
