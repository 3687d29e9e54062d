"""How good forecasts were: order, calibration, and whether they may be used.

>>> round(auc([0.9, 0.8, 0.3, 0.1], [True, False, True, False]), 2)
0.75
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .regression import LOGISTIC, regress

# Fewer than 100 of either outcome judge a forecast badly: Vergouwe and others, Journal
# of Clinical Epidemiology 58 (2005) 475-483; Collins, Ogundimu and Altman, Statistics
# in Medicine 35 (2016) 214-226.
ENOUGH_TO_JUDGE = 100
# 10 of either outcome for each of four coefficients: Peduzzi and others, Journal of
# Clinical Epidemiology 49 (1996) 1373-1379. What was learnt from few is judged after
# all, and fails when they were too few.
ENOUGH_TO_LEARN = 40
# One-sided, at 5 %: "better" is a claim in one direction.
BETTER_BY = 1.645
INTERVAL = 1.96
BIN_COUNT = 10


def auc(scores: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Return the chance that a yes is ranked above a no, ties counting half.

    Mann and Whitney, Annals of Mathematical Statistics 18 (1947) 50-60; Hanley and
    McNeil, Radiology 143 (1982) 29-36. 0.5 when there is no yes or no no.
    """
    yes = sum(map(bool, outcomes))
    no = len(outcomes) - yes
    if not yes or not no:
        return 0.5
    ranks = _midranks(scores)
    above = sum(rank for rank, outcome in zip(ranks, outcomes, strict=True) if outcome)
    return (above - yes * (yes + 1) / 2) / (yes * no)


def _midranks(scores: Sequence[float]) -> list[float]:
    """Return the rank of each score from 1, equal ones sharing their mean."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks = [0.0] * len(scores)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + 1 + end) / 2
        start = end
    return ranks


def _placements(
    scores: Sequence[float], outcomes: Sequence[bool]
) -> tuple[list[float], list[float]]:
    """Return of each yes the share of no below it, of each no that of yes above it.

    From ranks, as Sun and Xu do: IEEE Signal Processing Letters 21 (2014) 1389-1393.
    """
    everybody = _midranks(scores)
    parts = []
    for wanted in (True, False):
        places = [n for n, outcome in enumerate(outcomes) if bool(outcome) is wanted]
        among = _midranks([scores[place] for place in places])
        others = len(scores) - len(places)
        below = [
            (everybody[p] - r) / others for p, r in zip(places, among, strict=True)
        ]
        parts.append(below if wanted else [1 - share for share in below])
    return parts[0], parts[1]


def _covariance(one: Sequence[float], other: Sequence[float]) -> float:
    count = len(one)
    if count < 2:
        return 0.0
    mean, other_mean = sum(one) / count, sum(other) / count
    products = zip(one, other, strict=True)
    return sum((a - mean) * (b - other_mean) for a, b in products) / (count - 1)


@dataclass(frozen=True, slots=True)
class Ranking:
    """An area under the ROC curve, with its standard error."""

    auc: float
    error: float = 0.0

    @property
    def low(self) -> float:
        """Return the lower end of the interval of 95 %."""
        return max(0.0, self.auc - INTERVAL * self.error)

    @property
    def high(self) -> float:
        """Return the upper end of the interval of 95 %."""
        return min(1.0, self.auc + INTERVAL * self.error)


def rank(scores: Sequence[float], outcomes: Sequence[bool]) -> Ranking:
    """Return the area under the curve, its error by DeLong, DeLong and Clarke-Pearson.

    Biometrics 44 (1988) 837-845.
    """
    if len(set(map(bool, outcomes))) < 2:
        return Ranking(0.5)
    above, below = _placements(scores, outcomes)
    variance = _covariance(above, above) / len(above)
    variance += _covariance(below, below) / len(below)
    return Ranking(auc(scores, outcomes), math.sqrt(variance))


def compare(
    ours: Sequence[float], plain: Sequence[float], outcomes: Sequence[bool]
) -> Ranking:
    """Return by how much ours ranks better, with the error of that difference.

    DeLong and others (1988): both rank the same customers, so they are correlated.
    ``auc`` of the result is the difference.
    """
    if len(set(map(bool, outcomes))) < 2:
        return Ranking(0.0)
    variance = 0.0
    for one, other in zip(
        _placements(ours, outcomes), _placements(plain, outcomes), strict=True
    ):
        difference = [a - b for a, b in zip(one, other, strict=True)]
        variance += _covariance(difference, difference) / len(difference)
    better_by = auc(ours, outcomes) - auc(plain, outcomes)
    return Ranking(better_by, math.sqrt(variance))


@dataclass(frozen=True, slots=True)
class Bin:
    """Customers with much the same forecast: what was said, what came."""

    count: int
    forecast: float
    real: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether what was said came true.

    :param brier: mean square of forecast less outcome; 0 is perfect (Brier, Monthly
        Weather Review 78, 1950, 1-3)
    :param slope: 1 when high and low forecasts are as far apart as they should be
    :param intercept: 0 when they are neither too high nor too low on the whole; both
        by Cox, Biometrika 45 (1958) 562-565
    """

    brier: float
    brier_of_mean: float
    forecast: float
    real: float
    slope: float
    intercept: float
    bins: tuple[Bin, ...]


def calibrate(chances: Sequence[float], outcomes: Sequence[bool]) -> Calibration:
    """Compare chances with what came, in tenths of the customers.

    The tenths are those of Hosmer and Lemeshow, Communications in Statistics A9 (1980)
    1043-1069.

    :raises ValueError: without customers
    """
    real = [float(bool(outcome)) for outcome in outcomes]
    count = len(real)
    mean = sum(real) / count
    scores = [(_logit(chance),) for chance in chances]
    line = regress(scores, real, LOGISTIC, ridge=1e-6)
    intercept, slope = line.values
    pairs = sorted(zip(chances, real, strict=True))
    edges = [count * n // BIN_COUNT for n in range(BIN_COUNT + 1)]
    return Calibration(
        brier=sum((c - r) ** 2 for c, r in pairs) / count,
        brier_of_mean=mean * (1 - mean),
        forecast=sum(chances) / count,
        real=mean,
        slope=slope,
        intercept=intercept,
        bins=tuple(_bin(pairs[a:b]) for a, b in pairwise(edges) if b > a),
    )


def _logit(chance: float) -> float:
    chance = min(1 - 1e-9, max(1e-9, chance))
    return math.log(chance / (1 - chance))


def _bin(pairs: Sequence[tuple[float, float]]) -> Bin:
    count = len(pairs)
    return Bin(
        count, sum(c for c, _r in pairs) / count, sum(r for _c, r in pairs) / count
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a model may be used, and what stands in its way.

    ``verdict`` is 'used', 'not_better' or 'too_little'; ``obstacle`` names the plain
    figure that it does not beat, or what there is too little of.
    """

    verdict: str
    obstacle: str = ""
    have: int = 0
    need: int = 0


def check_enough(outcomes: Sequence[bool], when: str) -> Verdict | None:
    """Return why outcomes are too few to learn from or to judge by, if they are.

    :param when: 'trained' or 'judged'
    """
    need = ENOUGH_TO_LEARN if when == "trained" else ENOUGH_TO_JUDGE
    returned = sum(map(bool, outcomes))
    counts = {"returned": returned, "stayed_away": len(outcomes) - returned}
    for what, have in counts.items():
        if have < need:
            return Verdict("too_little", f"{when}_{what}", have, need)
    return None


def judge(
    ours: Sequence[float],
    plain: Mapping[str, Sequence[float]],
    outcomes: Sequence[bool],
) -> Verdict:
    """Let a model pass that beats every plain figure by more than chance.

    :param plain: scores by the name of the figure, higher for who is thought to return
    """
    if too_few := check_enough(outcomes, "judged"):
        return too_few
    for name, scores in plain.items():
        better = compare(ours, scores, outcomes)
        if better.auc <= BETTER_BY * better.error:
            return Verdict("not_better", name)
    return Verdict("used")
