"""Who sees which product."""

from datetime import date

import pytest
from member_loyalty_website_logic.catalogue import (
    Market,
    Members,
    Product,
    Range,
    Rule,
    Visitor,
    is_buyable,
    is_in_force,
    is_shown,
    lets_in,
)

DAY = date(2026, 3, 15)
LAMP = Product(7, frozenset({1, 4}), frozenset({9}))
GOLD = Visitor(frozenset({1}), frozenset({3}), country="DE", language="de_DE")
SILVER = Visitor(frozenset({1}), frozenset({2}), country="FR", language="fr_FR")
STRANGER = Visitor(country="DE", language="en_US")


def _rule(audience, **values):
    return Rule(1, Range(frozenset({7})), audience, **values)


@pytest.mark.parametrize("visitor", [SILVER, STRANGER])
def test_what_is_for_gold_is_for_nobody_else(visitor):
    rules = [_rule(Members(1, frozenset({3})))]

    assert is_shown(LAMP, GOLD, rules, DAY)
    assert not is_shown(LAMP, visitor, rules, DAY)


def test_a_tag_opens_what_the_tier_does_not():
    tagged = Visitor(frozenset({1}), frozenset({2}), frozenset({5}))

    assert lets_in(Members(1, frozenset({3}), frozenset({5})), tagged)


def test_without_tiers_and_tags_every_member_of_the_program_is_let_in():
    assert lets_in(Members(1), SILVER)
    assert not lets_in(Members(2), SILVER)
    assert not lets_in(Members(1), STRANGER)


def test_a_market_is_country_and_language_together():
    german = Market(frozenset({"DE"}), frozenset({"de_DE"}))

    assert lets_in(german, GOLD)
    assert not lets_in(german, STRANGER)
    assert not lets_in(german, SILVER)


def test_hidden_from_a_market_is_the_opposite_of_shown_only_to_it():
    for visitor in (GOLD, SILVER, STRANGER, Visitor()):
        market = frozenset({"DE"})
        assert lets_in(Market(market), visitor) != lets_in(
            Market(market, is_excluded=True), visitor
        )


def test_members_and_market_both_have_to_let_in():
    members = _rule(Members(1))
    market = _rule(Market(frozenset({"FR"})))

    assert is_shown(LAMP, SILVER, [members, market], DAY)
    assert not is_shown(LAMP, GOLD, [members, market], DAY)


def test_a_category_covers_what_is_below_it():
    for named in (
        Range(categories=frozenset({1})),
        Range(shop_categories=frozenset({9})),
    ):
        rule = Rule(1, named, Members(1))
        assert not is_shown(LAMP, STRANGER, [rule], DAY)
        assert is_shown(Product(8), STRANGER, [rule], DAY)


def test_the_first_and_the_last_day_are_included():
    rule = _rule(Members(1), date_from=DAY, date_to=DAY)

    days = [date(2026, 3, day) for day in (14, 15, 16)]
    assert [is_in_force(rule, day) for day in days] == [False, True, False]


def test_a_lock_shows_and_does_not_sell():
    rules = [_rule(Members(1), is_teaser=True)]

    assert is_shown(LAMP, STRANGER, rules, DAY)
    assert not is_buyable(LAMP, STRANGER, rules, DAY)
    assert is_buyable(LAMP, SILVER, rules, DAY)


def test_what_another_rule_hides_no_lock_shows():
    rules = [_rule(Members(1), is_teaser=True), _rule(Market(frozenset({"FR"})))]

    assert not is_shown(LAMP, STRANGER, rules, DAY)
