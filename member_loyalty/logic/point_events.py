"""What an event earns: who may have it, on which days, and how much is left of limits.

>>> rule = EventRule(3, "check_in", Decimal(5), cap=Cap("day", times=1))
>>> ada = Participant(partner_id=7, purse_id=7, tier_id=1)
>>> morning = Event(7, "1"), Event(7, "2")
>>> [(grant.event.key, int(grant.points)) for grant in decide(
...     [rule], morning, {7: ada}, date(2026, 3, 15), {})]
[('1', 5)]
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

NOTHING = Decimal(0)
LAST_OF_FEBRUARY = (2, 28)
LEAP_DAY = (2, 29)
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that one member gets by a rule in a period; 0 and None: no limit.

    :param period: "day", "month", "year" or "ever"; None for no limit at all
    """

    period: str | None = None
    points: Decimal = NOTHING
    times: int = 0

    @property
    def is_set(self) -> bool:
        """Tell whether anything is limited."""
        return bool(self.period and (self.points or self.times))

    def room(self, use: "Use") -> Decimal | None:
        """Return how many points are left, None when there is no limit.

        >>> Cap("day", points=Decimal(100)).room(Use(Decimal(70), 3))
        Decimal('30')
        >>> Cap("day", times=3).room(Use(Decimal(70), 3))
        Decimal('0')
        >>> Cap("day", times=4).room(Use(Decimal(70), 3)) is None
        True
        """
        if not self.period:
            return None
        if self.times and use.times >= self.times:
            return NOTHING
        if self.points:
            return max(self.points - use.points, NOTHING)
        return None


NO_CAP = Cap()


@dataclass(frozen=True, slots=True)
class Use:
    """What a member got by a rule in its period so far."""

    points: Decimal = NOTHING
    times: int = 0


UNUSED = Use()


@dataclass(frozen=True, slots=True)
class EventRule:
    """What an event earns, and for whom. Empty sets of tiers and tags: everybody.

    :param weekdays: 0 is Monday
    """

    rule_id: int
    kind: str
    points: Decimal
    tier_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()
    date_from: date | None = None
    date_to: date | None = None
    weekdays: frozenset[int] = EVERY_DAY
    cap: Cap = NO_CAP

    def applies(self, participant: "Participant", day: date) -> bool:
        """Tell whether the rule holds for somebody on a day; its last day included."""
        return (
            (not self.tier_ids or participant.tier_id in self.tier_ids)
            and (not self.tag_ids or bool(self.tag_ids & participant.tag_ids))
            and (self.date_from or day) <= day <= (self.date_to or day)
            and day.weekday() in self.weekdays
        )

    def source_key(self, event: "Event") -> str:
        """Name what is earned, so that the same never counts twice."""
        return f"{self.rule_id}|{self.kind}|{event.key}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a contact did or that happened to them.

    :param key: names it among the events of its kind, such as the id of a survey
    :param day: the day that counts for the rule's period, unless that is today
    :param source: model and id of the document behind it
    """

    partner_id: int
    key: str
    day: date | None = None
    source: tuple[str, int] | None = None
    source_ref: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A contact of a member, and the one whose purse the points go to."""

    partner_id: int
    purse_id: int
    tier_id: int
    tag_ids: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Grant:
    """Points that an event earns by a rule, for the purse of ``purse_id``."""

    rule_id: int
    event: Event
    purse_id: int
    points: Decimal
    source_key: str


@dataclass(frozen=True, slots=True)
class EventOffer:
    """What an event would earn.

    :param points: in points, 0 when it earns nothing now
    :param is_open: whether a rule speaks of the contact at all, be it that today is
        none of its weekdays or that its limit is reached
    """

    points: Decimal = NOTHING
    is_open: bool = False

    def __add__(self, other: "EventOffer") -> "EventOffer":
        """Add what another program offers."""
        return EventOffer(self.points + other.points, self.is_open or other.is_open)


def decide(
    rules: Iterable[EventRule],
    events: Iterable[Event],
    participants: Mapping[int, Participant],
    today: date,
    used: Mapping[tuple[int, int], Use],
    booked: frozenset[str] = frozenset(),
) -> tuple[Grant, ...]:
    """Decide what events earn, in their order; limits count what came before.

    :param participants: by partner id; events of others earn nothing
    :param used: what was earned so far in each limited rule's period, by
        (purse id, rule id)
    :param booked: source keys that earned before
    """
    rules, taken, seen, grants = tuple(rules), dict(used), set(booked), []
    for event in events:
        participant = participants.get(event.partner_id)
        for rule in rules if participant else ():
            key = rule.source_key(event)
            if key in seen or not rule.applies(participant, event.day or today):
                continue
            use = taken.get((participant.purse_id, rule.rule_id), UNUSED)
            room = rule.cap.room(use)
            points = rule.points if room is None else min(rule.points, room)
            if points <= 0:
                continue
            seen.add(key)
            taken[participant.purse_id, rule.rule_id] = Use(
                use.points + points, use.times + 1
            )
            grants.append(Grant(rule.rule_id, event, participant.purse_id, points, key))
    return tuple(grants)


def offer(
    rules: Iterable[EventRule],
    event: Event,
    participants: Mapping[int, Participant],
    today: date,
    used: Mapping[tuple[int, int], Use],
    booked: frozenset[str] = frozenset(),
) -> "EventOffer":
    """Say what one event would earn now, by the decision that books it.

    >>> rule = EventRule(3, "check_in", Decimal(5), weekdays=frozenset({0}))
    >>> ada = {7: Participant(partner_id=7, purse_id=7, tier_id=1)}
    >>> offer([rule], Event(7, "1"), ada, date(2026, 3, 15), {})
    EventOffer(points=Decimal('0'), is_open=True)
    """
    rules = tuple(rules)
    grants = decide(rules, (event,), participants, today, used, booked)
    participant = participants.get(event.partner_id)
    is_open = participant is not None and any(
        replace(rule, weekdays=EVERY_DAY).applies(participant, event.day or today)
        for rule in rules
    )
    return EventOffer(sum((grant.points for grant in grants), NOTHING), is_open)


def period_start(period: str, day: date) -> date:
    """Return the first day of the period that a day lies in.

    >>> period_start("month", date(2026, 3, 15))
    datetime.date(2026, 3, 1)
    """
    if period == "day":
        return day
    if period == "month":
        return day.replace(day=1)
    if period == "year":
        return day.replace(month=1, day=1)
    return date.min


def celebrated_on(day: date) -> tuple[tuple[int, int], ...]:
    """Return the (month, day) that are celebrated on a day.

    Who was born on 29 February celebrates on the 28th of other years.

    >>> celebrated_on(date(2026, 2, 28))
    ((2, 28), (2, 29))
    >>> celebrated_on(date(2028, 2, 28))
    ((2, 28),)
    """
    dates = ((day.month, day.day),)
    is_leap = (day + timedelta(days=1)).month == 2
    if dates[0] == LAST_OF_FEBRUARY and not is_leap:
        return (*dates, LEAP_DAY)
    return dates


def days_to_celebrate(
    last_done: date | None, today: date, most: int
) -> tuple[date, ...]:
    """Return the days that are due: today, and those missed since the last one done.

    The last day done is due no more; at most the latest ``most`` days are.

    >>> days_to_celebrate(date(2026, 3, 13), date(2026, 3, 15), 366)
    (datetime.date(2026, 3, 14), datetime.date(2026, 3, 15))
    """
    if not last_done:
        return (today,)
    first = max(last_done + timedelta(days=1), today - timedelta(days=most - 1))
    return tuple(
        first + timedelta(days=passed) for passed in range((today - first).days + 1)
    )


def years_to_close(
    last_done: date | None, today: date, most: int
) -> tuple[tuple[int, date], ...]:
    """Return the calendar years whose targets are looked at, and until which day.

    The year of the last day done is looked at once more: that day was not over then.

    >>> years_to_close(date(2025, 12, 31), date(2026, 1, 1), 366)
    ((2025, datetime.date(2025, 12, 31)), (2026, datetime.date(2026, 1, 1)))
    """
    first = max(last_done or today, today - timedelta(days=most))
    return tuple(
        (year, min(date(year, 12, 31), today))
        for year in range(first.year, today.year + 1)
    )
