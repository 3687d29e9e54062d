"""Who may have a reward, and how many points it takes from them.

>>> offer = Offer(points=Decimal(100), tier_points=((3, Decimal(80)),))
>>> int(price(offer, tier_id=3)), int(price(offer, tier_id=1))
(80, 100)
>>> refusal(offer, Claim(tier_id=1, points=Decimal(90), amount=Decimal(50)))
<Refusal.POINTS: 'points'>
>>> refusal(offer, Claim(tier_id=3, points=Decimal(90), amount=Decimal(50))) is None
True
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

NOTHING = Decimal(0)


class Refusal(Enum):
    """Why a reward cannot be had."""

    SPENDER = "spender"
    TIER = "tier"
    TAG = "tag"
    MINIMUM = "minimum"
    SHARE = "share"
    POINTS = "points"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Offer:
    """A reward as the company offers it; amounts in the order's currency.

    ``points``: what everyone pays whose tier has no price of its own.
    ``share``: the percentage of an order that points may pay, 0 for all of it.
    ``takes_off``: the fixed amount that the reward takes off an order, if it does.
    """

    points: Decimal
    tier_points: tuple[tuple[int, Decimal], ...] = ()
    tier_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()
    minimum: Decimal = NOTHING
    share: Decimal = NOTHING
    takes_off: Decimal = NOTHING
    needs_delivery: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What an order brings: whose it is, what it comes to, what points pay already.

    ``amount``: before points pay; ``paid``: by points, through other rewards.
    """

    tier_id: int | None
    points: Decimal
    amount: Decimal
    tag_ids: frozenset[int] = frozenset()
    paid: Decimal = NOTHING
    may_spend: bool = True
    has_delivery: bool = False


def price(offer: Offer, tier_id: int | None) -> Decimal:
    """Return the points that a member of a tier pays."""
    return dict(offer.tier_points).get(tier_id, offer.points)


def payable(offer: Offer, claim: Claim) -> Decimal | None:
    """Return what points may still pay of the order; None when there is no limit.

    >>> half = Offer(points=Decimal(1), share=Decimal(50))
    >>> payable(half, Claim(1, Decimal(9), amount=Decimal(40), paid=Decimal(15)))
    Decimal('5.00')
    """
    if not offer.share:
        return None
    limit = claim.amount * offer.share / 100
    return max(NOTHING, limit - claim.paid).quantize(Decimal("0.01"))


def refusal(offer: Offer, claim: Claim) -> Refusal | None:
    """Return why the reward cannot be had, the most lasting reason first."""
    if not claim.may_spend:
        return Refusal.SPENDER
    if offer.tier_ids and claim.tier_id not in offer.tier_ids:
        return Refusal.TIER
    if offer.tag_ids and not offer.tag_ids & claim.tag_ids:
        return Refusal.TAG
    if claim.amount < offer.minimum:
        return Refusal.MINIMUM
    left = payable(offer, claim)
    if left is not None and (left <= 0 or left < offer.takes_off):
        return Refusal.SHARE
    if claim.points < price(offer, claim.tier_id):
        return Refusal.POINTS
    if offer.needs_delivery and not claim.has_delivery:
        return Refusal.DELIVERY
    return None
