"""Rows of the journal: what a document is worth, whose it is, what is still missing.

A document that is worth 100 and of which 60 is booked gets one more row:

>>> anna = Owner(partner_id=7, commercial_partner_id=7, currency_id=1)
>>> rate = Rate(factor=Decimal("0.5"), rounding=Decimal("0.01"))
>>> row = Posting(anna, date(2024, 5, 1), Decimal(60), Decimal(30), order_count=1)
>>> [missing] = plan_document(
...     [row], anna, DocumentValue(Decimal(100), 1), rate, date(2024, 5, 9))
>>> missing.document_amount, missing.amount, missing.order_count
(Decimal('40'), Decimal('20.00'), 0)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .purchase_parts import ZERO, Part, add_parts, negate_parts, round_to


def exact(figure: float | Decimal) -> Decimal:
    """Return a figure read from the database as the exact number it was there.

    >>> exact(0.1) + exact(0.2)
    Decimal('0.3')
    """
    return Decimal(str(figure))


@dataclass(frozen=True, slots=True)
class DocumentValue:
    """What the journal should hold for a document, in the document's currency."""

    amount: Decimal
    order_count: int


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose purchase it is, and the currency of the document.

    :param partner_id: the contact on the document
    :param commercial_partner_id: the company (or person) that is the member
    """

    partner_id: int
    commercial_partner_id: int
    currency_id: int


@dataclass(frozen=True, slots=True)
class Rate:
    """The frozen conversion from the document's to the company's currency.

    :param factor: company currency units for one unit of the document
    :param rounding: the smallest unit of the company currency, such as 0.01
    """

    factor: Decimal
    rounding: Decimal

    def convert(self, amount: Decimal) -> Decimal:
        """Return ``amount`` in company currency, rounded half up."""
        return round_to(amount * self.factor, self.rounding)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a purchase came from: the customer's country and the sales team.

    Frozen when a document is booked, whatever becomes of both afterwards.
    """

    country_id: int | None = None
    team_id: int | None = None


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Posting:
    """One row of the journal, booked or about to be.

    ``document_amount`` is in the currency of the document, ``amount`` in that of
    the company.

    :param parts: what of it belongs to which category; None when not split yet
    """

    owner: Owner
    date: date
    document_amount: Decimal
    amount: Decimal
    order_count: int
    origin: Origin = NOWHERE
    parts: tuple[Part, ...] | None = None

    def moves_something(self) -> bool:
        """Tell whether the row changes anything that is counted."""
        return bool(
            self.document_amount or self.amount or self.order_count or self.parts
        )


@dataclass(frozen=True, slots=True)
class Booked:
    """What the journal already holds of one document, oldest row first.

    :param revision: number of the last row, 0 when nothing is booked
    :param factor: the rate frozen by the last row, None when nothing is booked
    """

    postings: tuple[Posting, ...] = ()
    revision: int = 0
    factor: Decimal | None = None

    def add(self, posting: Posting, revision: int, factor: Decimal) -> "Booked":
        """Return the same with one more row."""
        return Booked((*self.postings, posting), revision, factor)

    def frozen_factor(self, currency_id: int) -> Decimal | None:
        """Return the frozen rate, if something is booked in this document currency.

        What was undone as a whole may come back at another rate.
        """
        if not self.postings or self.postings[-1].owner.currency_id != currency_id:
            return None
        return self.factor if is_any_booked(self.postings) else None


def plan_document(
    booked: Sequence[Posting],
    owner: Owner,
    target: DocumentValue,
    rate: Rate,
    on: date,
    origin: Origin = NOWHERE,
) -> tuple[Posting, ...]:
    """Return the rows that bring what is booked to ``target`` for ``owner``.

    Rows of another owner (the customer of the document was changed) move as they
    are, each at its own date; rows in another currency are reversed. What then is
    missing is booked on ``on``, at the frozen rate, and of the frozen origin: what
    is taken back must be missing where it was counted.
    """
    moves = plan_move(booked, owner)
    own = [row for row in (*booked, *moves) if row.owner == owner]
    missing = Posting(
        owner,
        on,
        target.amount - sum((row.document_amount for row in own), ZERO),
        rate.convert(target.amount) - sum((row.amount for row in own), ZERO),
        target.order_count - sum(row.order_count for row in own),
        frozen_origin(own) or origin,
    )
    if missing.document_amount or missing.order_count:
        return (*moves, missing)
    return moves


def frozen_origin(booked: Sequence[Posting]) -> Origin | None:
    """Return the origin of what is booked, None when it comes to nothing."""
    return booked[-1].origin if is_any_booked(booked) else None


def plan_move(booked: Iterable[Posting], owner: Owner) -> tuple[Posting, ...]:
    """Return the rows that take every other owner's rows away and give them over.

    Each move is at the date of the row it moves. Rows in another currency are taken
    away only. Whoever's rows come to nothing keeps them.
    """
    foreign = [row for row in booked if row.owner != owner]
    holders = {
        holder
        for holder in (row.owner for row in foreign)
        if is_any_booked(row for row in foreign if row.owner == holder)
    }
    moves: list[Posting] = []
    for row in _sum_by_owner_and_date(row for row in foreign if row.owner in holders):
        moves.append(_negate(row))
        if row.owner.currency_id == owner.currency_id:
            moves.append(replace(row, owner=owner, parts=row.parts or ()))
    return tuple(moves)


def plan_redating(
    booked: Sequence[Posting], owner: Owner, dated: date
) -> tuple[Posting, ...]:
    """Return the rows that move what entered on another day to ``dated``.

    What came later than the entry, on another day, stays where it is; the entry does
    not go past it, for nothing can be taken back before it was there.
    """
    start = _find_entry(booked)
    if start is None:
        return ()
    entered_on = booked[start].date
    later = [row.date for row in booked[start:] if row.date > entered_on]
    target = min([day_of_entry(booked[:start], dated, entered_on), *later])
    entered = [
        row
        for row in booked[start:]
        if row.owner == owner and row.date == entered_on != target
    ]
    moves: list[Posting] = []
    for row in _sum_by_owner_and_date(entered):
        moves += [_negate(row), replace(row, date=target, parts=row.parts or ())]
    return tuple(moves)


def day_of_entry(booked: Iterable[Posting], dated: date, today: date) -> date:
    """Return the day on which a document's worth enters the journal.

    That is its own date, unless the journal holds something later of it already:
    then what happens now must not be told as if it had been so before.
    """
    held = [row.date for row in _sum_by_owner_and_date(booked)]
    return dated if dated >= max(held, default=dated) else today


def is_any_booked(booked: Iterable[Posting]) -> bool:
    """Tell whether the rows come to anything, whoever owns them."""
    rows = tuple(booked)
    return bool(
        sum((row.document_amount for row in rows), ZERO)
        or sum(row.order_count for row in rows)
    )


def _find_entry(booked: Sequence[Posting]) -> int | None:
    """Return the position of the row with which a document entered last, if any."""
    start, amount, count = None, ZERO, 0
    for position, row in enumerate(booked):
        if not amount and not count:
            start = position
        amount += row.document_amount
        count += row.order_count
    return start


def _sum_by_owner_and_date(rows: Iterable[Posting]) -> list[Posting]:
    """Sum rows of the same owner, day and origin; what is nothing falls away."""
    sums: dict[tuple[Owner, date, Origin], Posting] = {}
    for row in rows:
        key = (row.owner, row.date, row.origin)
        sums[key] = _add(sums[key], row) if key in sums else row
    return [row for row in sums.values() if row.moves_something()]


def _add(left: Posting, right: Posting) -> Posting:
    """Return two rows of one owner, day and origin as one."""
    return replace(
        left,
        document_amount=left.document_amount + right.document_amount,
        amount=left.amount + right.amount,
        order_count=left.order_count + right.order_count,
        parts=add_parts(left.parts or (), right.parts or ()),
    )


def _negate(row: Posting) -> Posting:
    """Return the row that takes this one back, at the same date."""
    return replace(
        row,
        document_amount=-row.document_amount,
        amount=-row.amount,
        order_count=-row.order_count,
        parts=negate_parts(row.parts or ()),
    )
