"""Numbers and dates of files: read exactly, or not at all."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from member_loyalty_logic.purchase_import_values import (
    guess_date_order,
    guess_decimal,
    read_date,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        (" -3.50 ", "-3.50"),
        ("+7", "7"),
        ("1,234,567.89", "1234567.89"),
        ("1 234.5", "1234.5"),
        ("1\u202f234.5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("12.00-", "-12.00"),
        ("(12.00)", "-12.00"),
        ("\u221212", "-12"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.5E+3", "1500"),
        ("0.001", "0.001"),
    ],
)
def test_a_number_with_decimal_point_is_read(text, number):
    assert read_number(text, ".") == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", "abc", "1,23", "12,34.5", "1.2.3", "£12", "12 apples", "nan",
     "Infinity", "--1", "1e99", "=1+1", "12345678901234567890", "１２", "0x10",
     "1_000"],
)  # fmt: skip
def test_what_is_no_number_is_not_guessed(text):
    assert read_number(text, ".") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,50", "1234.50"), ("0,5", "0.5"), ("1.000", "1000"), ("-7,1", "-7.1")],
)
def test_a_number_with_decimal_comma_is_read(text, number):
    assert read_number(text, ",") == Decimal(number)


def test_a_point_that_does_not_group_thousands_is_no_number_with_decimal_comma():
    assert read_number("12.34", ",") is None


def test_numbers_of_a_workbook_are_taken_as_they_are():
    assert read_number(0.1, ".") == Decimal("0.1")
    assert read_number(17850.0, ",") == Decimal(17850)
    assert read_number(float("nan"), ".") is None
    assert read_number(True, ".") is None
    assert read_number(None, ".") is None


@pytest.mark.parametrize(
    ("values", "decimal"),
    [
        (["1,50", "2,75"], ","),
        (["1.50", "2.75"], "."),
        (["1.234,50"], ","),
        (["1,234.50"], "."),
        (["1.234.567"], ","),
        (["1.000", "2.000"], "."),
        ([], "."),
    ],
)
def test_the_decimal_separator_is_guessed(values, decimal):
    assert guess_decimal(values) == decimal


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2011-12-09", "ymd"),
        ("2011/12/9", "ymd"),
        ("20111209", "ymd"),
        ("2011-12-09 08:26:00", "ymd"),
        ("2011-12-09T08:26", "ymd"),
        ("9/12/2011", "dmy"),
        ("09.12.11", "dmy"),
        ("12/9/11 8:26", "mdy"),
        ("12/09/2011 8:26 PM", "mdy"),
    ],
)
def test_a_date_is_read(text, order):
    assert read_date(text, order) == date(2011, 12, 9)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", "ymd"),
        ("2011-02-29", "ymd"),
        ("2011-13-01", "ymd"),
        ("31/12/2011", "mdy"),
        ("12/31/2011", "dmy"),
        ("2011-12/09", "ymd"),
        ("0201-12-09", "ymd"),
        ("2011-12-09 25:00", "ymd"),
        ("2011-12-09 noon", "ymd"),
        ("yesterday", "ymd"),
        ("40886", "ymd"),
        ("2011-12-09; DROP TABLE", "ymd"),
    ],
)
def test_what_is_no_date_is_not_guessed(text, order):
    assert read_date(text, order) is None


def test_a_time_with_an_offset_counts_on_the_day_of_the_company():
    taipei = ZoneInfo("Asia/Taipei")

    assert read_date("2011-12-09T16:00:00Z", "ymd", taipei) == date(2011, 12, 10)
    assert read_date("2011-12-09 23:30 +0800", "ymd", taipei) == date(2011, 12, 9)
    assert read_date("2011-12-09 16:00:00", "ymd", taipei) == date(2011, 12, 9)


def test_dates_of_a_workbook_are_taken_as_they_are():
    assert read_date(datetime(2011, 12, 9, 8, 26), "mdy") == date(2011, 12, 9)
    assert read_date(date(2011, 12, 9), "mdy") == date(2011, 12, 9)
    assert read_date(40886, "mdy") == date(2011, 12, 9)
    assert read_date(40886.5, "mdy") == date(2011, 12, 9)
    assert read_date(20111209.0, "ymd") == date(2011, 12, 9)
    assert read_date(True, "ymd") is None


@pytest.mark.parametrize(
    ("values", "order", "is_ambiguous"),
    [
        (["2011-12-09", "2011-12-10"], "ymd", False),
        (["09/12/2011", "13/12/2011"], "dmy", False),
        (["09/12/2011", "12/13/2011"], "mdy", False),
        (["09/12/2011", "10/12/2011"], "", True),
        (["13/12/2011", "12/13/2011"], "", True),
        (["yesterday"], "", False),
        ([datetime(2011, 12, 9)], "ymd", False),
    ],
)
def test_the_order_of_a_date_is_guessed_only_when_it_is_certain(
    values, order, is_ambiguous
):
    guess = guess_date_order(values)

    assert (guess.order, guess.is_ambiguous) == (order, is_ambiguous)
