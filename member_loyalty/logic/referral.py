"""Whether a referral counts, and how far the order behind it has come.

>>> ann = Party(1, mails=("ann@lumen.example",), vats=("DE 129 273 398",))
>>> bob = Party(2, mails=("bob@bolt.example",), vats=("de129273398",))
>>> judge(Facts(ann, bob))
Verdict(reasons=('vat',))
>>> judge(Facts(ann, Party(3, mails=("eve@bolt.example",)))).is_accepted
True
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

SHORTEST_VAT = 5
SHORTEST_ACCOUNT = 5
SHORTEST_PHONE = 7
PHONE_TAIL = 9  # digits compared, for one may lack the country's
COUNTRY_OF_VAT = re.compile(r"^[A-Z]{2}(?=[A-Z0-9]*\d)")
STREET_WORDS = {
    "strasse": "str",
    "street": "st",
    "road": "rd",
    "avenue": "ave",
    "boulevard": "blvd",
    "lane": "ln",
    "square": "sq",
}
# of referrals that are on their way to a reward
OPEN_STATES = ("bound", "ordered", "waiting")
# in the order in which they are told
REASONS = (
    "entity",
    "vat",
    "account",
    "mail",
    "phone",
    "domain",
    "address",
    "existing",
    "referred_before",
    "known",
    "not_member",
    "too_many",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a party lives or has things delivered, as it was entered."""

    street: str = ""
    zip: str = ""
    city: str = ""
    country_id: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a referral: a company with all its contacts.

    :param entity_id: the commercial entity
    """

    entity_id: int
    vats: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a referral.

    :param is_member: whether the referrer takes part in the program
    :param had_bought: whether the referred company was a customer before
    :param was_referred: whether somebody else referred the same company before
    :param is_known: whether a customer with the same VAT number, mail address or
        company domain bought before
    :param earlier: how many referrals of the referrer in the same period came before
    :param limit: how many count in a period; 0 for no limit
    """

    referrer: Party
    referred: Party
    is_member: bool = True
    had_bought: bool = False
    was_referred: bool = False
    is_known: bool = False
    earlier: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against a referral, in the order of ``REASONS``."""

    reasons: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Tell whether the referral counts."""
        return not self.reasons


def judge(facts: Facts, free_domains: frozenset[str] = frozenset()) -> Verdict:
    """Decide whether a referral counts, and say everything that speaks against it.

    :param free_domains: mail domains where anybody can have an address
    """
    one, other = facts.referrer, facts.referred
    found = {
        "entity": one.entity_id == other.entity_id,
        "vat": _share_vat(one.vats, other.vats),
        "account": _share(_account, one.accounts, other.accounts),
        "mail": _share(mail_key, one.mails, other.mails),
        "phone": _share(_phone, one.phones, other.phones),
        "domain": _share_domain(one.mails, other.mails, free_domains),
        "address": _share(_address, one.addresses, other.addresses),
        "existing": facts.had_bought,
        "referred_before": facts.was_referred,
        "known": facts.is_known,
        "not_member": not facts.is_member,
        "too_many": bool(facts.limit) and facts.earlier >= facts.limit,
    }
    return Verdict(tuple(reason for reason in REASONS if found[reason]))


def _share(key, ones: Iterable, others: Iterable) -> bool:
    return bool(
        {found for one in ones if (found := key(one))}
        & {found for other in others if (found := key(other))}
    )


def vat_key(vat: str) -> str:
    """Return a VAT number without spaces and signs, empty when it is none.

    >>> vat_key("de 129.273.398")
    'DE129273398'
    >>> vat_key("/")
    ''
    """
    key = "".join(sign for sign in vat.upper() if sign.isalnum())
    return key if len(key) >= SHORTEST_VAT else ""


def _share_vat(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether two parties share a VAT number; one may lack the country."""
    keys = [key for vat in ones if (key := vat_key(vat))]
    for one, other in product(keys, [vat_key(vat) for vat in others]):
        if one == other:
            return True
        bare, bare_other = COUNTRY_OF_VAT.sub("", one), COUNTRY_OF_VAT.sub("", other)
        lacks_country = (bare == one) != (bare_other == other)
        if lacks_country and bare == bare_other:
            return True
    return False


def _account(number: str) -> str:
    key = "".join(sign for sign in number.upper() if sign.isalnum())
    return key if len(key) >= SHORTEST_ACCOUNT else ""


def mail_key(mail: str) -> str:
    """Return a mail address as it is compared: without what follows a plus sign.

    >>> mail_key("Ann+shop@Lumen.example")
    'ann@lumen.example'
    """
    name, at, domain = mail.strip().lower().rpartition("@")
    name = name.partition("+")[0]
    return f"{name}@{domain}" if at and name and domain else ""


def _phone(phone: str) -> str:
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return digits[-PHONE_TAIL:] if len(digits) >= SHORTEST_PHONE else ""


def company_domains(
    mails: Iterable[str], free_domains: frozenset[str]
) -> frozenset[str]:
    """Return the mail domains that belong to a company.

    >>> sorted(company_domains(["a@gmail.com", "b@lumen.example"], {"gmail.com"}))
    ['lumen.example']
    """
    domains = {mail_key(mail).rpartition("@")[2] for mail in mails}
    return frozenset(domains - {""} - set(free_domains))


def _share_domain(ones, others, free_domains) -> bool:
    """Tell whether two parties share a company's domain, or a part of it."""
    pairs = product(
        company_domains(ones, free_domains), company_domains(others, free_domains)
    )
    return any(
        one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
        for one, other in pairs
    )


def _words(text: str) -> str:
    text = text.casefold().replace("ß", "ss")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = re.sub(r"strasse\b", "str", re.sub(r"[^\w]+", " ", text))
    return " ".join(STREET_WORDS.get(word, word) for word in text.split())


def _address(address: Address) -> tuple | None:
    """Return what two addresses are compared by; None for one that says too little.

    >>> _address(Address("Hauptstraße 5", "80331", country_id=3)) == _address(
    ...     Address("HAUPTSTR. 5", "80 331", "München", 3))
    True
    """
    street = _words(address.street).replace(" ", "")
    place = _words(address.zip).replace(" ", "") or _words(address.city)
    return (street, place, address.country_id) if street and place else None


@dataclass(frozen=True, slots=True)
class Purchase:
    """The order that a referral waits for, as its documents say today.

    :param amount: what is left of it after credit notes, untaxed
    :param is_paid: whether all of it is invoiced and the invoices are paid
    :param is_disputed: whether a credit note for it is being written
    """

    is_confirmed: bool = True
    amount: Decimal = Decimal(0)
    is_paid: bool = False
    is_disputed: bool = False


def counts(purchase: Purchase, minimum: Decimal) -> bool:
    """Tell whether an order is enough for a reward.

    >>> counts(Purchase(amount=Decimal(80)), Decimal(100))
    False
    """
    return purchase.is_confirmed and purchase.amount > 0 and purchase.amount >= minimum


def follow(
    purchase: Purchase, minimum: Decimal, due_on: date | None, today: date
) -> str:
    """Return how far the order behind a referral has come.

    :param minimum: what the order has to come to, untaxed
    :param due_on: the first day after the return window; None before the payment
    :return: "lost" (the referral waits for another order), "unpaid", "window" (the
        return window begins), "waiting" (it is not over), or "due"

    >>> follow(Purchase(amount=Decimal(100), is_paid=True), Decimal(0), None,
    ...     date(2026, 3, 15))
    'window'
    """
    if not counts(purchase, minimum):
        return "lost"
    if not purchase.is_paid:
        return "unpaid"
    if due_on is None:
        return "window"
    return "waiting" if purchase.is_disputed or today < due_on else "due"


def end_of_window(paid_on: date, days: int) -> date:
    """Return the first day on which a reward is due.

    >>> end_of_window(date(2026, 3, 1), 14)
    datetime.date(2026, 3, 15)
    """
    return paid_on + timedelta(days=days)


def is_lapsed(bound_on: date, days: int, today: date) -> bool:
    """Tell whether a referral waited too long for an order. 0 days: it never does.

    >>> is_lapsed(date(2026, 3, 1), 14, date(2026, 3, 15))
    False
    >>> is_lapsed(date(2026, 3, 1), 14, date(2026, 3, 16))
    True
    """
    return days > 0 and today > bound_on + timedelta(days=days)
