"""Which message a member gets for a move, and who gets none."""

from datetime import date

import pytest
from member_loyalty_logic.notification_moves import Joining, Move, message
from member_loyalty_logic.notification_reach import Reader, mail_state

DAY = date(2026, 3, 15)
FRESH = Joining("signup", DAY, DAY)
IMPORTED = Joining("import", DAY, DAY)
FOUND = Joining("order", date(2026, 3, 7), DAY)


@pytest.mark.parametrize(
    ("event", "before", "after", "told"),
    [
        ("join", None, 0, "joined"),
        ("up", 0, 1, "tier_up"),
        ("down", 2, 0, "tier_down"),
        ("manual", 0, 2, "tier_up"),
        ("manual", 2, 1, "tier_down"),
        ("manual", 1, 1, None),
        ("appeal", 0, 2, None),
        ("merge", 0, 2, None),
        ("warned", 1, 0, None),
    ],
)
def test_a_move_is_told_as_what_it_is(event, before, after, told):
    assert message(Move(event, before, after, FRESH)) == told


@pytest.mark.parametrize("joining", [IMPORTED, FOUND])
def test_history_that_is_brought_in_is_not_told(joining):
    assert message(Move("join", None, 0, joining, with_history=True)) is None
    assert message(Move("up", 0, 1, joining, with_history=True)) is None
    assert message(Move("up", 0, 1, joining)) == "tier_up"


@pytest.mark.parametrize(
    ("joining", "day", "by_run", "explained"),
    [
        (IMPORTED, 15, False, True),
        (IMPORTED, 16, False, False),
        (IMPORTED, 16, True, True),
        (IMPORTED, 23, True, False),
        (FOUND, 16, True, True),
        (FRESH, 15, True, False),
    ],
)
def test_the_first_evaluation_tells_of_history(joining, day, by_run, explained):
    assert joining.explains(date(2026, 3, day), by_run) is explained


def test_an_order_of_last_week_is_no_history():
    joining = Joining("order", date(2026, 3, 8), DAY)

    brought_in = joining.explains(DAY, by_run=False)
    assert message(Move("join", None, 0, joining, brought_in)) == "joined"


@pytest.mark.parametrize(
    ("reader", "advertising", "fact"),
    [
        (Reader("a@x.example"), "queued", "queued"),
        (Reader(), "no_address", "no_address"),
        (Reader("a@x.example", bounces=4), "queued", "queued"),
        (Reader("a@x.example", bounces=5), "bounced", "bounced"),
        (Reader("a@x.example", refuses_marketing=True), "refused", "queued"),
    ],
)
def test_a_mail_goes_where_it_arrives_and_is_wanted(reader, advertising, fact):
    assert mail_state(reader, is_marketing=True) == advertising
    assert mail_state(reader, is_marketing=False) == fact
