"""What of a purchase belongs to which product category, in money and in units.

Two thirds of 10.00 are gears (category 1), one third is oil; the cent that is over
goes to the larger part:

>>> lines = (Part(1, Decimal(40), Decimal(4)), Part(2, Decimal(20), Decimal(1)))
>>> for part in split_by_share(lines, Decimal("10.00"), Decimal(60), Decimal("0.01")):
...     print(part.category_id, part.amount, part.quantity)
1 6.67 4.000000
2 3.33 1.000000
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
QUANTITY_STEP = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Part:
    """The share of one product category, None for what has no category.

    :param quantity: units, in the product's own unit of measure
    """

    category_id: int | None
    amount: Decimal
    quantity: Decimal

    def is_nothing(self) -> bool:
        """Tell whether the part comes to nothing at all."""
        return not self.amount and not self.quantity


def add_parts(*splits: Iterable[Part]) -> tuple[Part, ...]:
    """Sum splits by category; what comes to nothing falls away."""
    sums: dict[int | None, Part] = {}
    for part in (part for split in splits for part in split):
        so_far = sums.get(part.category_id, Part(part.category_id, ZERO, ZERO))
        sums[part.category_id] = Part(
            part.category_id,
            so_far.amount + part.amount,
            so_far.quantity + part.quantity,
        )
    return tuple(part for part in sums.values() if not part.is_nothing())


def negate_parts(split: Iterable[Part]) -> tuple[Part, ...]:
    """Return the split that takes this one back."""
    return tuple(Part(part.category_id, -part.amount, -part.quantity) for part in split)


def total_of(split: Iterable[Part]) -> Decimal:
    """Return the amount that a split comes to."""
    return sum((part.amount for part in split), ZERO)


def split_by_share(
    lines: Iterable[Part], amount: Decimal, document_amount: Decimal, rounding: Decimal
) -> tuple[Part, ...]:
    """Split an amount as the lines of a document are split.

    :param lines: the document's lines by category, in its own currency
    :param amount: what to split, in company currency
    :param document_amount: the same in the document's currency; units follow it, so
        that half of a document's worth is half of its units
    :param rounding: the smallest unit of the company currency
    :return: parts that sum exactly to ``amount``; empty when the lines come to nothing
    """
    lines = tuple(lines)
    total = total_of(lines)
    if not total:
        return ()
    parts = [
        Part(
            line.category_id,
            round_to(amount * line.amount / total, rounding),
            round_to(line.quantity * document_amount / total, QUANTITY_STEP),
        )
        for line in lines
    ]
    largest = max(range(len(lines)), key=lambda place: abs(lines[place].amount))
    held = parts[largest]
    rest = amount - total_of(parts)
    parts[largest] = Part(held.category_id, held.amount + rest, held.quantity)
    return tuple(part for part in parts if not part.is_nothing())


def round_to(figure: Decimal, step: Decimal) -> Decimal:
    """Round half up to a multiple of ``step``."""
    return (figure / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
