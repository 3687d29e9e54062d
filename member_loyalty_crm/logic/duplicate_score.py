"""How sure it is that two contacts are the same customer, reason by reason.

>>> one = Contact(1, "Lumen Lighting GmbH", vat="DE 129 273 398", country="DE")
>>> two = Contact(2, "LUMEN lighting", vat="de129273398", country="DE")
>>> found = score(one, two)
>>> found.points, found.level, [(why.kind, why.points) for why in found.reasons]
(100, 'sure', [('vat', 60), ('same_name', 40)])
>>> three = Contact(3, "Lumen Lighting", vat="DE811569869", country="DE")
>>> score(two, three).level is None
True
"""

import re
from dataclasses import dataclass

from .duplicate_names import WORD, dice, name_key, normalise, similarity

LEVELS = (("sure", 80), ("likely", 60), ("possible", 40))
LOWEST = 40
HIGHEST = 100
SHORTEST_PHONE = 7  # digits; shorter ones are extensions
PHONE_TAIL = 9  # digits compared, for one may lack the country's
SAME_STREET = 0.6
POINTS = {
    "vat": 60,
    "mail": 45,
    "phone": 30,
    "domain": 20,
    "same_name": 40,
    "alike_name": 30,
    "similar_name": 20,
    "address": 15,
    "other_name": -20,
    "other_vat": -60,
    "other_country": -25,
    "other_kind": -10,
}
ALIKE = ((1.0, "same_name"), (0.95, "alike_name"), (0.88, "similar_name"))
UNLIKE = 0.7
SHORT = 4  # letters; such names of people are no evidence by themselves
LETTERS = re.compile(r"[A-Z]{2}(?=[A-Z]?\d)")


@dataclass(frozen=True, slots=True)
class Contact:
    """What is compared of a contact, as it was entered.

    ``phone``: the number in international form where Odoo could tell it.
    ``country``: two letters. ``is_company``: a company, not a person.
    """

    contact_id: int
    name: str = ""
    mail: str = ""
    phone: str = ""
    vat: str = ""
    country: str = ""
    zip: str = ""
    city: str = ""
    street: str = ""
    is_company: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for it or against it: points, and what is shared."""

    kind: str
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The result: 0 to 100, and its level (None: not worth a look)."""

    points: int
    level: str | None
    reasons: tuple[Reason, ...]


def score(one: Contact, other: Contact, free_domains=frozenset()) -> Score:
    """Return how sure it is that two contacts are one customer.

    The points of all reasons are added up and kept within 0 and 100.

    :param one: a contact
    :param other: another contact
    :param free_domains: mail domains that anybody can have an address at
    :return: from 40 points on possible, from 60 likely, from 80 sure
    """
    reasons = [
        *_compare_vat(one, other),
        *_compare_mail(one, other, free_domains),
        *_compare_phone(one, other),
        *_compare_name(one, other),
        *_compare_address(one, other),
        *_compare_kind(one, other),
    ]
    points = min(HIGHEST, max(0, sum(reason.points for reason in reasons)))
    level = next((name for name, least in LEVELS if points >= least), None)
    return Score(points, level, tuple(reasons))


def normalise_vat(vat: str | None, country: str = "") -> str:
    """Return a tax number without blanks, dots and the country's letters.

    >>> normalise_vat("de 129.273.398", "DE"), normalise_vat("/"), normalise_vat(None)
    ('129273398', '', '')
    """
    bare = "".join(WORD.findall((vat or "").upper()))
    if country:
        return bare.removeprefix(country.upper())
    return LETTERS.sub("", bare, count=1) if LETTERS.match(bare) else bare


def normalise_phone(phone: str | None) -> str:
    """Return the last nine digits of a number, nothing for one that is too short.

    >>> normalise_phone("+49 (0)30 1234567"), normalise_phone("030/1234567")
    ('301234567', '301234567')
    >>> normalise_phone("12")
    ''
    """
    digits = "".join(one for one in phone or "" if one.isdecimal())
    return digits[-PHONE_TAIL:] if len(digits) >= SHORTEST_PHONE else ""


def mail_domain(mail: str | None, free_domains=frozenset()) -> str:
    """Return the domain of an address, nothing for those that anybody can have.

    >>> mail_domain("Ada@Lumen.TEST"), mail_domain("ada@gmail.com", {"gmail.com"})
    ('lumen.test', '')
    """
    _name, at, domain = (mail or "").strip().lower().rpartition("@")
    return domain if at and domain not in free_domains else ""


def address_words(contact: Contact) -> frozenset[str]:
    """Return the words of a street, without accents, case and order."""
    return frozenset(normalise(contact.street).split())


def keys(contact: Contact, free_domains=frozenset()) -> tuple[tuple[str, str], ...]:
    """Return what another contact must share with this one to be compared at all.

    >>> keys(Contact(1, "Lumen Ltd", mail="a@lumen.test"))
    (('mail', 'a@lumen.test'), ('domain', 'lumen.test'), ('name', 'lumen'))
    """
    name = name_key(contact.name)
    zip_code = "".join(WORD.findall(contact.zip or "")).lower()
    found = (
        ("vat", normalise_vat(contact.vat, contact.country)),
        ("mail", (contact.mail or "").strip().lower()),
        ("domain", mail_domain(contact.mail, free_domains)),
        ("phone", normalise_phone(contact.phone)),
        ("name", name),
        ("place", f"{zip_code} {name[:3]}" if zip_code and name else ""),
    )
    return tuple((kind, key) for kind, key in found if key)


def _compare_vat(one, other):
    left = normalise_vat(one.vat, one.country)
    right = normalise_vat(other.vat, other.country)
    if not left or not right:
        return []
    same_country = not one.country or not other.country or one.country == other.country
    if left == right and same_country:
        return [_reason("vat", one.vat)]
    return [_reason("other_vat")] if same_country else []


def _compare_mail(one, other, free_domains):
    left, right = (contact.mail.strip().lower() for contact in (one, other))
    if left and left == right:
        return [_reason("mail", left)]
    domain = mail_domain(left, free_domains)
    if domain and domain == mail_domain(right, free_domains):
        return [_reason("domain", domain)]
    return []


def _compare_phone(one, other):
    number = normalise_phone(one.phone)
    if number and number == normalise_phone(other.phone):
        return [_reason("phone", one.phone)]
    return []


def _compare_name(one, other):
    left, right = normalise(one.name), normalise(other.name)
    alike = similarity(left, right)
    kind = next((kind for least, kind in ALIKE if alike >= least), None)
    if kind is None:
        return [_reason("other_name")] if alike < UNLIKE else []
    points = POINTS[kind]
    if not (one.is_company and other.is_company) and _is_common(left):
        points //= 2
    return [Reason(kind, points, f"{round(alike * 100)}")]


def _is_common(name):
    """Tell whether many people can have this name: one word, or a few letters."""
    return " " not in name or len(name) <= SHORT


def _compare_address(one, other):
    if not (one.zip and other.zip) or one.zip.strip() != other.zip.strip():
        return []
    if dice(address_words(one), address_words(other)) < SAME_STREET:
        return []
    return [_reason("address", " ".join(part for part in (one.zip, one.city) if part))]


def _compare_kind(one, other):
    reasons = []
    if one.country and other.country and one.country != other.country:
        reasons.append(_reason("other_country"))
    if one.is_company != other.is_company:
        reasons.append(_reason("other_kind"))
    return reasons


def _reason(kind, value=""):
    return Reason(kind, POINTS[kind], value)
