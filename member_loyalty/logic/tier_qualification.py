"""Which tier a member's figures give, and whether the member moves there.

>>> from .figures import FigureKey
>>> from .ladder import Condition, Rule
>>> spend = FigureKey.from_code("purchase_amount:rolling_months:12")
>>> silver = Tier(2, (Rule((Condition(spend, Decimal(1000)),)),))
>>> ladder = Ladder((Tier(1), silver))
>>> decide({spend: Decimal("1000.00")}, ladder, Standing(1), date(2024, 5, 1))
Decision(from_tier_id=1, to_tier_id=2, move='up', by_former=False)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .figures import FigureKey
from .ladder import Ladder, Tier


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands.

    :param tier_id: the tier held
    :param valid_until: the last day it is promised
    :param granted_tier_id: a tier given by hand, below which the member cannot fall
    :param granted_until: the last day of that
    :param automatic: whether figures move the member at all
    """

    tier_id: int
    valid_until: date | None = None
    granted_tier_id: int | None = None
    granted_until: date | None = None
    automatic: bool = True


@dataclass(frozen=True, slots=True)
class FallPolicy:
    """How members fall: by one rung or to what the figures give, and how late.

    :param grace_days: days after the promise for which the tier is still kept
    """

    one_rung: bool = False
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a member; ``move`` is 'up', 'down', 'stay' or 'held'.

    'held' means the figures give a lower tier but the member keeps the present
    one, because falls are not due or the tier is still promised. ``by_former`` says
    that the rules gave the tier under which the present one was entered.
    """

    from_tier_id: int
    to_tier_id: int
    move: str
    by_former: bool = False


def find_tier(figures: Mapping[FigureKey, Decimal], ladder: Ladder) -> Tier:
    """Return the highest tier that the figures give; a missing figure counts as 0."""
    return ladder.tiers[ladder.entered_rank(figures)]


def decide(
    figures: Mapping[FigureKey, Decimal],
    ladder: Ladder,
    standing: Standing,
    as_of: date,
    may_fall: bool = False,
    policy: FallPolicy = FallPolicy(),
    former: Ladder | None = None,
) -> Decision:
    """Decide what becomes of one member on ``as_of``.

    A member rises at any time and falls only when falls are due (``may_fall``)
    and the tier held is no longer promised on that day.

    :param former: the rules under which the present tier was entered, if others are
        in force by now; they go on giving tiers as long as that tier is promised
    """
    held_id, held = standing.tier_id, ladder.rank(standing.tier_id)
    if not standing.automatic:
        return Decision(held_id, held_id, "held")
    entered = max(ladder.entered_rank(figures), _granted(standing, ladder, as_of))
    by_former = former is not None and _is_promised(standing, as_of)
    by_former = by_former and former.entered_rank(figures) > entered
    reached = former.entered_rank(figures) if by_former else entered
    if reached > held:
        return Decision(held_id, ladder.tiers[reached].tier_id, "up", by_former)
    kept = max(reached, ladder.kept_rank(figures, held))
    if kept == held:
        return Decision(held_id, held_id, "stay")
    if may_fall and not _is_promised(standing, as_of, policy.grace_days):
        rank = held - 1 if policy.one_rung else kept
        return Decision(held_id, ladder.tiers[rank].tier_id, "down")
    return Decision(held_id, held_id, "held")


def _is_promised(standing: Standing, as_of: date, grace_days: int = 0) -> bool:
    """Tell whether the tier held is promised on ``as_of``, days of grace included."""
    until = standing.valid_until
    return until is not None and until + timedelta(days=grace_days) >= as_of


def _granted(standing: Standing, ladder: Ladder, as_of: date) -> int:
    """Return the rank that was given by hand and is not over, 0 without one."""
    until = standing.granted_until
    if standing.granted_tier_id is None or until is None or until < as_of:
        return 0
    return ladder.rank(standing.granted_tier_id)
