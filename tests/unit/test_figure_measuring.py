"""What one member has done, measured in plain Python."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from member_loyalty_logic.figure_measuring import Fact, Member, measure_member
from member_loyalty_logic.figures import FigureKey, Limit
from member_loyalty_logic.windows import Window

TODAY = date(2024, 3, 15)
EVER = Window("lifetime")
FAMILY = {1: (1, 2), 2: (2,), 3: (3,)}


def _measure(metric, *facts, member=None, window=EVER, as_of=TODAY, **limit):
    key = FigureKey(metric, window, Limit(**limit))
    return measure_member(key, facts, member or Member(), as_of, FAMILY)


def _buy(amount=100, on=TODAY, count=1, document=None, **values):
    document = document or f"{on} {amount}"
    return Fact("purchase", on, Decimal(amount), count, 0, document, **values)


def _refer(on=TODAY, quantity=1, document="R"):
    return Fact("referral", on, quantity=quantity, document=document)


def _parts(*parts):
    return tuple(
        (category, Decimal(amount), Decimal(units)) for category, amount, units in parts
    )


def test_amounts_less_what_was_given_back():
    assert _measure("purchase_amount", _buy(100), _buy(-30, count=0)) == 70


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"category_ids": (1,)}, 90),
        ({"category_ids": (2,)}, 30),
        ({"category_ids": (2, 3)}, 40),
        ({"country_ids": (5,)}, 100),
        ({"country_ids": (6,)}, 0),
        ({"team_ids": (8,), "category_ids": (3,)}, 10),
    ],
)
def test_amounts_of_some_categories_countries_or_teams(limit, expected):
    order = _buy(
        100, country_id=5, team_id=8, parts=_parts((1, 60, 1), (2, 30, 4), (3, 10, 1))
    )

    assert _measure("purchase_amount", order, **limit) == expected


def test_units_less_what_was_given_back():
    order = _buy(100, parts=_parts((2, 100, 4)))
    credit = _buy(-25, count=0, parts=_parts((2, -25, -1)))

    assert _measure("units_bought", order, credit) == 3
    assert _measure("units_bought", order, credit, category_ids=(3,)) == 0


def test_orders_of_a_category_are_counted_once_each():
    bought = _buy(90, document="A", parts=_parts((1, 60, 1), (2, 30, 1)))
    other = _buy(20, document="B", parts=_parts((3, 20, 1)))

    assert _measure("order_count", bought, other, category_ids=(1,)) == 1
    assert _measure("order_count", bought, other) == 2


def test_an_order_taken_back_as_a_whole_is_none_of_any_category():
    order = _buy(90, document="A", parts=_parts((1, 90, 1)))
    credited = Fact("purchase", TODAY, order_count=-1, document="A")

    assert _measure("order_count", order, credited, category_ids=(1,)) == 0


def test_the_largest_order_is_what_became_of_it():
    orders = [
        _buy(100, document="A"),
        _buy(-40, count=0, document="A"),
        _buy(80, document="B"),
        _buy(500, document="C"),
        _buy(-500, count=-1, document="C"),
    ]

    assert _measure("largest_order", *orders) == 80
    assert _measure("largest_order") == 0


def test_months_are_counted_once_each_and_not_for_what_was_undone_in_them():
    orders = [
        _buy(1, on=date(2024, 2, 1), document="A"),
        _buy(1, on=date(2024, 2, 29), document="B"),
        _buy(1, on=date(2024, 3, 1), document="C"),
        _buy(-1, on=date(2024, 3, 31), count=-1, document="C"),
        _buy(1, on=date(2023, 2, 28), document="D"),
        _buy(-1, on=date(2024, 2, 28), count=-1, document="D"),
    ]

    assert _measure("active_months", *orders, as_of=date(2024, 3, 31)) == 2


def test_the_longest_run_of_days_counts_over_the_end_of_february():
    days = [date(2024, 2, 27) + timedelta(gap) for gap in (0, 1, 2, 3, 5, 6)]
    facts = [_refer(day, document=str(day)) for day in days[:2]]
    facts += [_buy(on=day) for day in days[2:]]

    assert _measure("consecutive_days", *facts) == 4
    assert _measure("consecutive_days") == 0


def test_a_day_of_which_everything_was_taken_back_is_no_active_day():
    facts = [_refer(), _refer(quantity=-1)]

    assert _measure("consecutive_days", *facts) == 0


def test_referrals_less_those_taken_back():
    assert _measure("referrals", _refer(quantity=3), _refer(quantity=-1)) == 2


def test_points_are_no_purchase():
    issued = Fact("points", TODAY, Decimal("12.5"))

    assert _measure("points_earned", issued, _buy()) == Decimal("12.5")
    assert _measure("purchase_amount", issued) == 0
    assert _measure("consecutive_days", issued) == 0


def test_money_put_on_the_ewallet_is_no_purchase_and_no_points():
    put_on, taken_back = Fact("topup", TODAY, Decimal(500)), Fact("topup", TODAY, -200)

    assert _measure("topped_up", put_on, taken_back, _buy()) == 300
    assert _measure("points_earned", put_on) == 0
    assert _measure("purchase_amount", put_on) == 0
    assert _measure("consecutive_days", put_on) == 0


@pytest.mark.parametrize(
    ("joined_on", "as_of", "expected"),
    [
        (date(2024, 2, 29), date(2026, 2, 27), 1),
        (date(2024, 2, 29), date(2026, 2, 28), 0),
        (date(2023, 3, 31), date(2026, 2, 27), 1),
        (None, date(2030, 1, 1), 1),
    ],
)
def test_the_window_since_the_anniversary_starts_on_it(joined_on, as_of, expected):
    order = _buy(on=date(2026, 2, 27))
    window = Window("anniversary")

    measured = _measure(
        "order_count", order, member=Member(joined_on), window=window, as_of=as_of
    )
    assert measured == expected


@pytest.mark.parametrize("metric", ["has_tag", "holds_tier", "from_country"])
def test_what_a_member_is_or_has(metric):
    limit = {"has_tag": "tag_ids", "holds_tier": "tier_ids"}.get(metric, "country_ids")
    someone = Member(country_id=4, tag_ids=(4, 5), tier_ids=(4,))

    assert _measure(metric, member=someone, **{limit: (3, 4)}) == 1
    assert _measure(metric, member=someone, **{limit: (3,)}) == 0
    assert _measure(metric, **{limit: (4,)}) == 0


def test_an_unknown_metric_is_not_nought():
    with pytest.raises(ValueError, match="smiles"):
        _measure("smiles")
