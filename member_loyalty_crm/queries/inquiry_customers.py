"""Who has the mail address of an inquiry, or the domain of it."""

from collections.abc import Sequence

from odoo.tools import SQL

from odoo.addons.member_loyalty.queries import pending


def contacts_of_mails(env, company_id: int, mails: Sequence[str]) -> SQL:
    """Find the contacts with one of these normalized addresses, all of a company too.

    Archived contacts, those of other companies and the company's own staff are left
    out. Columns: address, contact, commercial entity, member of both or null.
    """
    return SQL(
        """
          SELECT contact.email_normalized, contact.id, contact.commercial_partner_id,
                 member.partner_id
            FROM res_partner contact
       LEFT JOIN LATERAL (%(member)s) member ON TRUE
           WHERE contact.email_normalized = ANY(%(mails)s)
             AND contact.active
             AND COALESCE(contact.company_id, %(company_id)s) = %(company_id)s
             AND NOT EXISTS (
                    SELECT 1
                      FROM res_users employee
                     WHERE employee.partner_id = contact.id
                       AND employee.share IS FALSE
                 )
        ORDER BY contact.id
        """,
        member=_member_of(company_id),
        mails=list(mails),
        company_id=company_id,
        to_flush=_read_fields(env),
    )


def companies_of_domains(env, company_id: int, domains: Sequence[str]) -> SQL:
    """Find the member companies that have contacts with an address in these domains.

    Columns: domain, commercial entity, member.
    """
    return SQL(
        """
          SELECT DISTINCT split_part(contact.email_normalized, '@', 2),
                 contact.commercial_partner_id, member.partner_id
            FROM res_partner contact
            JOIN res_partner company ON company.id = contact.commercial_partner_id
      CROSS JOIN LATERAL (%(member)s) member
           WHERE split_part(contact.email_normalized, '@', 2) = ANY(%(domains)s)
             AND contact.email_normalized IS NOT NULL
             AND contact.active
             AND company.active
             AND company.is_company
             AND COALESCE(contact.company_id, %(company_id)s) = %(company_id)s
        ORDER BY 1, 2
        """,
        member=_member_of(company_id),
        domains=list(domains),
        company_id=company_id,
        to_flush=_read_fields(env),
    )


def _member_of(company_id: int) -> SQL:
    """Return the member that the row ``contact`` is or belongs to."""
    return SQL(
        """
                    SELECT membership.partner_id
                      FROM member_membership membership
                     WHERE membership.partner_id
                           IN (contact.id, contact.commercial_partner_id)
                       AND membership.company_id = %(company_id)s
                       AND membership.active
                  ORDER BY membership.program_id, membership.partner_id
                     LIMIT 1""",
        company_id=company_id,
    )


def _read_fields(env) -> list:
    """Return the fields whose pending writes are looked at."""
    names = ("email_normalized", "commercial_partner_id", "active", "is_company")
    return [
        *pending.memberships(env),
        *(env["res.partner"]._fields[name] for name in (*names, "company_id")),
        env["res.users"]._fields["share"],
    ]
