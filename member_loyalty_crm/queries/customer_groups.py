"""Tier and segment of customers, brought into queries on contacts and documents."""

from collections.abc import Sequence

from odoo.tools import SQL

from odoo.addons.member_loyalty.queries import pending


def segments_of_contacts(
    env, company_id: int, member_level: str | None, partner_ids: Sequence[int]
) -> SQL:
    """Read the segments of contacts who are members, or belong to one.

    Columns: contact, segment.
    """
    return SQL(
        """
        SELECT contact.id, score.segment
          FROM res_partner contact
          JOIN member_score score ON score.partner_id = %(member)s
         WHERE contact.id = ANY(%(partner_ids)s)
           AND score.company_id = %(company_id)s
           AND score.segment IS NOT NULL
        """,
        member=_member("contact", member_level),
        partner_ids=list(partner_ids),
        company_id=company_id,
        to_flush=_read_fields(env),
    )


def score_of_contact(
    env, contact: str, score: str, company_id: int, member_level: str | None
) -> SQL:
    """Return the condition that joins contacts to their score in a company."""
    return SQL(
        "%(company)s = %(company_id)s AND %(partner)s = %(member)s",
        company=SQL.identifier(score, "company_id"),
        partner=SQL.identifier(score, "partner_id"),
        company_id=company_id,
        member=_member(contact, member_level),
        to_flush=_read_fields(env),
    )


def contacts_in_segments(
    env, company_id: int, member_level: str | None, segments: Sequence[str]
) -> SQL:
    """Return the query of the contacts who are in one of these segments."""
    return SQL(
        """
        (SELECT contact.id
           FROM member_score score
           JOIN res_partner contact ON %(member)s = score.partner_id
          WHERE score.company_id = %(company_id)s
            AND score.segment = ANY(%(segments)s))
        """,
        member=_member("contact", member_level),
        company_id=company_id,
        segments=list(segments),
        to_flush=_read_fields(env),
    )


def customer_of(model, document: str, customer: str) -> SQL:
    """Return the condition that joins documents of a model to their customers."""
    return SQL(
        "%s = %s",
        SQL.identifier(customer, "id"),
        SQL.identifier(document, "partner_id"),
        to_flush=(model._fields["partner_id"], model._fields["company_id"]),
    )


def held_by_customer(
    env,
    aliases: tuple[str, str, str],
    table: str,
    programs: Sequence[tuple[int, int, str | None]],
    own_company_id: int,
) -> SQL:
    """Return the condition that joins documents to what their customers hold.

    :param aliases: of the documents, their customers, and what is joined
    :param str table: of memberships or of scores
    :param programs: company, its first program and who is the member there
    :param own_company_id: the company that documents without one are looked at in
    """
    document, customer, held = aliases
    company = SQL.identifier(document, "company_id")
    own_document = SQL("COALESCE(%s, %s)", company, own_company_id)
    choices = [
        SQL(
            "(%s = %s AND %s AND %s = %s)",
            own_document if company_id == own_company_id else company,
            company_id,
            _held_there(held, table, company_id, program_id),
            SQL.identifier(held, "partner_id"),
            _member(customer, member_level),
        )
        for company_id, program_id, member_level in programs
    ]
    return SQL(
        "(%s)",
        SQL(" OR ").join(choices),
        to_flush=(*pending.memberships(env), *_read_fields(env)),
    )


def _held_there(held: str, table: str, company_id: int, program_id: int) -> SQL:
    """Return the condition that what is joined belongs to a company's program."""
    if table == "member_score":
        return SQL("%s = %s", SQL.identifier(held, "company_id"), company_id)
    return SQL(
        "%s = %s AND %s",
        SQL.identifier(held, "program_id"),
        program_id,
        SQL.identifier(held, "active"),
    )


def group_held(held: str, table: str) -> SQL:
    """Return the tier of joined memberships, or the segment of joined scores."""
    column = "tier_id" if table == "member_membership" else "segment"
    return SQL.identifier(held, column)


def _member(contact: str, member_level: str | None) -> SQL:
    """Return the column of a contact that says who the member is."""
    column = "id" if member_level == "contact" else "commercial_partner_id"
    return SQL.identifier(contact, column)


def _read_fields(env) -> list:
    """Return the fields whose pending writes a look at segments has to see."""
    names = ("segment", "company_id", "partner_id")
    return [
        *(env["member.score"]._fields[name] for name in names),
        env["res.partner"]._fields["commercial_partner_id"],
    ]
