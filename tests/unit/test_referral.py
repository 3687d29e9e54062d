"""Which referrals count, reason by reason, and how far their orders have come."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic import referral_code
from member_loyalty_logic.referral import (
    REASONS,
    Address,
    Facts,
    Party,
    Purchase,
    end_of_window,
    follow,
    is_lapsed,
    judge,
    vat_key,
)

TODAY = date(2026, 3, 15)
FREE = frozenset({"gmail.com", "qq.com"})
LUMEN = Party(
    1,
    vats=("DE129273398",),
    accounts=("DE89370400440532013000",),
    mails=("ann@lumen.example", "ann.private@gmail.com"),
    phones=("+49 89 1234567",),
    addresses=(Address("Hauptstraße 5", "80331", "München", 57),),
)
BOLT = Party(
    2,
    vats=("FR40303265045",),
    accounts=("FR1420041010050500013M02606",),
    mails=("bob@bolt.example", "bob.private@gmail.com"),
    phones=("+33 1 44 55 66 77",),
    addresses=(Address("Rue de la Paix 5", "75002", "Paris", 75),),
)


def _reasons(referred=BOLT, referrer=LUMEN, **facts):
    return judge(Facts(referrer, referred, **facts), FREE).reasons


def _like_bolt(**values):
    return Party(2, **values)


def test_two_companies_that_share_nothing_are_accepted():
    assert _reasons() == ()
    assert judge(Facts(LUMEN, BOLT), FREE).is_accepted


def test_two_companies_that_say_nothing_of_themselves_share_nothing():
    empty = Address()

    assert _reasons(Party(2, addresses=(empty,)), Party(1, addresses=(empty,))) == ()


def test_a_colleague_is_of_the_same_company():
    assert "entity" in _reasons(LUMEN)


@pytest.mark.parametrize(
    "vat", ["DE129273398", "de 129 273 398", "DE-129.273.398", "129273398"]
)
def test_the_same_vat_number_however_it_is_written(vat):
    assert _reasons(_like_bolt(vats=(vat,))) == ("vat",)


@pytest.mark.parametrize("vat", ["AT129273398", "DE129273399", "/", "NA", ""])
def test_another_vat_number_or_none_is_no_reason(vat):
    assert _reasons(_like_bolt(vats=(vat,))) == ()


def test_two_placeholders_are_not_the_same_vat_number():
    assert _reasons(_like_bolt(vats=("N/A",)), Party(1, vats=("N/A",))) == ()
    assert vat_key("N/A") == ""


def test_the_same_bank_account():
    assert _reasons(_like_bolt(accounts=("de89 3704 0044 0532 0130 00",))) == (
        "account",
    )


def test_the_same_mail_address_even_with_a_tag():
    assert _reasons(_like_bolt(mails=("ann.private+shop@gmail.com",))) == ("mail",)


@pytest.mark.parametrize(
    "phone", ["089 1234567", "0049-89-1234567", "(+49) 89/1234567"]
)
def test_the_same_phone_number_with_or_without_its_country(phone):
    assert _reasons(_like_bolt(phones=(phone,))) == ("phone",)


def test_a_long_number_is_compared_without_its_country():
    one = Party(1, phones=("+86 138 0013 8000",))

    assert _reasons(_like_bolt(phones=("13800138000",)), one) == ("phone",)


def test_an_extension_is_no_phone_number():
    assert _reasons(_like_bolt(phones=("123",)), Party(1, phones=("123",))) == ()


@pytest.mark.parametrize("mail", ["eve@lumen.example", "eve@mail.lumen.example"])
def test_the_same_company_mail_domain(mail):
    assert _reasons(_like_bolt(mails=(mail,))) == ("domain",)


@pytest.mark.parametrize("mail", ["eve@gmail.com", "eve@notlumen.example", "eve", "@"])
def test_free_mail_and_other_domains_are_no_reason(mail):
    assert _reasons(_like_bolt(mails=(mail,))) == ()


@pytest.mark.parametrize(
    "street",
    ["Hauptstraße 5", "HAUPTSTRASSE 5", "Hauptstr. 5", "Haupt-Str. 5"],
)
def test_the_same_street_however_it_is_written(street):
    address = Address(street, "80 331", "Munich", 57)

    assert _reasons(_like_bolt(addresses=(address,))) == ("address",)


@pytest.mark.parametrize(
    "address",
    [
        Address("Hauptstraße 6", "80331", "München", 57),
        Address("Hauptstraße 5", "80332", "München", 57),
        Address("Hauptstraße 5", "80331", "München", 14),
        Address("", "80331", "München", 57),
        Address("Hauptstraße 5", "", "", 57),
    ],
)
def test_another_address_is_no_reason(address):
    assert _reasons(_like_bolt(addresses=(address,))) == ()


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"had_bought": True}, "existing"),
        ({"was_referred": True}, "referred_before"),
        ({"is_known": True}, "known"),
        ({"is_member": False}, "not_member"),
        ({"earlier": 3, "limit": 3}, "too_many"),
    ],
)
def test_what_came_before_speaks_against_it(fact, reason):
    assert _reasons(**fact) == (reason,)


def test_below_the_limit_or_without_one_it_counts():
    assert _reasons(earlier=2, limit=3) == ()
    assert _reasons(earlier=99, limit=0) == ()


def test_everything_that_speaks_against_it_is_told_in_order():
    assert _reasons(LUMEN, had_bought=True, is_member=False) == tuple(
        reason
        for reason in REASONS
        if reason not in ("referred_before", "known", "too_many")
    )


def _follow(due_on=None, today=TODAY, minimum=0, **purchase):
    values = {"amount": Decimal(100), "is_paid": True, **purchase}
    return follow(Purchase(**values), Decimal(minimum), due_on, today)


def test_an_order_is_unpaid_then_in_its_window_then_due():
    assert _follow(is_paid=False) == "unpaid"
    assert _follow() == "window"
    assert _follow(date(2026, 3, 16)) == "waiting"
    assert _follow(date(2026, 3, 15)) == "due"


@pytest.mark.parametrize(
    "purchase",
    [{"is_confirmed": False}, {"amount": Decimal(0)}, {"amount": Decimal(-5)}],
)
def test_an_order_that_was_taken_back_is_lost(purchase):
    assert _follow(TODAY, **purchase) == "lost"


def test_an_order_whose_rest_is_too_small_is_lost():
    assert _follow(TODAY, minimum=100) == "due"
    assert _follow(TODAY, minimum=Decimal("100.01")) == "lost"


def test_a_credit_note_that_is_being_written_is_waited_for():
    assert _follow(TODAY, is_disputed=True) == "waiting"


def test_without_a_window_the_reward_is_due_on_the_day_of_the_payment():
    assert end_of_window(TODAY, 0) == TODAY


def test_the_last_day_of_waiting_is_in_time():
    assert not is_lapsed(date(2026, 3, 1), 14, TODAY)
    assert is_lapsed(date(2026, 2, 28), 14, TODAY)
    assert not is_lapsed(date(2000, 1, 1), 0, TODAY)


@given(st.text())
def test_whatever_is_typed_is_a_code_or_nothing(typed):
    code = referral_code.normalise(typed)

    assert code is None or set(code) <= set(referral_code.ALPHABET)


@pytest.mark.parametrize("typed", [None, 7, [], {}, b"0123456789ABCDEF", "", "A" * 999])
def test_what_is_no_text_of_a_code_is_no_code(typed):
    assert referral_code.normalise(typed) is None


def test_a_new_code_has_eighty_bits_and_survives_being_typed():
    codes = {referral_code.new() for _one in range(1000)}

    assert len(codes) == 1000
    assert len(referral_code.ALPHABET) ** referral_code.LENGTH == 2**80
    for code in codes:
        assert referral_code.normalise(referral_code.show(code).lower()) == code
