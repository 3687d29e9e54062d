"""From which day a customer may buy a product that is not on sale for all yet.

>>> starts_on(date(2026, 3, 20), days_early=5)
datetime.date(2026, 3, 15)
>>> latest_date_for_sale(date(2026, 3, 15), days_early=5)
datetime.date(2026, 3, 20)
"""

from datetime import date, timedelta


def starts_on(public_on: date, days_early: int = 0) -> date:
    """Return the first day on which somebody may buy, that day included.

    :param public_on: the first day on which everybody may
    :param days_early: how many days earlier this customer may
    """
    return public_on - timedelta(days=days_early)


def latest_date_for_sale(today: date, days_early: int = 0) -> date:
    """Return the latest day "on sale from" of products that may be bought today.

    >>> latest_date_for_sale(date(2026, 2, 28))
    datetime.date(2026, 2, 28)
    """
    return today + timedelta(days=days_early)
