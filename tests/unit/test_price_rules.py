"""The rules of kept price lists, and what a member price saves."""

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.price_rules import Rule, unit_saving, wanted_rules

prices = st.floats(0, 1_000_000)


@given(normal=prices, member=prices, paid=prices)
def test_a_saving_is_never_below_nothing_nor_above_what_the_list_gives(
    normal, member, paid
):
    saving = unit_saving(normal, member, paid)

    assert 0 <= saving <= max(normal - member, 0)
    assert paid + saving <= max(normal, paid)


def test_a_product_line_off_sales_prices_needs_no_rule_for_the_others():
    assert wanted_rules(5, None, [7, 3]) == (Rule(5, None, 3), Rule(5, None, 7))


def test_the_order_of_categories_does_not_matter():
    assert wanted_rules(5, 1, [7, 3]) == wanted_rules(5, 1, [3, 7])
