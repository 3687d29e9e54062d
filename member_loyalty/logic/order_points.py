"""What has to be booked so that the entries of an order say what the order says.

Each part of an order (a rule, a top-up, the rewards) has a target. What is booked is
compared with it and only the difference is booked: doing it twice books nothing.

>>> missing(Decimal(100), Decimal(0))
Decimal('100')
>>> missing(Decimal(50), Decimal(100))
Decimal('-50')
>>> missing(Decimal(0), Decimal(100), expired=Decimal(60))
Decimal('-40')
"""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


def missing(target: Decimal, held: Decimal, expired: Decimal = ZERO) -> Decimal:
    """Return the points to be booked: positive come in, negative are taken back.

    Points that expired since are lost already: they are not taken back once more.

    :param held: what the entries of this part of the order come to
    :param expired: of the lots of this part
    """
    if target >= held:
        return target - held
    return -min(held - target, max(ZERO, held - expired))


def credited_part(ordered: Decimal, invoiced: Decimal, credited: Decimal) -> Decimal:
    """Return what counts as credited of a line.

    What was invoiced beyond the order and credited again changes nothing.

    >>> credited_part(Decimal(100), Decimal(200), Decimal(100))
    Decimal('0')
    """
    sign = -1 if ordered < 0 else 1
    overbilled = max(ZERO, (invoiced - ordered) * sign)
    return max(ZERO, credited * sign - overbilled) * sign


@dataclass(frozen=True, slots=True)
class Claim:
    """The lines of one claimed reward: its price in points and what was credited."""

    cost: Decimal
    amount: Decimal
    credited: Decimal

    def target(self, order_kept: bool) -> Decimal:
        """Return the points that this reward still costs.

        :param order_kept: whether anything of the order was kept; a reward without
            a price comes back with the whole order
        """
        if not self.amount:
            return self.cost if order_kept else ZERO
        share = max(ZERO, 1 - self.credited / self.amount)
        return (self.cost * min(share, Decimal(1))).quantize(Decimal("0.01"))
