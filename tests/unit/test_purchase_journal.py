"""Whatever happens to an order, its journal says what it is worth, on every day."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from member_loyalty_logic.purchase_journal import OrderPlan, order_value, plan_order
from member_loyalty_logic.purchase_posting import Rate
from order_world import ANNA, BERT, DAY, OrderWorld

ODD_RATES = [Decimal("0.8765432"), Decimal("151.3700001"), Decimal("0.0066063")]

amounts = st.sampled_from([Decimal(0), Decimal(50), Decimal("99.99"), Decimal("0.01")])
steps = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 9, 40])),
    st.tuples(st.just("confirm")),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("change_lines"), amounts),
    st.tuples(st.just("invoice"), amounts),
    st.tuples(st.just("credit"), st.sampled_from([33, 100])),
    st.tuples(st.just("take_back_credit")),
    st.tuples(st.just("change_customer"), st.sampled_from([ANNA, BERT])),
    st.tuples(st.just("redate"), st.sampled_from([-30, -1, 0])),
)
stories = st.lists(steps, min_size=1, max_size=10).map(
    lambda story: [("change_lines", Decimal(50)), ("confirm",), *story]
)
factors = st.sampled_from(ODD_RATES)


def _play(story, factor=Decimal(1)):
    world = OrderWorld(factor)
    for name, *arguments in story:
        getattr(world, name)(*arguments)
    return world


@settings(max_examples=200)
@given(stories, factors)
def test_the_journal_always_comes_to_what_the_documents_say(story, factor):
    world = _play(story, factor)
    value = order_value(world.state)

    assert world.order_sums(world.owner) == (
        value.amount,
        world.rate.convert(value.amount),
        value.order_count,
    )
    for stranger in {ANNA, BERT} - {world.owner}:
        assert world.order_sums(stranger) == (0, 0, 0)


@settings(max_examples=200)
@given(stories, factors)
def test_looking_again_books_nothing(story, factor):
    world = _play(story, factor)
    world.wait(1)

    assert world.plan() == OrderPlan()


@given(stories, factors)
def test_a_cancelled_order_comes_to_exactly_nothing_at_any_rate(story, factor):
    uncredited = [step for step in story if step[0] != "credit"]
    world = _play([*uncredited, ("cancel",)], factor)

    assert world.order_sums(world.owner) == (0, 0, 0)


@given(stories)
def test_order_and_credit_notes_together_are_never_negative(story):
    world = _play(story)

    assert 0 <= world.net() <= max(world.state.ordered, 0)


@settings(max_examples=200)
@given(stories)
def test_on_no_day_does_an_order_count_twice(story):
    world = _play(story)
    rows = [row for row in world.rows if row.owner == world.owner]

    for day in {row.date for row in rows}:
        count = sum(row.order_count for row in rows if row.date <= day)
        assert count in (0, 1), day


def test_an_order_given_a_later_day_does_not_go_past_its_credit_note():
    world = _play(
        [
            ("change_lines", 50),
            ("confirm",),
            ("wait", 1),
            ("invoice", Decimal(50)),
            ("credit", 100),
            ("wait", 1),
            ("redate", 0),
        ]
    )

    assert world.sums_by_day() == {DAY + timedelta(1): (50, 0)}


def test_an_order_enters_at_its_date_and_is_cancelled_today():
    world = _play([("change_lines", 100), ("confirm",), ("wait", 9), ("cancel",)])

    assert world.told() == [(DAY, 100, 1), (DAY + timedelta(9), -100, -1)]


def test_an_order_confirmed_again_enters_again_at_its_new_date():
    world = _play(
        [("change_lines", 100), ("confirm",), ("cancel",), ("wait", 5), ("confirm",)]
    )

    assert world.told()[-1] == (DAY + timedelta(5), 100, 1)


def test_lines_lowered_to_nothing_and_raised_again_are_told_when_they_happened():
    world = _play(
        [
            ("change_lines", 100),
            ("confirm",),
            ("wait", 5),
            ("change_lines", 0),
            ("wait", 5),
            ("change_lines", 70),
        ]
    )

    assert world.told() == [
        (DAY, 100, 1),
        (DAY + timedelta(5), -100, -1),
        (DAY + timedelta(10), 70, 1),
    ]


def test_a_confirmed_order_given_another_date_moves_there():
    world = _play([("change_lines", 100), ("confirm",), ("redate", -30)])

    assert world.told() == [
        (DAY, 100, 1),
        (DAY, -100, -1),
        (DAY - timedelta(30), 100, 1),
    ]


def test_a_date_can_be_changed_more_than_once():
    world = _play(
        [("change_lines", 100), ("confirm",), ("redate", -3), ("redate", -30)]
    )

    held = world.sums_by_day()
    assert held == {DAY - timedelta(30): (100, 1)}


def test_a_past_order_that_was_credited_enters_whole_and_is_then_credited():
    state = replace(
        OrderWorld().state,
        ordered=Decimal(80),
        invoiced=Decimal(80),
        credited=Decimal(80),
        confirmed=True,
    )
    credited_on = DAY + timedelta(20)

    plan = plan_order((), ANNA, state, Rate(Decimal(1), Decimal(1)), DAY, credited_on)

    assert [(row.date, row.document_amount, row.order_count) for row in plan.entry] == [
        (DAY, 80, 1)
    ]
    assert [(row.date, row.order_count) for row in plan.correction] == [
        (credited_on, -1)
    ]


def test_what_credits_leave_in_an_empty_order_stays_on_their_day():
    world = _play(
        [
            ("change_lines", 50),
            ("confirm",),
            ("change_lines", 0),
            ("wait", 1),
            ("invoice", Decimal(50)),
            ("credit", 33),
        ]
    )
    world.wait(1)

    assert world.told()[-1] == (DAY + timedelta(1), Decimal("16.50"), 0)
    assert world.plan() == OrderPlan()


@pytest.mark.parametrize("factor", ODD_RATES)
def test_partly_credited_several_times_ends_at_the_cent(factor):
    world = _play(
        [
            ("change_lines", Decimal("99.99")),
            ("confirm",),
            ("invoice", Decimal("99.99")),
        ],
        factor,
    )
    for _time in range(3):
        world.credit_amount(Decimal("33.33"))

    assert world.net() == 0
    assert world.order_sums(ANNA)[2] == 0
