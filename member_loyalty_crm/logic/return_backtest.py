"""Whether the chance of another purchase may be shown: learn early, judge late.

The model is fitted on what was known before a day and judged on what came after it.
Judged so, a customer's days since the last purchase and number of orders are rivals.

>>> back_test([], []).verdict
Verdict(verdict='too_little', obstacle='trained_returned', have=0, need=40)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .forecast_judging import (
    Calibration,
    Ranking,
    Verdict,
    auc,
    calibrate,
    check_enough,
    judge,
    rank,
)
from .return_model import Example, fit


@dataclass(frozen=True, slots=True)
class Totals:
    """What all customers together were expected to buy, and what they bought."""

    forecast_orders: float
    real_orders: float
    forecast_value: float
    real_value: float


@dataclass(frozen=True, slots=True)
class BackTest:
    """What came of it; without enough customers there is the verdict alone."""

    verdict: Verdict
    ranking: Ranking | None = None
    auc_recency: float = 0.0
    auc_orders: float = 0.0
    calibration: Calibration | None = None
    totals: Totals | None = None


def back_test(trained: Sequence[Example], judged: Sequence[Example]) -> BackTest:
    """Fit on the earlier examples and judge on the later ones."""
    too_few = check_enough([one.returned for one in trained], "trained")
    too_few = too_few or check_enough([one.returned for one in judged], "judged")
    if too_few:
        return BackTest(too_few)
    model = fit(trained)
    outcomes = [one.returned for one in judged]
    chances = [model.chance(one.past) for one in judged]
    plain = {
        "recency": [-float(one.past.recency) for one in judged],
        "orders": [float(one.past.orders) for one in judged],
    }
    expected = [(model.expected_orders(one.past), one.past) for one in judged]
    return BackTest(
        judge(chances, plain, outcomes),
        rank(chances, outcomes),
        auc(plain["recency"], outcomes),
        auc(plain["orders"], outcomes),
        calibrate(chances, outcomes),
        Totals(
            sum(orders for orders, _past in expected),
            sum(one.later_orders for one in judged),
            sum(orders * model.average_order(past) for orders, past in expected),
            sum(one.later_amount for one in judged),
        ),
    )
