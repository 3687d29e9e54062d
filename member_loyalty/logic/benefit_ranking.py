"""Which benefits are used, what they cost, and whether their users come back.

>>> vip, cad = Result(1, 40, Decimal(80), Share(24, 40), Share(3, 10)), Result(
...     2, 1, Decimal(0), Share(1, 1), Share(20, 49))
>>> first, second = rank([cad, vip], low=Decimal(10))
>>> first.benefit_id, first.usage_rate, second.is_low, second.better_id
(1, Decimal('80.0'), True, 1)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .proportions import Interval, Share, difference

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Result:
    """What was counted of a benefit in a span.

    :param cost: of all uses, in company currency
    :param users: how many of its users came back
    :param idle: how many came back of those who had it and did not use it
    """

    benefit_id: int
    uses: int
    cost: Decimal
    users: Share
    idle: Share


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a benefit did, beside the others.

    :param usage_rate: percent of those who had it who used it; None when nobody had it
    :param difference: by how much the share of users who came back exceeds that of
        the others; None when there is nobody to compare
    :param better_id: the best used benefit, where this one is hardly used
    """

    benefit_id: int
    result: Result
    usage_rate: Decimal | None
    difference: Interval | None
    is_low: bool
    better_id: int | None


def usage_rate(result: Result) -> Decimal | None:
    """Return how many percent of those who had a benefit used it.

    >>> usage_rate(Result(1, 3, Decimal(0), Share(1, 1), Share(0, 2)))
    Decimal('33.3')
    """
    had_it = result.users.total + result.idle.total
    if not had_it:
        return None
    return (Decimal(100 * result.users.total) / had_it).quantize(TENTH)


def rank(results: Iterable[Result], low: Decimal) -> list[Verdict]:
    """Return the benefits, best used first.

    :param low: usage (percent) below which a benefit is one to replace
    """
    rates = {one: usage_rate(one) for one in results}
    order = sorted(rates, key=lambda one: (-(rates[one] or 0), one.benefit_id))
    best = next((one for one in order if (rates[one] or 0) >= low and one.uses), None)
    return [
        Verdict(
            one.benefit_id,
            one,
            rates[one],
            difference(one.users, one.idle),
            is_low := rates[one] is not None and rates[one] < low,
            best.benefit_id if is_low and best else None,
        )
        for one in order
    ]
