"""Rows that bring what is no purchase to what its document says."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.purchase_posting import Origin
from member_loyalty_logic.quantity_posting import (
    Holder,
    QuantityPosting,
    follow_contact,
    settle_quantity,
)

FIRST = date(2026, 1, 31)
ANNA, BERT = Holder(1, 7, 7), Holder(1, 9, 8)
ASKED = QuantityPosting(ANNA, FIRST, 1, Origin(country_id=3, team_id=4))

postings = st.builds(
    QuantityPosting,
    st.sampled_from([ANNA, BERT, Holder(2, 7, 7)]),
    st.integers(0, 3).map(lambda days: FIRST + timedelta(days=days)),
    st.integers(-2, 2),
    st.sampled_from([Origin(), Origin(3, 4)]),
)


def _net(rows):
    """Add up plainly, by everything that tells rows apart."""
    sums = {}
    for row in rows:
        key = (row.holder, row.date, row.origin)
        sums[key] = sums.get(key, 0) + row.quantity
    return {key: total for key, total in sums.items() if total}


def test_what_is_new_is_booked_as_it_is():
    assert settle_quantity([], ASKED) == (ASKED,)


def test_what_is_nothing_any_more_is_taken_back_at_its_own_date():
    assert settle_quantity([ASKED], None) == (replace(ASKED, quantity=-1),)


def test_what_moved_to_another_day_is_taken_back_on_the_old_one():
    later = replace(ASKED, date=FIRST + timedelta(days=1))

    assert settle_quantity([ASKED], later) == (replace(ASKED, quantity=-1), later)


def test_another_team_later_changes_nothing():
    assert settle_quantity([ASKED], replace(ASKED, origin=Origin(3, 9))) == ()


def test_another_holder_brings_its_own_country():
    others = replace(ASKED, holder=BERT, origin=Origin(5, 4))

    assert settle_quantity([ASKED], others) == (replace(ASKED, quantity=-1), others)


def test_what_came_back_after_it_was_taken_back_counts_once():
    rows = [ASKED, replace(ASKED, quantity=-1)]

    assert settle_quantity(rows, ASKED) == (ASKED,)


@given(st.lists(postings, max_size=6), st.none() | postings)
def test_settling_comes_to_what_is_wanted_and_then_to_nothing(booked, wanted):
    after = [*booked, *settle_quantity(booked, wanted)]

    net = {(key[0], key[1]): total for key, total in _net(after).items()}
    expected = {(wanted.holder, wanted.date): wanted.quantity} if wanted else {}
    assert net == {key: total for key, total in expected.items() if total}
    assert settle_quantity(after, wanted) == ()


@given(st.lists(postings, max_size=6))
def test_following_a_contact_keeps_every_day_and_sum(booked):
    after = [*booked, *follow_contact(booked, 7, 5)]

    def by_day(rows, holder):
        days = {}
        for row in rows:
            if row.holder.partner_id == holder:
                days[row.date] = days.get(row.date, 0) + row.quantity
        return {day: total for day, total in days.items() if total}

    assert by_day(after, 7) == by_day(booked, 7)
    assert all(
        holder.commercial_partner_id == 5
        for holder, _day, _origin in _net(after)
        if holder.partner_id == 7
    )
    assert follow_contact(after, 7, 5) == ()
