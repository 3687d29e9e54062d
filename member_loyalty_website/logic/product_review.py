"""Whether a review of a product earns points, and when.

>>> terms = Terms(minimum_length=20)
>>> decide("Nice.", terms)
''
>>> decide("Runs for two years now, day and night.", terms)
'given'
>>> decide("Runs for two years now, day and night.", Terms(20, needs_approval=True))
'waiting'
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

DAYS_TO_ARRIVE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a seller asks of a review.

    :param minimum_length: of its text, in characters
    :param needs_approval: whether somebody looks at it before points are given
    """

    minimum_length: int = 0
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a customer bought of a product, over all confirmed orders.

    :param delivered: the most that was delivered of an order line, in its unit
    :param promised_on: the first day on which a delivery was promised
    :param ordered_on: the first day of an order that promises no day
    """

    delivered: Decimal = Decimal(0)
    promised_on: date | None = None
    ordered_on: date | None = None


def decide(text: str, terms: Terms) -> str:
    """Return "given", "waiting" for approval, or "" when the review earns nothing."""
    if text_length(text) < max(terms.minimum_length, 1):
        return ""
    return "waiting" if terms.needs_approval else "given"


def text_length(text: str | None) -> int:
    """Count the characters of a text; spaces and line breaks in a row are one.

    >>> text_length("  good     one ")
    8
    """
    return len(" ".join((text or "").split()))


def is_received(purchase: Purchase, today: date) -> bool:
    """Tell whether the customer can know the product.

    It was delivered, the promised day is over, or, where no day was promised,
    14 days went by since the order.

    >>> is_received(Purchase(ordered_on=date(2026, 3, 1)), date(2026, 3, 14))
    False
    >>> is_received(Purchase(ordered_on=date(2026, 3, 1)), date(2026, 3, 15))
    True
    """
    return bool(
        purchase.delivered > 0
        or (purchase.promised_on and purchase.promised_on < today)
        or (purchase.ordered_on and purchase.ordered_on + DAYS_TO_ARRIVE <= today)
    )
