"""Which products a visitor of the shop sees, and which of them they may buy.

>>> gold_only = Rule(1, Range(templates=frozenset({7})), Members(tiers=frozenset({3})))
>>> is_shown(Product(7), Visitor(), [gold_only], date(2026, 3, 15))
False
>>> is_shown(Product(7), Visitor(tiers=frozenset({3})), [gold_only], date(2026, 3, 15))
True
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Product:
    """A product, with its categories and all that are above them."""

    template: int
    categories: frozenset[int] = frozenset()
    shop_categories: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in the shop.

    :param programs: those whose member the visitor is
    :param country: two letters, "" when nobody knows
    :param language: the code of the page's language, such as "de_DE"
    """

    programs: frozenset[int] = frozenset()
    tiers: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    country: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """What a rule speaks of: products, or all in categories and below them."""

    templates: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    shop_categories: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Members:
    """Lets in members by tier or by tag; without both, every member of the program."""

    program: int = 0
    tiers: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Market:
    """Lets in a market, or everybody else.

    A visitor belongs to it who is in one of the countries and reads in one of the
    languages; where none are named, any will do.

    :param is_excluded: whether the market is kept out instead of let in
    """

    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue.

    :param date_from: first day, None without a beginning
    :param date_to: last day, included; None without an end
    :param is_teaser: whether those who are not let in see the product with a lock
    """

    rule_id: int
    range: Range
    audience: Members | Market
    date_from: date | None = None
    date_to: date | None = None
    is_teaser: bool = False


def covers(range_: Range, product: Product) -> bool:
    """Tell whether a rule speaks of a product.

    >>> covers(Range(categories=frozenset({4})), Product(7, frozenset({1, 4})))
    True
    """
    return bool(
        product.template in range_.templates
        or range_.categories & product.categories
        or range_.shop_categories & product.shop_categories
    )


def lets_in(audience: Members | Market, visitor: Visitor) -> bool:
    """Tell whether a visitor is among those whom a rule lets in.

    >>> lets_in(Market(frozenset({"DE"}), is_excluded=True), Visitor(country="DE"))
    False
    """
    if isinstance(audience, Members):
        if not audience.tiers and not audience.tags:
            return audience.program in visitor.programs
        return bool(audience.tiers & visitor.tiers or audience.tags & visitor.tags)
    is_of_market = (
        not audience.countries or visitor.country in audience.countries
    ) and (not audience.languages or visitor.language in audience.languages)
    return is_of_market != audience.is_excluded


def is_in_force(rule: Rule, day: date) -> bool:
    """Tell whether a rule holds on a day; its first and last day are included.

    >>> rule = Rule(1, Range(), Market(), date_to=date(2026, 3, 15))
    >>> is_in_force(rule, date(2026, 3, 15)), is_in_force(rule, date(2026, 3, 16))
    (True, False)
    """
    return (rule.date_from or day) <= day <= (rule.date_to or day)


def closed_to(rules: Iterable[Rule], visitor: Visitor, day: date) -> list[Rule]:
    """Return the rules in force that do not let a visitor in."""
    return [
        rule
        for rule in rules
        if is_in_force(rule, day) and not lets_in(rule.audience, visitor)
    ]


def is_buyable(
    product: Product, visitor: Visitor, rules: Iterable[Rule], day: date
) -> bool:
    """Tell whether a visitor may buy a product: every rule about it lets them in."""
    return not any(
        covers(rule.range, product) for rule in closed_to(rules, visitor, day)
    )


def is_shown(
    product: Product, visitor: Visitor, rules: Iterable[Rule], day: date
) -> bool:
    """Tell whether a visitor sees a product, be it with a lock.

    >>> locked = Rule(1, Range(frozenset({7})), Members(1), is_teaser=True)
    >>> is_shown(Product(7), Visitor(), [locked], date(2026, 3, 15))
    True
    >>> is_buyable(Product(7), Visitor(), [locked], date(2026, 3, 15))
    False
    """
    return is_buyable(
        product, visitor, [rule for rule in rules if not rule.is_teaser], day
    )
