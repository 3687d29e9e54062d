"""Whose inquiry it is, and how that is known.

A mail from an address that two members use ties the inquiry to neither of them:

>>> ann, bob = Match(7, 5, 5), Match(9, 8, 8)
>>> find_customer(Evidence(by_mail=(ann,)))
Tie(partner_id=7, link='mail', doubt=None)
>>> find_customer(Evidence(by_mail=(ann, bob)))
Tie(partner_id=None, link=None, doubt='several_mail')
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A contact who has the mail address of an inquiry, or its domain.

    :param company_id: the commercial entity that the contact belongs to
    :param member_id: who of both is the member; None when neither is
    """

    contact_id: int
    company_id: int
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of who asks.

    :param customer: the contact on the lead, if there is one
    :param by_mail: contacts with the very address of the inquiry
    :param by_domain: contacts whose address has its domain, which is a company's own
    """

    customer: Match | None = None
    by_mail: tuple[Match, ...] = ()
    by_domain: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """Whose inquiry it is; ``doubt`` says why nobody's when several might be meant."""

    partner_id: int | None = None
    link: str | None = None
    doubt: str | None = None


def find_customer(evidence: Evidence) -> Tie:
    """Return whose inquiry it is by what is known, the surest first.

    The contact on the lead counts whoever put it there. Then the address of a contact;
    of several, members come first, and there must be one. Then the domain, when exactly
    one member company has it.

    >>> lead = Evidence(customer=Match(7, 5), by_mail=(Match(8, 5),))
    >>> find_customer(lead)
    Tie(partner_id=7, link='mail', doubt=None)
    """
    if evidence.customer:
        same = {match.company_id for match in evidence.by_mail}
        known = evidence.customer.company_id in same
        return Tie(evidence.customer.contact_id, "mail" if known else "hand")
    if evidence.by_mail:
        return _by_mail(evidence.by_mail)
    return _by_domain(evidence.by_domain)


def _by_mail(matches: tuple[Match, ...]) -> Tie:
    members = [match for match in matches if match.member_id]
    meant = {match.member_id for match in members}
    if not members:
        members = list(matches)
        meant = {match.company_id for match in matches}
    if len(meant) > 1:
        return Tie(doubt="several_mail")
    return Tie(min(match.contact_id for match in members), "mail")


def _by_domain(matches: tuple[Match, ...]) -> Tie:
    companies = {match.company_id for match in matches if match.member_id}
    if len(companies) > 1:
        return Tie(doubt="several_domain")
    return Tie(*companies, "domain") if companies else Tie()
