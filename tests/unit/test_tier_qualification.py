"""Which tier figures give, and when a member moves there."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.figures import FigureKey
from member_loyalty_logic.ladder import Condition, Ladder, Rule, Tier
from member_loyalty_logic.tier_qualification import (
    Decision,
    FallPolicy,
    Standing,
    decide,
    find_tier,
)
from member_loyalty_logic.tier_term import Term
from member_loyalty_logic.windows import Window

TODAY = date(2024, 3, 1)
YEAR = Window("rolling_months", 12)
SPEND = FigureKey("purchase_amount", YEAR)
ORDERS = FigureKey("order_count", YEAR)
KEYS = [SPEND, ORDERS, FigureKey("purchase_amount", Window("lifetime"))]

BASE, SILVER, GOLD = 1, 2, 3
LADDER = Ladder(
    (
        Tier(BASE),
        Tier(SILVER, (Rule((Condition(SPEND, Decimal("1000.00")),)),)),
        Tier(
            GOLD,
            (
                Rule((Condition(SPEND, Decimal(10000)),)),
                Rule((Condition(SPEND, Decimal(500)), Condition(ORDERS, Decimal(3)))),
            ),
        ),
    )
)

amounts = st.integers(-20_000, 20_000).map(lambda cents: Decimal(cents) / 100)
conditions = st.builds(
    Condition, st.sampled_from(KEYS), st.integers(1, 150).map(Decimal)
)
rules = st.lists(conditions, max_size=3).map(lambda found: Rule(tuple(found)))
ladders = st.lists(st.lists(rules, max_size=3), max_size=5).map(
    lambda rungs: Ladder(
        tuple(
            Tier(n, tuple(found) if n else ()) for n, found in enumerate([[], *rungs])
        )
    )
)
figures = st.dictionaries(st.sampled_from(KEYS), amounts)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("spend", "orders", "tier"),
    [
        ("999.99", 0, BASE),
        ("1000", 0, SILVER),
        ("1000.00", 0, SILVER),
        ("9999.99", 2, SILVER),
        ("10000.00", 0, GOLD),
        ("499.99", 3, BASE),
        ("500.00", 3, GOLD),
        ("500.00", 2, BASE),
        ("-5", 100, BASE),
    ],
)
def test_a_tier_is_reached_at_exactly_the_value_of_any_of_its_rules(
    spend, orders, tier
):
    measured = {SPEND: Decimal(spend), ORDERS: Decimal(orders)}

    assert find_tier(measured, LADDER).tier_id == tier


def test_a_rule_without_conditions_lets_nobody_in():
    ladder = Ladder((Tier(BASE), Tier(SILVER, (Rule(()),)), Tier(GOLD)))

    assert find_tier({SPEND: Decimal(10**9)}, ladder).tier_id == BASE


def test_a_figure_that_was_not_measured_counts_as_nothing():
    assert find_tier({}, LADDER).tier_id == BASE


def test_a_member_rises_even_while_the_present_tier_is_promised():
    standing = Standing(SILVER, valid_until=date(2030, 1, 1))

    decision = decide({SPEND: Decimal(10000)}, LADDER, standing, TODAY)

    assert decision == Decision(SILVER, GOLD, "up")


def test_a_member_falls_to_what_the_figures_give_over_several_rungs():
    decision = decide({}, LADDER, Standing(GOLD), TODAY, may_fall=True)

    assert decision == Decision(GOLD, BASE, "down")


@pytest.mark.parametrize(
    ("valid_until", "move"),
    [
        (TODAY - timedelta(days=1), "down"),
        (TODAY, "held"),
        (TODAY + timedelta(days=1), "held"),
    ],
)
def test_the_last_promised_day_still_protects_from_falling(valid_until, move):
    standing = Standing(GOLD, valid_until)

    assert decide({}, LADDER, standing, TODAY, may_fall=True).move == move


def test_nobody_falls_between_reviews():
    decision = decide({}, LADDER, Standing(GOLD, date(2020, 1, 1)), TODAY)

    assert decision == Decision(GOLD, GOLD, "held")


def test_a_tier_that_is_not_on_the_ladder_is_refused():
    with pytest.raises(ValueError, match="99"):
        decide({}, LADDER, Standing(99), TODAY)


def test_every_figure_of_the_ladder_is_asked_for_once():
    assert LADDER.figure_keys() == (SPEND, ORDERS)


@given(figures, ladders, st.data(), days)
def test_without_a_review_nobody_is_ever_lowered(measured, ladder, data, as_of):
    held = data.draw(st.sampled_from(ladder.tiers)).tier_id
    valid_until = data.draw(st.none() | days)

    decision = decide(measured, ladder, Standing(held, valid_until), as_of)

    assert ladder.rank(decision.to_tier_id) >= ladder.rank(held)
    assert decision.move != "down"


@given(figures, ladders, st.data(), days)
def test_a_review_gives_what_the_figures_give_when_nothing_is_promised(
    measured, ladder, data, as_of
):
    held = data.draw(st.sampled_from(ladder.tiers)).tier_id
    expired = data.draw(st.none() | st.just(as_of - timedelta(days=1)))

    decision = decide(measured, ladder, Standing(held, expired), as_of, may_fall=True)

    assert decision.to_tier_id == find_tier(measured, ladder).tier_id


@given(figures, ladders, st.sampled_from(KEYS), st.integers(0, 100))
def test_more_of_a_figure_never_gives_a_lower_tier(measured, ladder, key, extra):
    more = {**measured, key: measured.get(key, Decimal(0)) + extra}

    before = ladder.rank(find_tier(measured, ladder).tier_id)
    assert ladder.rank(find_tier(more, ladder).tier_id) >= before


@given(figures, ladders, st.data(), days, st.booleans())
def test_deciding_again_right_away_changes_nothing(
    measured, ladder, data, as_of, may_fall
):
    held = data.draw(st.sampled_from(ladder.tiers)).tier_id
    first = decide(measured, ladder, Standing(held), as_of, may_fall)
    promised = Standing(first.to_tier_id, Term().last_day(as_of))

    again = decide(measured, ladder, promised, as_of, may_fall)

    assert again.to_tier_id == first.to_tier_id


@pytest.mark.parametrize(
    ("months", "reached_on", "last_day"),
    [
        (0, date(2011, 12, 1), date(2011, 12, 31)),
        (0, date(2011, 12, 31), date(2011, 12, 31)),
        (0, date(2024, 2, 1), date(2024, 2, 29)),
        (1, date(2024, 1, 31), date(2024, 2, 28)),
        (12, date(2024, 2, 29), date(2025, 2, 27)),
        (12, date(2011, 12, 9), date(2012, 12, 8)),
    ],
)
def test_a_term_ends_the_day_before_it_began(months, reached_on, last_day):
    assert Term(months=months).last_day(reached_on) == last_day


@given(days, st.integers(1, 28))
def test_without_a_term_the_promise_ends_the_day_before_the_next_review(
    reached_on, review_day
):
    last = Term(review_day=review_day).last_day(reached_on)

    assert last >= reached_on
    assert (last + timedelta(days=1)).day == review_day


def _review(standing, measured=0, as_of=TODAY, **values):
    figures = {SPEND: Decimal(measured)}
    return decide(figures, LADDER, standing, as_of, may_fall=True, **values)


def test_grace_lasts_through_its_last_day():
    ended = Standing(GOLD, TODAY - timedelta(days=30))

    assert _review(ended, policy=FallPolicy(grace_days=30)).move == "held"
    assert _review(ended, policy=FallPolicy(grace_days=29)).move == "down"


def test_one_rung_at_a_time():
    assert (
        _review(Standing(GOLD), policy=FallPolicy(one_rung=True)).to_tier_id == SILVER
    )
    assert _review(Standing(GOLD)).to_tier_id == BASE


def test_whoever_still_qualifies_does_not_fall_a_rung():
    decision = _review(Standing(SILVER), 1000, policy=FallPolicy(one_rung=True))

    assert decision.move == "stay"


def test_a_tier_given_by_hand_stops_the_fall_through_its_last_day():
    given = Standing(GOLD, None, SILVER, TODAY)

    assert _review(given).to_tier_id == SILVER
    assert _review(given, as_of=TODAY + timedelta(days=1)).to_tier_id == BASE


def test_a_tier_given_by_hand_does_not_stop_a_rise():
    assert _review(Standing(SILVER, None, SILVER, TODAY), 10000).to_tier_id == GOLD


def test_whoever_is_not_adjusted_neither_rises_nor_falls():
    by_hand = Standing(SILVER, automatic=False)

    assert _review(by_hand, 10000).move == "held"
    assert _review(by_hand, 0).move == "held"


def test_the_rules_one_entered_under_give_tiers_until_the_promise_ends():
    harder = Ladder((Tier(BASE), _tier(SILVER, 5000), _tier(GOLD, 50000)))
    figures = {SPEND: Decimal(10000)}

    promised = Standing(SILVER, TODAY)
    risen = decide(figures, harder, promised, TODAY, former=LADDER)
    assert (risen.to_tier_id, risen.by_former) == (GOLD, True)

    ended = Standing(SILVER, TODAY - timedelta(days=1))
    assert decide(figures, harder, ended, TODAY, former=LADDER).move == "stay"


def test_easier_rules_hold_for_everybody_at_once():
    easier = Ladder((Tier(BASE), _tier(SILVER, 100), _tier(GOLD, 200)))
    promised = Standing(SILVER, TODAY)

    risen = decide({SPEND: Decimal(200)}, easier, promised, TODAY, former=LADDER)

    assert (risen.to_tier_id, risen.by_former) == (GOLD, False)


def _tier(tier_id, amount):
    return Tier(tier_id, (Rule((Condition(SPEND, Decimal(amount)),)),))
