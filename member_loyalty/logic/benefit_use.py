"""What a document uses of benefits, compared with what is booked for it.

>>> due = {(1, 2): Use(1, Decimal("5.00"))}
>>> missing(due, {(1, 2): Use(1, Decimal("7.50"))})
{(1, 2): Use(quantity=0, cost=Decimal('-2.50'))}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Use:
    """How often a benefit was used, and what that cost in company currency."""

    quantity: int = 0
    cost: Decimal = Decimal(0)


NOTHING = Use()
Key = tuple[int, int]


def missing(due: Mapping[Key, Use], booked: Mapping[Key, Use]) -> dict[Key, Use]:
    """Return what must be booked so that what is booked is what is due.

    :param due: what the document says, by (membership id, benefit id)
    :param booked: the sums of what was booked for the document before
    """
    found = {}
    for key in sorted(due.keys() | booked.keys()):
        wanted, held = due.get(key, NOTHING), booked.get(key, NOTHING)
        use = Use(wanted.quantity - held.quantity, wanted.cost - held.cost)
        if use != NOTHING:
            found[key] = use
    return found
