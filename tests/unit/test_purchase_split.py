"""Whatever happens to an order, its split by category follows its lines."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from member_loyalty_logic.purchase_journal import OrderPlan
from member_loyalty_logic.purchase_parts import Part, split_by_share, total_of
from member_loyalty_logic.purchase_posting import Origin, plan_move
from member_loyalty_logic.purchase_split import split_postings
from order_world import ANNA, BERT, DAY, OrderWorld

CENT = Decimal("0.01")
ODD_RATES = [Decimal(1), Decimal("0.8765432"), Decimal("151.3700001")]

amounts = st.sampled_from(
    [Decimal(0), Decimal(50), Decimal("99.99"), Decimal("0.01"), Decimal("-7.5")]
)
lines = st.lists(amounts, min_size=1, max_size=3).filter(lambda line: sum(line) >= 0)
steps = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 9])),
    st.tuples(st.just("confirm")),
    st.tuples(st.just("cancel")),
    lines.map(lambda line: ("change_lines", *line)),
    st.tuples(st.just("invoice"), st.sampled_from([Decimal(50), Decimal("99.99")])),
    st.tuples(st.just("credit"), st.sampled_from([33, 100])),
    st.tuples(st.just("take_back_credit")),
    st.tuples(st.just("change_customer"), st.sampled_from([ANNA, BERT])),
    st.tuples(st.just("redate"), st.sampled_from([-30, -1, 0])),
)
stories = st.lists(steps, min_size=1, max_size=10).map(
    lambda story: [("change_lines", Decimal(50), Decimal(20)), ("confirm",), *story]
)


def _play(story, factor=Decimal(1)):
    world = OrderWorld(factor)
    for name, *arguments in story:
        getattr(world, name)(*arguments)
    return world


def _tell(split):
    return {part.category_id: (part.amount, part.quantity) for part in split}


@settings(max_examples=300)
@given(stories, st.sampled_from(ODD_RATES))
def test_the_parts_of_every_row_sum_to_its_amount(story, factor):
    world = _play(story, factor)

    for row in world.rows:
        assert total_of(row.parts) == row.amount


@settings(max_examples=300)
@given(stories, st.sampled_from(ODD_RATES))
def test_the_split_of_each_owner_is_its_worth_by_the_lines(story, factor):
    world = _play(story, factor)
    for owner in (ANNA, BERT):
        worth, amount, _count = world.order_sums(owner)
        parts = world.order_parts(owner)

        assert total_of(parts.values()) == amount
        if total_of(world.state.lines):
            expected = split_by_share(world.state.lines, amount, worth, CENT)
            assert parts == {part.category_id: part for part in expected}


@settings(max_examples=200)
@given(stories, st.sampled_from(ODD_RATES))
def test_looking_again_splits_nothing(story, factor):
    world = _play(story, factor)
    world.wait(1)

    assert world.plan() == OrderPlan()


@given(stories)
def test_a_cancelled_order_leaves_no_part_behind(story):
    uncredited = [step for step in story if step[0] != "credit"]
    world = _play([*uncredited, ("cancel",)])

    assert world.order_parts(ANNA) == world.order_parts(BERT) == {}


def test_the_cent_that_is_over_goes_to_the_largest_part():
    thirds = [Part(number, Decimal(1), Decimal(1)) for number in (1, 2, 3)]
    thirds[1] = replace(thirds[1], amount=Decimal("1.001"))

    split = split_by_share(thirds, Decimal(10), Decimal("3.001"), CENT)

    assert _tell(split) == {
        1: (Decimal("3.33"), 1),
        2: (Decimal("3.34"), 1),
        3: (Decimal("3.33"), 1),
    }


def test_half_credited_takes_back_half_of_the_units():
    world = _play([("change_lines", 40, 40), ("confirm",)])
    note = replace(
        world.rows[0],
        document_amount=Decimal(-40),
        amount=Decimal(-40),
        order_count=0,
        parts=None,
    )

    [split] = split_postings((), (note,), world.state.lines, CENT)

    assert _tell(split.parts) == {1: (-20, Decimal("-0.5")), 2: (-20, -1)}


def test_what_only_changed_its_category_is_told_by_a_row_of_no_worth():
    world = _play([("change_lines", 100), ("confirm",), ("wait", 9)])
    world.change_lines(30, 70)

    row = world.rows[-1]
    assert (row.date, row.amount, row.order_count) == (DAY + timedelta(9), 0, 0)
    assert _tell(row.parts) == {1: (-70, 0), 2: (70, 2)}


def test_without_being_asked_a_new_composition_alone_books_nothing():
    world = _play([("change_lines", 100), ("confirm",)])
    world.state = replace(world.state, lines=(Part(9, Decimal(100), Decimal(1)),))

    assert world.plan() != OrderPlan()
    world.resplit = False
    assert world.plan() == OrderPlan()


def test_a_contact_that_moves_takes_the_parts_along_as_they_are():
    world = _play([("change_lines", 30, 70), ("confirm",)])

    taken, given_over = plan_move(world.rows, BERT)

    assert _tell(taken.parts) == {1: (-30, -1), 2: (-70, -2)}
    assert _tell(given_over.parts) == {1: (30, 1), 2: (70, 2)}


def test_a_document_without_lines_moves_without_parts():
    world = _play([("change_lines", 30), ("confirm",)])
    imported = replace(world.rows[0], parts=())

    assert [row.parts for row in plan_move([imported], BERT)] == [(), ()]


def test_an_order_without_a_counted_line_keeps_what_it_was_composed_of():
    world = _play(
        [
            ("change_lines", 30, 70),
            ("confirm",),
            ("invoice", Decimal(100)),
            ("credit", 50),
            ("change_lines", 0),
        ]
    )

    assert world.order_sums(ANNA)[0] == 50
    assert _tell(world.order_parts(ANNA).values()) == {
        1: (15, Decimal("0.5")),
        2: (35, 1),
    }


GERMANY, FRANCE = Origin(1, 5), Origin(2, 6)


@pytest.mark.parametrize(
    "step", [("cancel",), ("change_lines", 70), ("change_customer", BERT)]
)
def test_where_a_purchase_came_from_is_frozen(step):
    world = OrderWorld()
    world.state = replace(world.state, origin=GERMANY)
    world.change_lines(100)
    world.confirm()
    world.state = replace(world.state, origin=FRANCE)

    getattr(world, step[0])(*step[1:])

    assert len(world.rows) > 1
    assert {row.origin for row in world.rows} == {GERMANY}


def test_what_was_undone_as_a_whole_comes_back_from_where_it_is_now():
    world = OrderWorld()
    world.state = replace(world.state, origin=GERMANY)
    world.change_lines(100)
    world.confirm()
    world.cancel()
    world.state = replace(world.state, origin=FRANCE)
    world.wait(1)

    world.confirm()

    assert [row.origin for row in world.rows] == [GERMANY, GERMANY, FRANCE]
