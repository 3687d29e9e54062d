"""How many points will ever be used, learnt from what became of earlier ones.

Each point leaves its lot at some age: it is used, it expires, or it is taken away for
another reason, or it is still there (it is *censored*: we do not know yet). The
chance to be used, given that a point can also expire, is the cumulative incidence of
Aalen and Johansen (Scandinavian Journal of Statistics 5, 1978, 141-150), which rests on
the survival curve of Kaplan and Meier (Journal of the American Statistical Association
53, 1958, 457-481). Ages are whole months that are over; every point weighs the same.

Half of the points are used in their first month, and half of the rest in the second:

>>> curve = estimate(
...     [Exits(0, used=Decimal(50)), Exits(1, used=Decimal(25), expired=Decimal(25))]
... )
>>> float(curve.share), float(curve.share_at(1)), float(curve.unknown)
(0.75, 0.5, 0.0)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

NOTHING = Decimal(0)
ALL = Decimal(1)


@dataclass(frozen=True, slots=True)
class Exits:
    """How many points left their lots at an age of full months, and how.

    ``used`` can be negative: points that came back to their lot.
    ``withdrawn``: taken back or moved away. ``open``: still there at that age.
    """

    age: int
    used: Decimal = NOTHING
    expired: Decimal = NOTHING
    withdrawn: Decimal = NOTHING
    open: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """Return the points that left their lots, and those still there."""
        return self.used + self.expired + self.withdrawn + self.open


@dataclass(frozen=True, slots=True)
class Month:
    """What happened to points in one month of their age.

    ``later``: of the points that reach this age, the share that is used at this age
    or later. ``left``: of all points, the share that is left when the month begins.
    """

    age: int
    at_risk: Decimal
    used: Decimal
    expired: Decimal
    left: Decimal
    later: Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """How points are used up by age.

    ``share``: of points just given, the share that will be used. ``unknown``: of them,
    the share that outlives what was observed; the fallback stands for it.
    """

    months: tuple[Month, ...]
    share: Decimal
    unknown: Decimal
    beyond: Decimal

    def share_at(self, age: int) -> Decimal:
        """Return the share that will be used, of points that are left at an age."""
        if age < len(self.months):
            return self.months[age].later
        return self.beyond


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an estimate rests on."""

    lots: int
    points: Decimal
    months: int
    known: Decimal


@dataclass(frozen=True, slots=True)
class Demands:
    """What an estimate must at least rest on, to be better than a guess.

    ``known``: the share of points whose end was observed, 0 to 1. ``at_risk``: ages
    that less than this share of all points reached are not looked at; a handful of
    old points would decide about all.
    """

    lots: int = 100
    months: int = 12
    known: Decimal = Decimal("0.5")
    at_risk: Decimal = Decimal("0.01")


def estimate(
    exits: Iterable[Exits], beyond: Decimal = ALL, thin: Decimal = NOTHING
) -> Curve:
    """Estimate from exits by age which share of points will be used.

    :param exits: in any order, at most one for each age
    :param beyond: the share for points older than any whose end was observed
    :param thin: ages that less than this share of all points reached are left out
    """
    rows = _no_negative_use(_fill_gaps(exits))
    at_risk = _from_the_end(row.total for row in rows)
    rows, at_risk = _cut_unseen(rows, at_risk, thin)
    left = list(accumulate(map(_survival, rows, at_risk), _times, initial=ALL))
    unknown = left.pop()
    months = []
    later = beyond
    for row, risk, begin in reversed(list(zip(rows, at_risk, left, strict=True))):
        later = row.used / risk + _survival(row, risk) * later
        months.append(Month(row.age, risk, row.used, row.expired, begin, later))
    return Curve(tuple(reversed(months)), later, unknown, beyond)


def lacking(evidence: Evidence, demands: Demands) -> str | None:
    """Return what is too little to estimate from: lots, months or known; or None."""
    for name in ("lots", "months", "known"):
        if getattr(evidence, name) < getattr(demands, name):
            return name
    return None


def _fill_gaps(exits):
    """Return a row for each age from 0 to the oldest."""
    by_age = {row.age: row for row in exits}
    return [by_age.get(age) or Exits(age) for age in range(max(by_age, default=-1) + 1)]


def _no_negative_use(rows):
    """Let points that came back undo earlier use, the latest first."""
    result, back = [], NOTHING
    for row in reversed(rows):
        used = row.used + back
        back = min(used, NOTHING)
        result.append(
            Exits(row.age, max(used, NOTHING), row.expired, row.withdrawn, row.open)
        )
    return result[::-1]


def _from_the_end(totals):
    return list(accumulate(reversed(list(totals))))[::-1]


def _cut_unseen(rows, at_risk, thin):
    """Leave out ages that no point reached, or too few."""
    least = at_risk[0] * thin if at_risk else NOTHING
    seen = sum(1 for risk in at_risk if risk > 0 and risk >= least)
    return rows[:seen], at_risk[:seen]


def _survival(row, risk):
    return (risk - row.used - row.expired) / risk


def _times(product, factor):
    return product * factor
