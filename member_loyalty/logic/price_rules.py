"""The rules of a price list that a percentage benefit keeps.

>>> wanted_rules(5.0, base_id=None, category_ids=())
(Rule(percent=5.0, base_id=None, category_id=None),)

Beside a product line, the prices of the base hold.

>>> wanted_rules(5.0, base_id=3, category_ids=(8,))
(Rule(percent=5.0, base_id=3, category_id=8), Rule(percent=0.0, base_id=3, \
category_id=None))
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A percentage off the prices of a base.

    :param base_id: the price list that it is off; None is the sales price
    :param category_id: the product category it holds for; None is every product
    """

    percent: float
    base_id: int | None = None
    category_id: int | None = None


def wanted_rules(
    percent: float, base_id: int | None, category_ids: Iterable[int]
) -> tuple[Rule, ...]:
    """Return the rules for a percentage off a base, for all products or a line."""
    categories = sorted(category_ids)
    if not categories:
        return (Rule(percent, base_id),)
    rules = tuple(Rule(percent, base_id, category) for category in categories)
    return (*rules, Rule(0.0, base_id)) if base_id else rules


def is_percentage(percent: float) -> bool:
    """Tell whether a number is a percentage that can be taken off a price.

    >>> [is_percentage(number) for number in (0, 0.5, 100, 101, -1, float("nan"))]
    [False, True, True, False, False, False]
    """
    return 0 < percent <= 100


def is_amount(amount: float) -> bool:
    """Tell whether a number is an amount of nothing or more.

    >>> [is_amount(number) for number in (0, 5, -1, float("nan"), float("inf"))]
    [True, True, False, False, False]
    """
    return 0 <= amount < float("inf")


def unit_saving(normal: float, member: float, paid: float) -> float:
    """Return what a unit is cheaper by because the buyer is a member.

    What a salesperson gave beside is no saving of the membership; what they took
    back is none either.

    :param normal: the unit price without membership
    :param member: the unit price by the member price list
    :param paid: the unit price on the order, after its discount

    >>> unit_saving(100, 95, 95), unit_saving(100, 95, 80), unit_saving(100, 95, 98)
    (5, 5, 2)
    >>> unit_saving(100, 110, 110)
    0
    """
    return max(normal - max(member, paid), 0)
