"""What a buyer may like next, from what they looked at and what is bought together.

The score of a product is the sum, over everything the buyer showed interest in, of the
strength of that interest times how often both are bought together::

    strength = ln(1 + sum of weight * count * 2 ** -(age / half-life))
    score    = sum of strength * cosine, + OWN * strength when looked at themselves
    cosine   = orders with both / sqrt(orders with one * orders with the other)

Sources: item-to-item by cosine, Linden, Smith, York, "Amazon.com Recommendations",
IEEE Internet Computing 7(1), 2003; interest that halves with time, Ding and Li, "Time
Weight Collaborative Filtering", CIKM 2005; the logarithm for counts of what people do,
Hu, Koren, Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", ICDM
2008; variety, the marginal relevance of Carbonell and Goldstein, SIGIR 1998.

>>> looked = [Signal(1, age_days=0, views=3, seconds=120)]
>>> [one.product_id for one in rank(looked, [Pair(1, 2, 0.5), Pair(1, 3, 0.8)])]
[3, 2, 1]
>>> [one.product_id for one in rank(looked, [Pair(1, 2, 0.5)], excluded={1})]
[2]
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

LOOKED_HALF_LIFE = 30  # days
BOUGHT_HALF_LIFE = 180  # days
VIEW, MINUTE, SEARCH, INQUIRY, CART, ORDER = 1.0, 1.0, 1.0, 4.0, 3.0, 4.0
OWN = 0.25
SAME_CATEGORY = 0.7


@dataclass(frozen=True, slots=True)
class Signal:
    """What a buyer did with a product on a day, or bought of it until a day.

    :param age_days: days since then
    :param seconds: how long its page was visible
    :param orders: confirmed orders with it; they age more slowly than looks
    """

    product_id: int
    age_days: int
    views: int = 0
    seconds: int = 0
    searches: int = 0
    inquiries: int = 0
    carts: int = 0
    orders: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two products that are bought together.

    :param cosine: 0 (never) to 1 (always)
    """

    product_id: int
    other_id: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product to recommend, and what speaks for it most.

    :param reason: "looked" (because you looked at another), "bought" (often bought
        with what you bought) or "own" (you looked at this one)
    :param because_id: the product of the reason
    """

    product_id: int
    score: float
    reason: str
    because_id: int


def weigh(signal: Signal) -> float:
    """Return how much a signal says today; it halves with each half-life.

    >>> weigh(Signal(1, age_days=0, views=2)), weigh(Signal(1, age_days=30, views=2))
    (2.0, 1.0)
    """
    looks = (
        VIEW * signal.views
        + MINUTE * signal.seconds / 60
        + SEARCH * signal.searches
        + INQUIRY * signal.inquiries
        + CART * signal.carts
    )
    age = max(signal.age_days, 0)
    return looks * 0.5 ** (age / LOOKED_HALF_LIFE) + (
        ORDER * signal.orders * 0.5 ** (age / BOUGHT_HALF_LIFE)
    )


def get_strengths(signals: Iterable[Signal]) -> dict[int, float]:
    """Return how strong the interest in each product is, by product."""
    weights = defaultdict(float)
    for signal in signals:
        weights[signal.product_id] += weigh(signal)
    return {product: math.log1p(weight) for product, weight in weights.items()}


def rank(
    signals: Iterable[Signal], pairs: Iterable[Pair], excluded: Collection[int] = ()
) -> list[Suggestion]:
    """Return products that the buyer may like, the best first.

    :param excluded: products that are never recommended: bought, in the cart
    """
    signals = list(signals)
    strengths = get_strengths(signals)
    bought = {signal.product_id for signal in signals if signal.orders}
    parts = defaultdict(list)
    for pair in pairs:
        strength = strengths.get(pair.product_id, 0.0)
        if strength and pair.other_id not in excluded:
            reason = "bought" if pair.product_id in bought else "looked"
            part = (strength * pair.cosine, reason, pair.product_id)
            parts[pair.other_id].append(part)
    for product, strength in strengths.items():
        if strength and product not in bought and product not in excluded:
            parts[product].append((OWN * strength, "own", product))
    suggestions = [_sum_up(product, shares) for product, shares in parts.items()]
    return sorted(suggestions, key=lambda one: (-one.score, one.product_id))


def _sum_up(product_id: int, shares: list[tuple]) -> Suggestion:
    _share, reason, because_id = max(shares)
    score = sum(share for share, _reason, _because in shares)
    return Suggestion(product_id, score, reason, because_id)


def diversify(
    ranked: Iterable[Suggestion], categories: Mapping[int, int], limit: int
) -> list[Suggestion]:
    """Return the best suggestions, not all of one category.

    Each product that was taken lowers what is left of its category by a third.

    :param ranked: best first
    :param categories: category by product
    >>> ranked = [Suggestion(n, s, "own", n) for n, s in ((1, 9), (2, 8), (3, 7))]
    >>> [one.product_id for one in diversify(ranked, {1: 5, 2: 5, 3: 6}, 2)]
    [1, 3]
    """
    left, taken, seen = list(ranked), [], defaultdict(int)
    while left and len(taken) < limit:
        best = max(
            left,
            key=lambda one: (
                one.score * SAME_CATEGORY ** seen[categories.get(one.product_id)]
            ),
        )
        left.remove(best)
        taken.append(best)
        seen[categories.get(best.product_id)] += 1
    return taken
