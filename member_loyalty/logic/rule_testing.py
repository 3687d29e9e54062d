"""What rules make of a customer that somebody made up, to see that they do as meant.

>>> from decimal import Decimal
>>> from functools import partial
>>> from .figures import FigureKey
>>> from .ladder import Condition, Rule, Tier
>>> spend = FigureKey.from_code("purchase_amount:rolling_months:12")
>>> ladder = Ladder((Tier(1), Tier(2, (Rule((Condition(spend, Decimal(1000)),)),))))
>>> order = Fact("purchase", date(2024, 1, 31), Decimal(1000), order_count=1)
>>> customer = Customer(1, (order,))
>>> find_outcome(ladder, customer, date(2024, 3, 31), partial(measure, {}))
2
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .figure_measuring import CategoryFamily, Fact, Member, measure_member
from .figures import FigureKey
from .ladder import Ladder
from .tier_qualification import Standing, decide
from .windows import add_months

Measure = Callable[[FigureKey, Iterable[Fact], Member, date], Decimal]


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody whose tier is asked for.

    :param tier_id: the tier held before
    :param at_review: whether it is the day of a review, on which members can fall
    """

    tier_id: int
    facts: tuple[Fact, ...] = ()
    member: Member = field(default_factory=Member)
    at_review: bool = False


def measure(
    family: CategoryFamily,
    key: FigureKey,
    facts: Iterable[Fact],
    member: Member,
    as_of: date,
) -> Decimal:
    """Return one figure of a customer.

    :param family: of each category, it and those below it
    :raises ValueError: for a metric that the core does not have
    """
    return measure_member(key, facts, member, as_of, family)


def find_outcome(
    ladder: Ladder, customer: Customer, as_of: date, measure_figure: Measure
) -> int:
    """Return the id of the tier that a customer comes to.

    :raises ValueError: when a figure cannot be measured
    """
    figures: Mapping[FigureKey, Decimal] = {
        key: measure_figure(key, customer.facts, customer.member, as_of)
        for key in ladder.figure_keys()
    }
    standing = Standing(customer.tier_id)
    decision = decide(figures, ladder, standing, as_of, may_fall=customer.at_review)
    return decision.to_tier_id


def day_before(as_of: date, months: int, days: int) -> date:
    """Return the day that lies so many months and days back.

    >>> day_before(date(2024, 3, 31), 1, 1)
    datetime.date(2024, 2, 28)
    """
    return add_months(as_of, -months) - timedelta(days=days)
