from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.figures import FigureKey
from member_loyalty_logic.ladder import Condition, Ladder, Rule, Tier
from member_loyalty_logic.tier_progress import missing_for_next
from member_loyalty_logic.tier_qualification import Standing, decide
from member_loyalty_logic.windows import Window

SPENT = FigureKey("purchase_amount", Window("rolling_months", 12))
ORDERS = FigureKey("order_count", Window("calendar_year"))


def _ladder():
    silver = Tier(2, (Rule((Condition(SPENT, Decimal(1000)),)),))
    gold = Tier(
        3,
        (
            Rule((Condition(SPENT, Decimal(10000)), Condition(ORDERS, Decimal(5)))),
            Rule((Condition(ORDERS, Decimal(20)),)),
        ),
    )
    return Ladder((Tier(1), silver, gold))


def test_nothing_is_missing_at_the_top():
    assert missing_for_next({}, _ladder(), 3) is None


def test_the_shortest_way_comes_first():
    progress = missing_for_next(
        {SPENT: Decimal(2000), ORDERS: Decimal(15)}, _ladder(), 2
    )

    assert [way.share for way in progress.ways] == [Decimal("0.75"), Decimal("0.2")]
    assert progress.ways[0].gaps[0].missing == 5


def test_a_way_is_as_long_as_its_widest_gap():
    progress = missing_for_next(
        {SPENT: Decimal(10000), ORDERS: Decimal(1)}, _ladder(), 2
    )

    assert progress.ways[0].share == Decimal("0.2")
    assert [gap.missing for gap in progress.ways[0].gaps] == [0, 4]


def test_negative_figures_are_no_progress_but_are_missing_too():
    progress = missing_for_next({SPENT: Decimal(-50)}, _ladder(), 1)

    assert progress.share == 0
    assert progress.ways[0].gaps[0].missing == 1050


@given(
    spent=st.integers(-2000, 30000),
    orders=st.integers(0, 30),
    held=st.sampled_from([1, 2]),
)
def test_nothing_missing_on_some_way_is_exactly_what_lifts_the_member(
    spent, orders, held
):
    figures = {SPENT: Decimal(spent), ORDERS: Decimal(orders)}
    progress = missing_for_next(figures, _ladder(), held)

    decision = decide(figures, _ladder(), Standing(held), date(2024, 5, 1))
    is_open = any(all(gap.missing == 0 for gap in way.gaps) for way in progress.ways)

    assert is_open == (progress.share == 1)
    if is_open:
        assert decision.move == "up"
