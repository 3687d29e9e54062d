"""Measure one member in plain Python: what ``queries/metrics_*.py`` says of many.

Rule tests that are kept with a program use it, and the tests of the queries compare
them with it.

>>> from decimal import Decimal
>>> from .windows import Window
>>> order = Fact("purchase", date(2024, 5, 1), Decimal(80), order_count=1, document="A",
...              parts=((7, Decimal(60), Decimal(3)), (9, Decimal(20), Decimal(1))))
>>> gears = FigureKey("purchase_amount", Window("lifetime"), Limit(category_ids=(6,)))
>>> measure_member(gears, [order], Member(), date(2024, 6, 1), {6: (6, 7)})
Decimal('60')
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .figures import FigureKey, Limit
from .purchase_parts import ZERO


@dataclass(frozen=True, slots=True)
class Fact:
    """One activity of a member.

    :param kind: as of the journal, "points" for an issue of points, or "topup" for
        money put on the eWallet
    :param amount: company currency, or the points issued
    :param document: tells which facts belong together
    :param parts: category (or None), amount and units of what was bought
    """

    kind: str
    date: date
    amount: Decimal = ZERO
    order_count: int = 0
    quantity: int = 0
    document: str = ""
    country_id: int | None = None
    team_id: int | None = None
    parts: tuple[tuple[int | None, Decimal, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """What is asked of a member beside its activities."""

    joined_on: date | None = None
    country_id: int | None = None
    tag_ids: tuple[int, ...] = ()
    tier_ids: tuple[int, ...] = ()


CategoryFamily = Mapping[int, Collection[int]]
OUTSIDE_JOURNAL = ("points", "topup")


def measure_member(
    key: FigureKey,
    facts: Iterable[Fact],
    member: Member,
    as_of: date,
    category_family: CategoryFamily,
) -> Decimal:
    """Return one figure of one member as of a day.

    :param category_family: of each category, it and those below it
    :raises ValueError: for a metric that the core does not have
    """
    if key.metric in FROM_MEMBER:
        return Decimal(FROM_MEMBER[key.metric](key.limit, member))
    if key.metric not in FROM_FACTS:
        raise ValueError(f"Unknown metric: {key.metric}")
    counted = [fact for fact in facts if _counts(fact, key, member, as_of)]
    wanted = _named(key.limit.category_ids, category_family)
    return Decimal(FROM_FACTS[key.metric](counted, wanted))


def sum_quantity(
    kind: str, key: FigureKey, facts: Iterable[Fact], member: Member, as_of: date
) -> Decimal:
    """Return how often something of one kind happened to a member, as of a day.

    For metrics that other modules add.

    >>> from .windows import Window
    >>> asked = Fact("inquiry", date(2024, 5, 1), quantity=1)
    >>> key = FigureKey("inquiries", Window("rolling_months", 6), Limit())
    >>> sum_quantity("inquiry", key, [asked], Member(), date(2024, 6, 1))
    Decimal('1')
    """
    counted = [fact for fact in facts if _counts(fact, key, member, as_of)]
    return Decimal(sum(fact.quantity for fact in _of_kind(counted, kind)))


def _counts(fact: Fact, key: FigureKey, member: Member, as_of: date) -> bool:
    """Tell whether a fact is in the window and of a country and team asked for."""
    days = key.window.days_as_of(as_of, member.joined_on)
    if fact.date > days.last or (days.first and fact.date < days.first):
        return False
    if fact.kind in OUTSIDE_JOURNAL:
        return True
    limit = key.limit
    return not (
        (limit.country_ids and fact.country_id not in limit.country_ids)
        or (limit.team_ids and fact.team_id not in limit.team_ids)
    )


def _named(category_ids: Sequence[int], family: CategoryFamily) -> set[int] | None:
    """Return the categories asked for with those below; None when all are."""
    if not category_ids:
        return None
    return {below for named in category_ids for below in family.get(named, (named,))}


def _of_kind(facts: Iterable[Fact], kind: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


def _parts_in(fact: Fact, wanted: set[int] | None) -> list[tuple]:
    """Return the parts of a fact in the categories asked for."""
    return [part for part in fact.parts if wanted is None or part[0] in wanted]


def _amount_in(fact: Fact, wanted: set[int] | None) -> Decimal:
    """Return what of a fact is of the categories asked for."""
    if wanted is None:
        return fact.amount
    return sum((amount for _id, amount, _units in _parts_in(fact, wanted)), ZERO)


def _purchase_amount(facts, wanted):
    purchases = _of_kind(facts, "purchase")
    return sum((_amount_in(fact, wanted) for fact in purchases), ZERO)


def _units_bought(facts, wanted):
    purchases = _of_kind(facts, "purchase")
    parts = (part for fact in purchases for part in _parts_in(fact, wanted))
    return sum((units for _id, _amount, units in parts), ZERO)


def _order_count(facts, wanted):
    purchases = _of_kind(facts, "purchase")
    if wanted is None:
        return sum(fact.order_count for fact in purchases)
    return sum(
        sum(_amount_in(fact, wanted) for fact in group) > 0
        for group in _placed(purchases, lambda fact: fact.document)
    )


def _largest_order(facts, _wanted):
    purchases = _of_kind(facts, "purchase")
    placed = _placed(purchases, lambda fact: fact.document)
    return max((sum(fact.amount for fact in group) for group in placed), default=ZERO)


def _active_months(facts, _wanted):
    purchases = _of_kind(facts, "purchase")
    placed = _placed(
        purchases, lambda fact: (fact.document, fact.date.year, fact.date.month)
    )
    return len({(group[0].date.year, group[0].date.month) for group in placed})


def _consecutive_days(facts, _wanted):
    activities = [fact for fact in facts if fact.kind not in OUTSIDE_JOURNAL]
    happened = _groups(activities, lambda fact: (fact.kind, fact.document, fact.date))
    days = {
        group[0].date
        for group in happened
        if sum(fact.order_count for fact in group) > 0
        or sum(fact.quantity for fact in group) > 0
    }
    return max((_run_from(day, days) for day in days), default=0)


def _run_from(day: date, days: set[date]) -> int:
    """Return how many days in a row begin with ``day``; 0 inside a run."""
    one = timedelta(days=1)
    if day - one in days:
        return 0
    length = 1
    while day + one * length in days:
        length += 1
    return length


def _points_earned(facts, _wanted):
    return sum((fact.amount for fact in _of_kind(facts, "points")), ZERO)


def _topped_up(facts, _wanted):
    return sum((fact.amount for fact in _of_kind(facts, "topup")), ZERO)


def _referrals(facts, _wanted):
    return sum(fact.quantity for fact in _of_kind(facts, "referral"))


def _groups(facts: Iterable[Fact], by: Callable[[Fact], object]) -> list[list[Fact]]:
    """Return the facts that belong together."""
    groups = defaultdict(list)
    for fact in facts:
        groups[by(fact)].append(fact)
    return list(groups.values())


def _placed(facts: Iterable[Fact], by: Callable[[Fact], object]) -> list[list[Fact]]:
    """Return the groups that come to an order that was not taken back."""
    return [
        group
        for group in _groups(facts, by)
        if sum(fact.order_count for fact in group) > 0
    ]


FROM_FACTS: Mapping[str, Callable[[list[Fact], set[int] | None], Decimal | int]] = {
    "purchase_amount": _purchase_amount,
    "lifetime_value": _purchase_amount,
    "order_count": _order_count,
    "units_bought": _units_bought,
    "largest_order": _largest_order,
    "active_months": _active_months,
    "consecutive_days": _consecutive_days,
    "points_earned": _points_earned,
    "topped_up": _topped_up,
    "referrals": _referrals,
}
FROM_MEMBER: Mapping[str, Callable[[Limit, Member], bool]] = {
    "has_tag": lambda limit, member: bool({*limit.tag_ids} & {*member.tag_ids}),
    "holds_tier": lambda limit, member: bool({*limit.tier_ids} & {*member.tier_ids}),
    "from_country": lambda limit, member: member.country_id in limit.country_ids,
}
