"""Regressions of two kinds, by iteratively reweighted least squares.

Yes or no (``LOGISTIC``), or how often (``POISSON``), told from a few terms. See
McCullagh and Nelder, Generalized Linear Models (1989), chapter 2.

>>> terms = [(0.0,), (0.0,), (0.0,), (1.0,), (1.0,), (1.0,)]
>>> told = regress(terms, [0, 0, 1, 0, 1, 1], LOGISTIC, ridge=1e-9)
>>> round(told.predict((0.0,)), 3), round(told.predict((1.0,)), 3)
(0.333, 0.667)
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LOGISTIC = "logistic"
POISSON = "poisson"
RIDGE = 1.0
ROUNDS = 40
PRECISION = 1e-10
# e to the 30th is more orders than there are people; it keeps sums finite
FARTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Coefficients:
    """A fitted regression: the constant, then the weight of each term."""

    values: tuple[float, ...]
    kind: str

    def predict(self, terms: Sequence[float]) -> float:
        """Return the chance (0 to 1), or the count to be expected."""
        constant, *weights = self.values
        sums = zip(weights, terms, strict=True)
        return _respond(constant + sum(w * x for w, x in sums), self.kind)


def _respond(score: float, kind: str) -> float:
    score = max(-FARTHEST, min(FARTHEST, score))
    if kind == LOGISTIC:
        return 1 / (1 + math.exp(-score))
    return math.exp(score)


def regress(
    terms: Sequence[Sequence[float]],
    outcomes: Sequence[float],
    kind: str,
    ridge: float = RIDGE,
) -> Coefficients:
    """Fit outcomes on terms; terms are standardised meanwhile.

    :param ridge: how strongly weights are drawn to 0, never the constant
    :raises ValueError: without rows
    """
    if not terms:
        raise ValueError("A regression needs at least one row.")
    means, spreads = _moments(terms)
    rows = [
        (1.0, *((x - m) / s for x, m, s in zip(row, means, spreads, strict=True)))
        for row in terms
    ]
    found = _iterate(rows, outcomes, kind, ridge)
    weights = [b / s for b, s in zip(found[1:], spreads, strict=True)]
    constant = found[0] - sum(w * m for w, m in zip(weights, means, strict=True))
    return Coefficients((constant, *weights), kind)


def _moments(terms: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    """Return mean and standard deviation of each term, 1 for one that never varies."""
    count = len(terms)
    columns = list(zip(*terms, strict=True))
    means = [math.fsum(column) / count for column in columns]
    spreads = [
        math.sqrt(math.fsum((x - mean) ** 2 for x in column) / count)
        for column, mean in zip(columns, means, strict=True)
    ]
    return means, [spread if spread > PRECISION else 1.0 for spread in spreads]


def _iterate(rows, outcomes, kind: str, ridge: float) -> list[float]:
    """Take Newton's steps until they are too small to matter."""
    found = _start(rows, outcomes, kind)
    for _round in range(ROUNDS):
        slope, curve = _derive(rows, outcomes, kind, found)
        for place in range(1, len(found)):
            slope[place] -= ridge * found[place]
            curve[place][place] += ridge
        step = solve(curve, slope)
        # a long first step of Poisson could leave the numbers that there are
        length = max(map(abs, step))
        scale = min(1.0, 5.0 / length) if length else 1.0
        found = [b + scale * s for b, s in zip(found, step, strict=True)]
        if length < PRECISION:
            break
    return found


def _start(rows, outcomes, kind: str) -> list[float]:
    """Start from the mean, which is the answer when no term tells anything."""
    count = len(rows)
    mean = (sum(outcomes) + 0.5) / (count + 1)
    constant = math.log(mean / (1 - mean)) if kind == LOGISTIC else math.log(mean)
    return [constant, *[0.0] * (len(rows[0]) - 1)]


def _derive(rows, outcomes, kind: str, found: list[float]):
    """Return the slope of the likelihood, and its curvature."""
    places = range(len(found))
    slope = [0.0 for _place in places]
    curve = [[0.0 for _other in places] for _place in places]
    for row, outcome in zip(rows, outcomes, strict=True):
        told = _respond(sum(map(float.__mul__, found, row)), kind)
        weight = told * (1 - told) if kind == LOGISTIC else told
        missed = outcome - told
        for i in places:
            slope[i] += missed * row[i]
            weighted = weight * row[i]
            line = curve[i]
            for j in range(i + 1):
                line[j] += weighted * row[j]
    for i in places:
        for j in range(i):
            curve[j][i] = curve[i][j]
        curve[i][i] += PRECISION
    return slope, curve


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a small set of linear equations, by elimination with pivots.

    >>> solve([[2.0, 1.0], [1.0, 3.0]], [3.0, 5.0])
    [0.8, 1.4]
    """
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        best = max(range(column, size), key=lambda place: abs(rows[place][column]))
        rows[column], rows[best] = rows[best], rows[column]
        for below in range(column + 1, size):
            factor = rows[below][column] / rows[column][column]
            for place in range(column, size + 1):
                rows[below][place] -= factor * rows[column][place]
    answer = [0.0] * size
    for line in reversed(range(size)):
        known = sum(rows[line][k] * answer[k] for k in range(line + 1, size))
        answer[line] = (rows[line][size] - known) / rows[line][line]
    return answer
