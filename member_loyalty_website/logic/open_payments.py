"""What a buyer has still to pay, sorted and summed.

>>> bill = OpenItem("invoice", 1, "INV/1", None, date(2026, 3, 1), 40.0, 2)
>>> order = OpenItem("order", 9, "S9", date(2026, 3, 2), None, 25.0, 2)
>>> found = summarise([order, bill], date(2026, 3, 5))
>>> [item.name for item in found.items], found.late_count
(['INV/1', 'S9'], 1)
>>> [(total.kind, total.amount) for total in found.totals]
[('invoice', 40.0), ('order', 25.0)]
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

KINDS = ("invoice", "quotation", "order")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A document with an amount that is not paid."""

    kind: str
    """"invoice" (a credit note has a negative amount), "quotation" that is to be
    paid before it is confirmed, or "order" that is confirmed and not invoiced."""
    id: int
    name: str
    day: date | None
    due_on: date | None
    """The last day that is not late."""
    amount: float
    """What is open, in the document's currency."""
    currency_id: int
    needs_amount: bool = False
    """Whether its page offers to pay only if the amount is in its address."""

    def is_late(self, today):
        """Tell whether it should have been paid before today."""
        is_due = self.kind == "invoice" and self.amount > 0 and self.due_on
        return bool(is_due and self.due_on < today)


@dataclass(frozen=True, slots=True)
class Total:
    """What is open of one kind in one currency."""

    kind: str
    currency_id: int
    count: int
    amount: float


@dataclass(frozen=True, slots=True)
class OpenPayments:
    """All that is open, and what it comes to."""

    items: tuple[OpenItem, ...] = ()
    totals: tuple[Total, ...] = ()
    late_count: int = 0


def summarise(items, today):
    """Sort what is open by urgency, and sum it by kind and currency.

    First what is late, the longest due first, then invoices, quotations and orders.

    :param items: ``OpenItem`` each
    :param date today: the seller's day
    :rtype: OpenPayments
    """
    in_order = sorted(items, key=lambda item: _get_urgency(item, today))
    sums = defaultdict(lambda: [0, 0.0])
    for item in in_order:
        entry = sums[KINDS.index(item.kind), item.currency_id]
        entry[0] += 1
        entry[1] += item.amount
    return OpenPayments(
        items=tuple(in_order),
        totals=tuple(
            Total(KINDS[place], currency_id, count, amount)
            for (place, currency_id), (count, amount) in sorted(sums.items())
        ),
        late_count=sum(item.is_late(today) for item in in_order),
    )


def _get_urgency(item, today):
    """Return what an item is sorted by; the least is the most urgent."""
    return (
        not item.is_late(today),
        KINDS.index(item.kind),
        item.due_on or date.max,
        -item.id,
    )
