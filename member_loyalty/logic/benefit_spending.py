"""What benefits are expected to cost, from what they did cost.

>>> estimate(Spending(10, Decimal(2000), Decimal(100), Decimal(55)))
(Decimal('5.00'), Decimal('5.50'))
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MOST = Decimal("999.99")  # percent


@dataclass(frozen=True, slots=True)
class Spending:
    """What the members of a tier bought in a year, and what their benefits cost.

    :param by_purchase: cost of benefits that grow with purchases: price, logistics
    :param by_member: cost of the others
    """

    members: int = 0
    purchases: Decimal = Decimal(0)
    by_purchase: Decimal = Decimal(0)
    by_member: Decimal = Decimal(0)


def estimate(spent: Spending) -> tuple[Decimal, Decimal]:
    """Return the cost in percent of purchases, and for each member and year.

    Price and logistics benefits cost ``100 * by_purchase / purchases`` percent; the
    others cost ``by_member / members``. What has nothing to be shared by goes into
    the other figure, and what came to less than nothing is 0.

    >>> estimate(Spending(members=4, by_purchase=Decimal(10)))
    (Decimal('0.00'), Decimal('2.50'))
    >>> estimate(Spending())
    (Decimal('0.00'), Decimal('0.00'))
    """
    by_purchase, by_member = spent.by_purchase, spent.by_member
    if spent.purchases <= 0:
        by_purchase, by_member = Decimal(0), by_member + by_purchase
    percent = 100 * by_purchase / spent.purchases if by_purchase else Decimal(0)
    amount = by_member / spent.members if spent.members else Decimal(0)
    return min(_cents(percent), MOST), _cents(amount)


def _cents(value: Decimal) -> Decimal:
    """Return a figure of at least nothing, in hundredths."""
    return max(value, Decimal(0)).quantize(CENT, ROUND_HALF_UP)
