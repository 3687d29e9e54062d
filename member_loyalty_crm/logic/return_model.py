"""How likely a customer buys again, learnt from what earlier customers did.

The chance is a logistic regression on three terms: the square root of the days since
the last purchase, the logarithm of the days with a purchase, the logarithm of what
was bought. Terms and penalty were chosen on the first year of the Online Retail data
alone. A second regression, of Poisson, gives how often who comes back buys; both are
fitted by iteratively reweighted least squares (McCullagh and Nelder, Generalized
Linear Models, 1989, chapter 2) with a small ridge penalty on standardised terms (le
Cessie and van Houwelingen, Applied Statistics 41, 1992, 191-201), so that a fit exists
even where a term separates all who came back from all others.

Customers who bought on more days came back more often:

>>> seen = [Example(Past(30, days, days, 100.0 * days), days > 2, 50.0)
...         for days in (1, 2, 3, 4) for _again in range(50)]
>>> model = fit(seen)
>>> model.chance(Past(30, 1, 1, 100.0)) < 0.2 < 0.8 < model.chance(
...     Past(30, 4, 4, 400.0))
True
>>> ReturnModel.from_data(model.to_data()) == model
True
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from .regression import LOGISTIC, POISSON, Coefficients, regress

CREDIBILITIES = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0)
SHORTEST_DAYS = 28
YEAR = 365


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a customer on a day.

    :param recency: days since the last day with a purchase, at least 1
    :param days: days with a purchase
    :param orders: orders placed and not taken back
    :param amount: purchases less what was given back, company currency
    """

    recency: int
    days: int
    orders: int
    amount: float

    @property
    def terms(self) -> tuple[float, float, float]:
        """Return what the regressions look at."""
        return (
            math.sqrt(self.recency),
            math.log1p(self.days),
            math.log1p(max(0.0, self.amount)),
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A customer's past on a day, and what followed in the days after it."""

    past: Past
    later_orders: int
    later_amount: float

    @property
    def returned(self) -> bool:
        """Tell whether the customer bought again."""
        return self.later_orders > 0


@dataclass(frozen=True, slots=True)
class CutOff:
    """A day on which the past ends, and the days after it that are looked at.

    ``on`` is the first day that is not known yet.
    """

    on: date
    days: int

    @property
    def until(self) -> date:
        """Return the first day after those that are looked at."""
        return self.on + timedelta(days=self.days)


def find_cut_offs(first: date, until: date, horizon: int) -> tuple[CutOff, ...]:
    """Return the cut-offs to learn from, of which every outcome is known.

    They lie half a horizon apart, over a year, so that every season tells its part. A
    past has to be at least as long as the days it is to tell. Where history is too
    short for the whole horizon, shorter spans stand in for it; the back-test then says
    how well they did.

    >>> [(c.on.isoformat(), c.days)
    ...  for c in find_cut_offs(date(2009, 12, 1), date(2010, 12, 1), 365)]
    [('2010-06-02', 182), ('2010-09-01', 91)]
    >>> [c.on.isoformat()
    ...  for c in find_cut_offs(date(2009, 12, 1), date(2011, 12, 1), 365)]
    ['2010-12-01']

    :param first: the first day with a purchase
    :param until: the first day that is not known yet
    :param horizon: days to look ahead
    """
    whole = [(horizon + back, horizon) for back in range(0, YEAR, horizon // 2)]
    shorter = [(days, days) for days in (horizon // 2, horizon // 4)]
    for spans in (whole, shorter):
        cut_offs = tuple(
            CutOff(until - timedelta(days=back), days)
            for back, days in spans
            if days >= SHORTEST_DAYS and (until - first).days - back >= days
        )
        if cut_offs:
            return cut_offs
    return ()


def find_needed_history(horizon: int) -> int:
    """Return how many days of history it takes to learn something and to judge it.

    >>> find_needed_history(180), find_needed_history(365)
    (450, 547)
    """
    judged = horizon * max(1, YEAR // horizon)
    return judged + 2 * max(SHORTEST_DAYS, horizon // 4)


def find_judged(until: date, horizon: int) -> tuple[CutOff, ...]:
    """Return the spans to judge by: as many as the last year has, the earliest first.

    >>> [(c.on.isoformat(), c.days) for c in find_judged(date(2010, 12, 1), 180)]
    [('2009-12-06', 180), ('2010-06-04', 180)]

    :param until: the first day that is not known yet
    :param horizon: days to look ahead; beyond a year there is one span of so many
    """
    count = max(1, YEAR // horizon)
    return tuple(
        CutOff(until - timedelta(days=horizon * number), horizon)
        for number in range(count, 0, -1)
    )


@dataclass(frozen=True, slots=True)
class ReturnModel:
    """What was learnt.

    :param returning: gives the chance of another purchase
    :param further: gives the orders beyond the first one of who comes back
    :param order_amount: what an order comes to, on average
    :param credibility: how many orders of one's own weigh as much as that average
    """

    returning: Coefficients
    further: Coefficients
    order_amount: float
    credibility: float

    def chance(self, past: Past) -> float:
        """Return the chance of another purchase, 0 to 1."""
        return self.returning.predict(past.terms)

    def expected_orders(self, past: Past) -> float:
        """Return the orders to be expected.

        A hurdle model (Mullahy, Journal of Econometrics 33, 1986, 341-365): the
        chance to come back, times the orders of who does.
        """
        return self.chance(past) * (1 + self.further.predict(past.terms))

    def average_order(self, past: Past) -> float:
        """Return what one order will come to, company currency.

        The customer's own average, drawn towards that of all (the credibility of
        Bühlmann, ASTIN Bulletin 4, 1967, 199-207).
        """
        weight = past.orders + self.credibility
        own = max(0.0, past.amount) + self.credibility * self.order_amount
        return own / weight if weight else self.order_amount

    def to_data(self) -> dict:
        """Return the model as plain data, to keep."""
        return {
            "returning": list(asdict(self.returning)["values"]),
            "further": list(asdict(self.further)["values"]),
            "order_amount": self.order_amount,
            "credibility": self.credibility,
        }

    @classmethod
    def from_data(cls, data: dict) -> "ReturnModel":
        """Return the model that plain data says."""
        return cls(
            Coefficients(tuple(data["returning"]), LOGISTIC),
            Coefficients(tuple(data["further"]), POISSON),
            data["order_amount"],
            data["credibility"],
        )


def fit(examples: Sequence[Example]) -> ReturnModel:
    """Learn from examples; the same examples in the same order give the same model.

    :raises ValueError: without examples
    """
    terms = [example.past.terms for example in examples]
    returning = regress(terms, [float(one.returned) for one in examples], LOGISTIC)
    came = [example for example in examples if example.returned]
    further = regress(
        [example.past.terms for example in came] or terms,
        [float(example.later_orders - 1) for example in came] or [0.0] * len(terms),
        POISSON,
    )
    order_amount = _average_order(examples)
    return ReturnModel(
        returning, further, order_amount, _find_credibility(came, order_amount)
    )


def _average_order(examples: Iterable[Example]) -> float:
    """Return what an order came to in the customers' pasts."""
    amount = orders = 0.0
    for example in examples:
        amount += max(0.0, example.past.amount)
        orders += example.past.orders
    return amount / orders if orders else 0.0


def _find_credibility(came: Sequence[Example], order_amount: float) -> float:
    """Return the credibility that told the later amounts with the least error."""

    def error(credibility: float) -> float:
        total = 0.0
        for example in came:
            past = example.past
            own = max(0.0, past.amount) + credibility * order_amount
            average = own / (past.orders + credibility)
            total += abs(example.later_amount - average * example.later_orders)
        return total

    return min(CREDIBILITIES, key=error)
