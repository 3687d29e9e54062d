"""What has to be booked so that the journal says what a sale is worth now.

A sale and the credit notes for it are looked at together, so that cancelling a
sale that was already credited does not take the money away twice:

>>> order_value(OrderState(ordered=Decimal(100), invoiced=Decimal(100),
...                        credited=Decimal(40), confirmed=False))
DocumentValue(amount=Decimal('40'), order_count=0)

The credit note itself is booked with -40, which together is nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .purchase_parts import ZERO, Part
from .purchase_posting import (
    NOWHERE,
    DocumentValue,
    Origin,
    Owner,
    Posting,
    Rate,
    day_of_entry,
    frozen_origin,
    is_any_booked,
    plan_document,
    plan_move,
    plan_redating,
)
from .purchase_split import plan_resplit, split_postings


@dataclass(frozen=True, slots=True)
class OrderState:
    """A sales order as it stands, in its own currency.

    All amounts are untaxed, after discounts, of the lines that count.

    :param ordered: what the lines of the order come to
    :param invoiced: what its posted invoices come to
    :param credited: what its posted credit notes come to, as a positive amount
    :param origin: its team and its customer's country, as they are now
    :param lines: its lines by product category
    """

    ordered: Decimal
    invoiced: Decimal
    credited: Decimal
    confirmed: bool
    origin: Origin = NOWHERE
    lines: tuple[Part, ...] = ()


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
    counts = ordered > 0 and deducted < ordered
    return DocumentValue(ordered - deducted + state.credited, int(counts))


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """The rows that an order's journal lacks, by what they are for.

    :param moves: rows given to the present customer, or to the day of the order
    :param entry: the order as it was ordered
    :param correction: what became of it since
    """

    moves: tuple[Posting, ...] = ()
    entry: tuple[Posting, ...] = ()
    correction: tuple[Posting, ...] = ()

    @property
    def postings(self) -> tuple[Posting, ...]:
        """All rows, in the order in which they are booked."""
        return self.moves + self.entry + self.correction


def plan_order(
    booked: Sequence[Posting],
    owner: Owner,
    state: OrderState,
    rate: Rate,
    ordered_on: date,
    corrected_on: date,
    resplit: bool = False,
) -> OrderPlan:
    """Return the rows that bring an order's journal up to date.

    A confirmed order of which nothing is booked enters at its own date as it was
    ordered, and follows when that date is changed (while its lines come to anything);
    everything else happens at the date of the correction. Nothing is planned when the
    journal is already right.

    :param resplit: also book, by a row of no worth, what only went from one product
        category to another
    """
    moves = plan_move(booked, owner)
    entry: tuple[Posting, ...] = ()
    if state.confirmed and not is_any_booked((*booked, *moves)):
        on = day_of_entry((*booked, *moves), ordered_on, corrected_on)
        fresh = order_value(replace(state, invoiced=ZERO, credited=ZERO))
        entry = plan_document((*booked, *moves), owner, fresh, rate, on, state.origin)
    elif state.confirmed and state.ordered:
        moves += plan_redating((*booked, *moves), owner, ordered_on)
    so_far = (*booked, *moves, *entry)
    correction = plan_document(
        so_far, owner, order_value(state), rate, corrected_on, state.origin
    )
    if resplit and state.confirmed and not entry:
        held = frozen_origin([row for row in so_far if row.owner == owner])
        blank = Posting(owner, corrected_on, ZERO, ZERO, 0, held or state.origin)
        correction += plan_resplit(correction, blank, state.lines)
    return _split(booked, OrderPlan(moves, entry, correction), state.lines, rate)


def _split(
    booked: Sequence[Posting], plan: OrderPlan, lines: Sequence[Part], rate: Rate
) -> OrderPlan:
    """Return the plan with every row split by category."""
    rows = split_postings(booked, plan.postings, lines, rate.rounding)
    entered = len(plan.moves) + len(plan.entry)
    return OrderPlan(
        rows[: len(plan.moves)], rows[len(plan.moves) : entered], rows[entered:]
    )
