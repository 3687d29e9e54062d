"""What has to be booked so that the journal says what a sale is worth now.

A sale and the credit notes for it are looked at together, so that cancelling a
sale that was already credited does not take the money away twice:

>>> order_value(OrderState(ordered=Decimal(100), invoiced=Decimal(100),
...                        credited=Decimal(40), confirmed=False))
DocumentValue(amount=Decimal('40'), order_count=0)

The credit note itself is booked with -40, which together is nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


def exact(figure: float | int | Decimal) -> Decimal:
    """Return a figure read from the database as the exact number it was there.

    >>> exact(0.1) + exact(0.2)
    Decimal('0.3')
    """
    return Decimal(str(figure))


@dataclass(frozen=True, slots=True)
class OrderState:
    """A sales order as it stands, in its own currency.

    All amounts are untaxed, after discounts, of the lines that count.

    :param ordered: what the lines of the order come to
    :param invoiced: what its posted invoices come to
    :param credited: what its posted credit notes come to, as a positive amount
    """

    ordered: Decimal
    invoiced: Decimal
    credited: Decimal
    confirmed: bool


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
        steps = (amount * self.factor / self.rounding).quantize(
            Decimal(1), rounding=ROUND_HALF_UP
        )
        return steps * self.rounding


@dataclass(frozen=True, slots=True)
class Posting:
    """One row of the journal, booked or about to be.

    ``document_amount`` is in the currency of the document, ``amount`` in that of
    the company.
    """

    owner: Owner
    date: date
    document_amount: Decimal
    amount: Decimal
    order_count: int


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
        """Return the frozen rate, if the last row was in this document currency."""
        if self.postings and self.postings[-1].owner.currency_id == currency_id:
            return self.factor
        return None


def order_value(state: OrderState) -> DocumentValue:
    """Return what the journal should hold for an order beside its credit notes.

    Credit notes are booked by themselves. What they take back beyond the order's
    present worth (because the order was cancelled, or its lines lowered, after
    invoicing) is left in here, so that both together never subtract twice.
    A wholly credited order no longer counts as an order, nor does a free one.
    """
    ordered = state.ordered if state.confirmed else ZERO
    overbilled = max(ZERO, state.invoiced - ordered)
    deducted = max(ZERO, state.credited - overbilled)
    wholly_credited = state.credited > 0 and state.credited >= state.ordered
    counts = state.confirmed and state.ordered > 0 and not wholly_credited
    return DocumentValue(ordered - deducted + state.credited, int(counts))


def plan_order(
    booked: Sequence[Posting],
    owner: Owner,
    state: OrderState,
    rate: Rate,
    ordered_on: date,
    corrected_on: date,
) -> tuple[Posting, ...]:
    """Return the rows that bring an order's journal up to date.

    A confirmed order of which nothing is booked enters at its own date as it was
    ordered; everything else happens at the date of the correction. Nothing is
    returned when the journal is already right.
    """
    postings: tuple[Posting, ...] = ()
    if state.confirmed and not _is_any_booked(booked):
        fresh = replace(state, invoiced=ZERO, credited=ZERO)
        postings = plan_document(booked, owner, order_value(fresh), rate, ordered_on)
    return postings + plan_document(
        (*booked, *postings), owner, order_value(state), rate, corrected_on
    )


def plan_document(
    booked: Sequence[Posting],
    owner: Owner,
    target: DocumentValue,
    rate: Rate,
    on: date,
) -> tuple[Posting, ...]:
    """Return the rows that bring what is booked to ``target`` for ``owner``.

    Rows of another owner (the customer of the document was changed) move as they
    are, each at its own date; rows in another currency are reversed. What then is
    missing is booked on ``on``, at the frozen rate.
    """
    moves = plan_move(booked, owner)
    own = [row for row in (*booked, *moves) if row.owner == owner]
    missing = Posting(
        owner,
        on,
        target.amount - sum((row.document_amount for row in own), ZERO),
        rate.convert(target.amount) - sum((row.amount for row in own), ZERO),
        target.order_count - sum(row.order_count for row in own),
    )
    if missing.document_amount or missing.order_count:
        return (*moves, missing)
    return moves


def plan_move(booked: Iterable[Posting], owner: Owner) -> tuple[Posting, ...]:
    """Return the rows that take every other owner's rows away and give them over.

    Each move is at the date of the row it moves. Rows in another currency are taken
    away only.
    """
    moves: list[Posting] = []
    for row in _sum_by_owner_and_date(row for row in booked if row.owner != owner):
        moves.append(
            replace(
                row,
                document_amount=-row.document_amount,
                amount=-row.amount,
                order_count=-row.order_count,
            )
        )
        if row.owner.currency_id == owner.currency_id:
            moves.append(replace(row, owner=owner))
    return tuple(moves)


def _sum_by_owner_and_date(rows: Iterable[Posting]) -> list[Posting]:
    """Sum rows of the same owner and day; what comes to nothing falls away."""
    sums: dict[tuple[Owner, date], Posting] = {}
    for row in rows:
        so_far = sums.get((row.owner, row.date))
        sums[row.owner, row.date] = _add(so_far, row) if so_far else row
    return [
        row
        for row in sums.values()
        if row.document_amount or row.amount or row.order_count
    ]


def _add(left: Posting, right: Posting) -> Posting:
    """Return two rows of one owner and day as one."""
    return replace(
        left,
        document_amount=left.document_amount + right.document_amount,
        amount=left.amount + right.amount,
        order_count=left.order_count + right.order_count,
    )


def _is_any_booked(booked: Iterable[Posting]) -> bool:
    """Tell whether the rows come to anything, whoever owns them."""
    rows = tuple(booked)
    return bool(
        sum((row.document_amount for row in rows), ZERO)
        or sum(row.order_count for row in rows)
    )
