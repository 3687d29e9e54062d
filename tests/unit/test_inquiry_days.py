"""A day without a year is the next such day; where it is not clear, it is none."""

from datetime import date

import pytest
from member_loyalty_crm_logic.inquiry_dates import find_wanted_date
from member_loyalty_crm_logic.inquiry_reading import DAY, read

WRITTEN = (
    ("en", "We need the goods by 5/15 at the latest", date(2026, 5, 15)),
    ("en", "Delivery date: 15/5", date(2026, 5, 15)),
    ("de", "Lieferung bis 15.05. bitte", date(2026, 5, 15)),
    ("de", "Wir brauchen die Ware bis zum 1.6.", date(2026, 6, 1)),
    ("de", "Liefertermin: 15.05", date(2026, 5, 15)),
    ("de", "bis 15. Mai", date(2026, 5, 15)),
    ("fr", "livraison avant le 05/06 svp", date(2026, 6, 5)),
    ("es", "Entrega antes del 05/06", date(2026, 6, 5)),
    ("pt", "Preciso até o dia 05/06", date(2026, 6, 5)),
    ("ru", "Поставка до 15.05, спасибо", date(2026, 5, 15)),
    ("ar", "التسليم قبل 15/5", date(2026, 5, 15)),
    ("zh", "请在5/15前交货", date(2026, 5, 15)),
    ("ja", "5/15までに納品をお願いします", date(2026, 5, 15)),
    ("ja", "希望納期: 6/1", date(2026, 6, 1)),
)
UNCLEAR = (
    "We need it by 5/6",  # May or June
    "increase the diameter by 3/4 inch",
    'Rohr für bis 3/8" Gewinde',
    "Gewicht bis 12.5 kg",
    "see section 2.3. of the drawing",
    "by 31.02.",
    "bis 0.5.",
    "by 13/13",
    "3/15",  # nothing says that it is a day
    "Zahlung bis 15.05.",
    "bis 15.05.26",
    "до 15.05 кг",
)


@pytest.mark.parametrize(("language", "text", "day"), WRITTEN)
def test_a_day_without_a_year_is_the_next_such_day(language, text, day):
    assert find_wanted_date(text, DAY) == day, language


def test_a_day_that_has_passed_is_one_of_next_year():
    assert find_wanted_date("bis 14.03.", DAY) == date(2027, 3, 14)
    assert find_wanted_date("bis 15.03.", DAY) == DAY


@pytest.mark.parametrize("text", UNCLEAR)
def test_figures_that_are_not_clearly_a_day_are_not_read(text):
    assert find_wanted_date(text, DAY) is None


def test_a_day_without_a_year_is_no_quantity():
    [line] = read(["500 Stk Kugellager 6204 bis 15.05."], DAY).lines

    assert (line.quantity, line.wanted_on) == (500, date(2026, 5, 15))
