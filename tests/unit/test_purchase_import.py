"""Lines of a purchase history: taken, refused with a reason, or left out."""

import re
from datetime import date
from decimal import Decimal

import pytest
from member_loyalty_logic.purchase_import import REFUSALS, WARNINGS, Rules, gather
from member_loyalty_logic.purchase_import_columns import (
    TARGETS,
    guess_columns,
    missing_targets,
)
from member_loyalty_logic.purchase_import_country import index_countries

HEADER = ("document", "date", "customer_ref", "customer_email", "customer_name",
          "country", "currency", "amount", "product_code")  # fmt: skip
GOOD = {
    "document": "536365",
    "date": "2010-12-01",
    "customer_ref": "17850",
    "country": "EIRE",
    "amount": "15.30",
    "product_code": "85123A",
}


def _rules(**changes):
    defaults = {
        "columns": {name: position for position, name in enumerate(HEADER)},
        "width": len(HEADER),
        "latest_day": date(2011, 12, 9),
        "currencies": {"GBP": 1, "EUR": 2},
        "unrated": frozenset({"JPY"}),
        "default_currency": "GBP",
        "countries": index_countries([("IE", 101, ["Ireland"])]),
    }
    return Rules(**(defaults | changes))


def _line(**changes):
    return tuple((GOOD | changes).get(name, "") for name in HEADER)


def _gather(*lines, **rules):
    return gather(enumerate(lines, 2), _rules(**rules))


def _problems(gathered):
    return [(problem.line_number, problem.kind) for problem in gathered.problems]


def test_the_lines_of_a_document_are_summed():
    gathered = _gather(_line(), _line(amount="-0.30"), _line(document="536366"))

    assert [(p.document, p.amount, p.line_count) for p in gathered.parts] == [
        ("536365", Decimal("15.00"), 2),
        ("536366", Decimal("15.30"), 1),
    ]


def test_a_document_has_the_day_of_its_first_line():
    gathered = _gather(_line(date="2010-12-02"), _line(date="2010-12-01"))

    assert gathered.parts[0].day == date(2010, 12, 1)


def test_lines_of_one_document_for_two_customers_stay_apart():
    gathered = _gather(_line(), _line(customer_ref="13047"))

    assert [part.customer.ref for part in gathered.parts] == ["17850", "13047"]


def test_where_each_line_is_a_document_nothing_is_summed():
    gathered = _gather(_line(), _line(), by_document=True)

    assert len(gathered.parts) == 2


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"document": ""}, "missing_document"),
        ({"document": "nan"}, "missing_document"),
        ({"date": "yesterday"}, "unreadable_date"),
        ({"date": "2011-12-10"}, "future_date"),
        ({"amount": "a lot"}, "unreadable_number"),
        ({"amount": ""}, "unreadable_number"),
        ({"currency": "XXX"}, "unknown_currency"),
        ({"currency": "JPY"}, "missing_rate"),
        ({"customer_ref": ""}, "missing_customer"),
        ({"customer_ref": "NULL"}, "missing_customer"),
        ({"customer_ref": "", "customer_email": "nobody"}, "missing_customer"),
    ],
)
def test_a_bad_line_is_refused_and_stops_no_other(changes, problem):
    gathered = _gather(_line(), _line(**changes), _line())

    assert _problems(gathered) == [(3, problem)]
    assert gathered.refused_count == 1
    assert sum(part.line_count for part in gathered.parts) == 2


def test_everything_wrong_with_a_line_is_said_at_once():
    gathered = _gather(_line(date="?", amount="?", customer_ref=""))

    assert _problems(gathered) == [
        (2, "unreadable_date"),
        (2, "unreadable_number"),
        (2, "missing_customer"),
    ]
    assert gathered.refused_count == 1


def test_a_line_with_more_cells_than_columns_is_refused():
    assert _problems(_gather((*_line(), "more"))) == [(2, "unreadable_line")]
    assert _problems(_gather((*_line(), "", None))) == []


def test_a_line_that_ends_early_is_refused_for_what_it_lacks():
    assert _problems(_gather(_line()[:3])) == [(2, "unreadable_number")]


def test_a_line_that_could_not_be_taken_apart_is_refused():
    assert _problems(_gather(None)) == [(2, "unreadable_line")]


@pytest.mark.parametrize("country", ["Channel Islands", "Unspecified", "Atlantis"])
def test_an_unknown_country_is_a_warning_and_the_line_is_taken(country):
    gathered = _gather(_line(country=country))

    assert _problems(gathered) == [(2, "unknown_country")]
    assert (gathered.refused_count, gathered.parts[0].country_id) == (0, None)


def test_a_country_has_many_names():
    for name in ("EIRE", "Ireland", "ireland ", "IE", "IRL"):
        assert _gather(_line(country=name)).parts[0].country_id == 101


def test_the_latest_country_of_a_document_counts():
    gathered = _gather(_line(), _line(country=""), _line(country="Unspecified"))

    assert gathered.parts[0].country_id == 101


def test_only_goods_are_taken_when_asked_for():
    gathered = _gather(
        _line(),
        _line(product_code="POST", amount="broken"),
        goods_only=re.compile(r"^\d{5}"),
    )

    assert (len(gathered.parts), gathered.left_out_count, gathered.problems) == (
        1,
        1,
        (),
    )


def test_an_amount_can_be_quantity_times_price():
    columns = {
        "document": 0,
        "date": 1,
        "customer_ref": 2,
        "quantity": 3,
        "unit_price": 4,
    }

    gathered = _gather(("1", "2010-12-01", "7", "-6", "2.55"), columns=columns, width=5)

    assert gathered.parts[0].amount == Decimal("-15.30")


@pytest.mark.parametrize("ref", ["17850", " 17850 ", "17850.0", 17850, 17850.0])
def test_a_reference_is_the_same_however_a_table_writes_it(ref):
    assert _gather(_line(customer_ref=ref)).parts[0].customer.ref == "17850"


def test_a_customer_without_reference_is_known_by_mail_else_by_name():
    by_mail = _line(
        customer_ref="", customer_email="Ann@Example.com", customer_name="A"
    )
    by_name = _line(customer_ref="", customer_name=" Ann   Lee ")

    gathered = _gather(by_mail, by_name)

    assert [part.customer.key for part in gathered.parts] == [
        "mail:ann@example.com",
        "name:ann lee",
    ]


def test_formulas_and_markup_are_just_text():
    gathered = _gather(_line(customer_name="=1+1"), _line(customer_name="<b>x</b>"))

    assert gathered.problems == ()


def test_a_prefix_tells_the_documents_of_two_sources_apart():
    assert _gather(_line(), document_prefix="OLD-").parts[0].document == "OLD-536365"


def test_every_problem_either_refuses_or_warns():
    assert not set(REFUSALS) & set(WARNINGS)


@pytest.mark.parametrize(
    "header",
    [
        ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate",
         "UnitPrice", "CustomerID", "Country"],
        ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price",
         "Customer ID", "Country"],
        ["invoice_no", "stock_code", "text", "QTY", "invoice date", "unit-price",
         "customer_id", "COUNTRY"],
    ],
)  # fmt: skip
def test_the_columns_of_the_online_retail_files_are_found(header):
    assert guess_columns(header) == {
        "document": 0,
        "product_code": 1,
        "quantity": 3,
        "date": 4,
        "unit_price": 5,
        "customer_ref": 6,
        "country": 7,
    }


def test_a_column_is_only_one_thing():
    guessed = guess_columns(["Order", "Date", "Customer", "Name", "Total", "Currency"])

    assert len(set(guessed.values())) == len(guessed) == 6


def test_what_is_missing_is_said():
    assert missing_targets(set()) == ("document", "date", "amount", "customer")
    assert missing_targets({"document", "date", "quantity"}) == ("amount", "customer")
    assert missing_targets(set(TARGETS) - {"amount"}) == ()
