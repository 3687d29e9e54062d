"""What becomes of points on one card: entries, what paid for them, and what is owed.

>>> now = datetime(2026, 3, 15)
>>> wallet = Wallet(Decimal(20), NOTHING, (Lot(1, now, None, Decimal(20)),))
>>> note = Posting(7, "claimed_back", Decimal(-100), now, source=("sale.order", 5))
>>> wallet, [entry] = book(wallet, [note])
>>> int(entry.points), int(entry.debt), int(wallet.debt)
(-20, 80, 80)
>>> wallet, entries = book(wallet, [Posting(7, "earned", Decimal(50), now)])
>>> [(entry.posting.kind, int(entry.points), int(entry.debt)) for entry in entries]
[('earned', 50, 0), ('claimed_back', -50, -50)]
>>> int(wallet.points), int(wallet.debt)
(0, 30)
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from .point_lots import NOTHING, Allocation, Lot, give_back, take, take_from_source


class NotEnoughPoints(Exception):
    """The card has fewer usable points than are to be taken."""

    def __init__(self, card_id: int, asked: Decimal, usable: Decimal):
        super().__init__(card_id, asked, usable)
        self.card_id = card_id
        self.asked = asked
        self.usable = usable


@dataclass(frozen=True, slots=True)
class Posting:
    """Points to be booked on a card: positive come, negative go.

    ``restores``: what was taken and goes back (allocations, oldest first); positive
    points that restore make no lot of their own. ``may_owe``: what the card lacks
    becomes a debt instead of an error. ``claims``: takes from the lots of its own
    source first, expired or not.
    """

    card_id: int
    kind: str
    points: Decimal
    at: datetime
    expires_at: datetime | None = None
    rule_id: int | None = None
    part: str | None = None
    source: tuple[str, int] | None = None
    source_ref: str | None = None
    source_key: str | None = None
    reason: str | None = None
    restores: tuple[Allocation, ...] | None = None
    may_owe: bool = False
    lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Wallet:
    """What a card holds: its points, what it owes, and its open lots."""

    points: Decimal
    debt: Decimal
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to be written: what it adds, what is owed, what pays for it."""

    posting: Posting
    points: Decimal
    debt: Decimal
    balance: Decimal
    allocations: tuple[Allocation, ...] = ()
    is_lot: bool = False


TAKEN_BACK = frozenset({"reversed", "claimed_back"})
REPAID = "claimed_back"


def book(
    wallet: Wallet, postings: Iterable[Posting]
) -> tuple[Wallet, tuple[Entry, ...]]:
    """Book postings on one card, one after the other.

    Whatever comes in first pays what the member owes. The points on the card never
    go below zero, and always equal what is left of its lots.

    Lots that an entry makes are named by minus its place in the result (from 1).

    :return: what the card holds then, and the entries to be written
    :raises NotEnoughPoints: when usable points lack and nothing may be owed
    """
    entries: list[Entry] = []
    for posting in postings:
        book_one = _come_in if posting.points > 0 else _go_out
        wallet = book_one(wallet, posting, entries)
    return wallet, tuple(entries)


def _come_in(wallet, posting, entries):
    if posting.restores is not None:
        wallet, posting = _restore(wallet, posting, entries)
    if posting.points:
        wallet = _make_lot(wallet, posting, entries)
    return _repay(wallet, entries)


def _restore(wallet, posting, entries):
    """Give points back to the lots they came from, and what was owed for them.

    :return: the wallet, and what is left to come in as a lot of its own
    """
    parts = give_back(posting.restores, posting.points)
    returned = -sum((part.points for part in parts), NOTHING)
    forgiven = min(wallet.debt, posting.points - returned)
    if returned or forgiven:
        restored = replace(posting, expires_at=None)
        wallet = _write(wallet, restored, returned, -forgiven, parts, entries)
    rest = posting.points - returned - forgiven
    return wallet, replace(posting, points=rest, restores=None, source_key=None)


def _make_lot(wallet, posting, entries):
    """Book points that come in as a lot of their own."""
    lot = Lot(
        -(len(entries) + 1),
        posting.at,
        posting.expires_at,
        posting.points,
        posting.source,
    )
    points = wallet.points + lot.remaining
    entries.append(Entry(posting, posting.points, NOTHING, points, is_lot=True))
    return replace(wallet, lots=(*wallet.lots, lot), points=points)


def _repay(wallet, entries):
    """Pay what is owed with the points that can be used."""
    if not wallet.debt or not entries:
        return wallet
    came_in = entries[-1].posting
    parts = take(wallet.lots, wallet.debt, came_in.at)
    owed = sum((part.points for part in parts), NOTHING)
    if not owed:
        return wallet
    posting = replace(
        came_in,
        kind=REPAID,
        points=-owed,
        expires_at=None,
        rule_id=None,
        part=None,
        source_key=None,
        restores=None,
    )
    return _write(wallet, posting, -owed, -owed, parts, entries)


def _go_out(wallet, posting, entries):
    asked = -posting.points
    if posting.kind in TAKEN_BACK:
        parts = take_from_source(wallet.lots, asked, posting.source)
    elif posting.lot_id:
        lots = [lot for lot in wallet.lots if lot.lot_id == posting.lot_id]
        parts = take_from_source(lots, asked, posting.source)
    else:
        parts = take(wallet.lots, asked, posting.at, posting.source)
    found = sum((part.points for part in parts), NOTHING)
    may_owe = posting.may_owe or posting.kind in TAKEN_BACK
    if found < asked and not may_owe:
        raise NotEnoughPoints(posting.card_id, asked, found)
    return _write(wallet, posting, -found, asked - found, parts, entries)


def _write(wallet, posting, points, debt, parts, entries):
    """Add an entry that takes from lots or gives back to them."""
    change = {part.lot_id: part.points for part in parts}
    lots = tuple(
        replace(lot, remaining=lot.remaining - change[lot.lot_id])
        if lot.lot_id in change
        else lot
        for lot in wallet.lots
    )
    wallet = Wallet(wallet.points + points, wallet.debt + debt, lots)
    entries.append(Entry(posting, points, debt, wallet.points, parts))
    return wallet
