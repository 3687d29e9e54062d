"""Whose inquiry it is, and how that is known."""

import pytest
from member_loyalty_crm_logic.inquiry_customer import (
    Evidence,
    Match,
    Tie,
    find_customer,
)

ANN = Match(contact_id=7, company_id=5, member_id=5)
PAL = Match(contact_id=6, company_id=5, member_id=5)
BOB = Match(contact_id=9, company_id=8, member_id=8)
CID = Match(contact_id=11, company_id=11)
DOT = Match(contact_id=12, company_id=12)


@pytest.mark.parametrize(
    "evidence, expected",
    [
        (Evidence(), Tie()),
        (Evidence(customer=ANN), Tie(7, "hand")),
        (Evidence(customer=ANN, by_mail=(ANN,)), Tie(7, "mail")),
        (Evidence(customer=ANN, by_mail=(PAL,)), Tie(7, "mail")),
        (Evidence(customer=ANN, by_mail=(BOB,)), Tie(7, "hand")),
        (Evidence(by_mail=(CID,)), Tie(11, "mail")),
        (Evidence(by_mail=(ANN, PAL)), Tie(6, "mail")),
        (Evidence(by_mail=(CID, ANN)), Tie(7, "mail")),
        (Evidence(by_mail=(ANN, BOB)), Tie(doubt="several_mail")),
        (Evidence(by_mail=(CID, DOT)), Tie(doubt="several_mail")),
        (Evidence(by_mail=(CID, DOT), by_domain=(ANN,)), Tie(doubt="several_mail")),
        (Evidence(by_domain=(ANN, PAL)), Tie(5, "domain")),
        (Evidence(by_domain=(ANN, CID)), Tie(5, "domain")),
        (Evidence(by_domain=(CID,)), Tie()),
        (Evidence(by_domain=(ANN, BOB)), Tie(doubt="several_domain")),
    ],
)
def test_the_surest_evidence_decides_and_doubt_ties_nobody(evidence, expected):
    assert find_customer(evidence) == expected
