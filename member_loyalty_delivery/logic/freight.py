"""What a member pays less for the delivery of an order.

>>> half = Offer(benefit_id=3, percent=Decimal(50), cap=Decimal(20))
>>> shipment = Shipment(carrier_id=1, country_id=8, charges=(Charge(7, Decimal(30)),))
>>> subsidise([half], shipment)
Subsidy(benefit_id=3, parts=((7, Decimal('15.00')),))
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NOTHING = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Offer:
    """What one benefit takes off a delivery; amounts in the order's currency.

    :param percent: of what the delivery costs, above 0 up to 100
    :param cap: the most it takes off an order; 0 without a limit
    :param minimum: what has to be bought at least
    :param bought: what was bought of what the benefit counts; None: nothing of it
    :param carrier_ids: delivery methods it holds for; empty for all
    :param country_ids: countries it holds for; None for all
    """

    benefit_id: int
    percent: Decimal
    cap: Decimal = NOTHING
    minimum: Decimal = NOTHING
    bought: Decimal | None = NOTHING
    carrier_ids: frozenset[int] = frozenset()
    country_ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of delivery, and what of it the customer still has to pay."""

    line_id: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Shipment:
    """The delivery of an order: by whom, where to, for how much.

    :param unit: the smallest amount of the order's currency
    """

    carrier_id: int | None
    country_id: int | None
    charges: tuple[Charge, ...] = ()
    unit: Decimal = CENT


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What a benefit takes off, by line of delivery."""

    benefit_id: int
    parts: tuple[tuple[int, Decimal], ...]

    @property
    def amount(self) -> Decimal:
        """What it takes off in all."""
        return sum((amount for _line_id, amount in self.parts), NOTHING)


def subsidise(offers: Iterable[Offer], shipment: Shipment) -> Subsidy | None:
    """Return the subsidy that is best for the customer, None when there is none.

    Of two that take off the same, the first one is used.

    >>> offers = [Offer(1, Decimal(20)), Offer(2, Decimal(100), minimum=Decimal(50))]
    >>> parcel = Shipment(None, None, (Charge(7, Decimal(10)),))
    >>> subsidise(offers, parcel)
    Subsidy(benefit_id=1, parts=((7, Decimal('2.00')),))
    """
    best = None
    for offer in offers:
        if not applies(offer, shipment):
            continue
        found = Subsidy(offer.benefit_id, _parts(offer, shipment))
        if found.amount > (best.amount if best else NOTHING):
            best = found
    return best


def applies(offer: Offer, shipment: Shipment) -> bool:
    """Tell whether a benefit holds for a delivery.

    >>> applies(Offer(1, Decimal(50), carrier_ids=frozenset({4})), Shipment(5, None))
    False
    """
    if offer.bought is None or offer.bought < offer.minimum:
        return False
    if offer.carrier_ids and shipment.carrier_id not in offer.carrier_ids:
        return False
    return offer.country_ids is None or shipment.country_id in offer.country_ids


def left_to_pay(charges: Iterable[Charge], already_off: Decimal) -> tuple[Charge, ...]:
    """Return what is to be paid of each line when something was taken off before.

    >>> left_to_pay([Charge(7, Decimal(10)), Charge(8, Decimal(5))], Decimal(12))
    (Charge(line_id=8, amount=Decimal('3')),)
    """
    left = []
    for charge in charges:
        off = min(already_off, charge.amount)
        already_off -= off
        if charge.amount > off:
            left.append(Charge(charge.line_id, charge.amount - off))
    return tuple(left)


def _parts(offer: Offer, shipment: Shipment) -> tuple[tuple[int, Decimal], ...]:
    """Return what an offer takes off each line, within its cap."""
    room = offer.cap or None
    parts = []
    for charge in shipment.charges:
        part = _round(charge.amount * offer.percent / 100, shipment.unit)
        part = min(part, charge.amount)
        if room is not None:
            part = min(part, room)
            room -= part
        if part > 0:
            parts.append((charge.line_id, part))
    return tuple(parts)


def _round(amount: Decimal, unit: Decimal) -> Decimal:
    return (amount / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
