"""Who buys again, told from a real shop's first year and judged on its second."""

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from member_loyalty_crm_logic.forecast_judging import (
    auc,
    calibrate,
    compare,
    judge,
    rank,
)
from member_loyalty_crm_logic.return_model import (
    Example,
    Past,
    find_cut_offs,
    fit,
)

DAYS = (
    Path(__file__).parents[2]
    / "member_loyalty_crm/tests/data/online_retail_days.csv.gz"
)
FIRST = date(2009, 12, 1)
CUT = date(2010, 12, 1)
YEAR = 365


@cache
def _histories():
    histories = defaultdict(list)
    with gzip.open(DAYS, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            histories[row["customer"]].append(
                (
                    date.fromisoformat(row["day"]),
                    float(row["amount"]),
                    int(row["orders"]),
                )
            )
    return histories


def _make_examples(on, days):
    """Return what was known of each customer on a day, and what followed."""
    examples, until = [], on + timedelta(days=days)
    for purchases in _histories().values():
        before = [one for one in purchases if one[0] < on]
        bought = [day for day, _amount, orders in before if orders]
        if not bought:
            continue
        after = [one for one in purchases if on <= one[0] < until]
        past = Past(
            (on - max(bought)).days,
            len(bought),
            sum(orders for _day, _amount, orders in before),
            sum(amount for _day, amount, _orders in before),
        )
        later = sum(orders for _day, _amount, orders in after)
        examples.append(Example(past, later, sum(one[1] for one in after)))
    return examples


@cache
def _judge_the_second_year():
    seen = [
        example
        for cut_off in find_cut_offs(FIRST, CUT, YEAR)
        for example in _make_examples(cut_off.on, cut_off.days)
    ]
    return fit(seen), _make_examples(CUT, YEAR)


def _plain(examples):
    return {
        "recency": [-float(one.past.recency) for one in examples],
        "orders": [float(one.past.orders) for one in examples],
    }


def test_on_the_real_shop_it_beats_recency_and_order_count_a_year_ahead():
    model, later = _judge_the_second_year()
    outcomes = [one.returned for one in later]
    chances = [model.chance(one.past) for one in later]
    plain = _plain(later)

    told = calibrate(chances, outcomes)
    print(
        f"\n{len(later)} customers, {told.real:.3f} came back", rank(chances, outcomes)
    )
    for name, scores in plain.items():
        print(name, rank(scores, outcomes), compare(chances, scores, outcomes))
    print(told)

    assert len(later) == 4268
    assert auc(plain["orders"], outcomes) >= 0.75
    assert rank(chances, outcomes).low > auc(plain["orders"], outcomes)
    assert rank(chances, outcomes).low > auc(plain["recency"], outcomes)
    assert judge(chances, plain, outcomes).verdict == "used"


def test_on_the_real_shop_chances_are_near_what_came():
    model, later = _judge_the_second_year()
    outcomes = [one.returned for one in later]

    told = calibrate([model.chance(one.past) for one in later], outcomes)

    assert told.brier < 0.8 * told.brier_of_mean
    assert abs(told.forecast - told.real) < 0.06
    assert 0.8 < told.slope < 1.25
    reals = [one.real for one in told.bins]
    assert reals[0] < 0.3
    assert reals[-1] > 0.9
    assert reals == sorted(reals)


def test_orders_and_value_to_be_expected_are_better_than_the_mean():
    model, later = _judge_the_second_year()
    orders = [one.later_orders for one in later]
    told = [model.expected_orders(one.past) for one in later]
    values = [
        model.expected_orders(one.past) * model.average_order(one.past) for one in later
    ]
    amounts = [one.later_amount for one in later]
    print("\norders", sum(told), sum(orders), "value", sum(values), sum(amounts))

    def missed(guesses, reals):
        return sum(abs(a - b) for a, b in zip(guesses, reals, strict=True))

    mean, mean_value = sum(orders) / len(orders), sum(amounts) / len(amounts)
    print(missed(told, orders), missed([mean] * len(orders), orders))
    print(missed(values, amounts), missed([mean_value] * len(orders), amounts))
    assert missed(told, orders) < 0.8 * missed([mean] * len(orders), orders)
    assert missed(values, amounts) < 0.8 * missed([mean_value] * len(orders), amounts)
    assert all(
        expected >= model.chance(one.past)
        for expected, one in zip(told, later, strict=True)
    )
