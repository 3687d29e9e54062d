"""What leads say of quality inquiries, what the journal holds, where both differ."""

from collections.abc import Sequence

from odoo.tools import SQL


def _company_of_lead(default_company_id: int) -> SQL:
    """Return the company whose members' inquiry the row ``lead`` is.

    Leads may have none: then their team's, their salesperson's, or the first one that
    has a program.
    """
    return SQL(
        'COALESCE(lead.company_id, team.company_id, "user".company_id, %s)',
        default_company_id,
    )


def quality_inquiries(env, lead_ids: Sequence[int], default_company_id: int) -> SQL:
    """Read the leads that are a quality inquiry of somebody, archived ones too.

    Columns: lead, company, contact, commercial entity, day, the customer's country,
    sales team.
    """
    return SQL(
        """
          SELECT lead.id, %(company)s, contact.id, contact.commercial_partner_id,
                 lead.member_inquiry_on, member.country_id, lead.team_id
            FROM crm_lead lead
            JOIN res_partner contact ON contact.id = lead.member_inquiry_partner_id
            JOIN res_partner member ON member.id = contact.commercial_partner_id
       LEFT JOIN crm_team team ON team.id = lead.team_id
       LEFT JOIN res_users "user" ON "user".id = lead.user_id
           WHERE lead.id = ANY(%(lead_ids)s)
             AND lead.member_inquiry_state = 'quality'
             AND lead.member_inquiry_on IS NOT NULL
             AND %(company)s IS NOT NULL
        ORDER BY lead.id
        """,
        company=_company_of_lead(default_company_id),
        lead_ids=list(lead_ids),
        to_flush=read_fields(env),
    )


def booked_inquiries(env, lead_ids: Sequence[int]) -> SQL:
    """Read what the journal holds of the inquiries of leads, oldest first.

    Columns: lead, revision, company, contact, commercial entity, day, quantity,
    country, sales team.
    """
    return SQL(
        """
          SELECT source_id, revision, company_id, partner_id, commercial_partner_id,
                 date, quantity, country_id, team_id
            FROM member_activity
           WHERE kind = 'inquiry'
             AND source_key = ANY(%(source_keys)s)
        ORDER BY source_id, revision
        """,
        source_keys=[f"crm.lead,{lead_id}" for lead_id in lead_ids],
        to_flush=(env["member.activity"]._fields["quantity"],),
    )


def unbooked_inquiries(
    env,
    company_ids: Sequence[int],
    default_company_id: int,
    after: int,
    limit: int,
) -> SQL:
    """Find quality inquiries without any row in the journal of their company."""
    return SQL(
        """
          SELECT lead.id
            FROM crm_lead lead
       LEFT JOIN crm_team team ON team.id = lead.team_id
       LEFT JOIN res_users "user" ON "user".id = lead.user_id
           WHERE lead.member_inquiry_state = 'quality'
             AND lead.member_inquiry_partner_id IS NOT NULL
             AND lead.member_inquiry_on IS NOT NULL
             AND %(company)s = ANY(%(company_ids)s)
             AND lead.id > %(after)s
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_activity activity
                     WHERE activity.company_id = %(company)s
                       AND activity.kind = 'inquiry'
                       AND activity.source_key = 'crm.lead,' || lead.id
                 )
        ORDER BY lead.id
           LIMIT %(limit)s
        """,
        company=_company_of_lead(default_company_id),
        company_ids=list(company_ids),
        after=after,
        limit=limit,
        to_flush=(*read_fields(env), env["member.activity"]._fields["source_key"]),
    )


def read_fields(env) -> list:
    """Return the fields whose pending writes a look at the leads has to see."""
    names = {
        "crm.lead": (
            *("member_inquiry_state", "member_inquiry_on", "user_id"),
            *("member_inquiry_partner_id", "company_id", "team_id"),
        ),
        "res.partner": ("commercial_partner_id", "country_id"),
        "crm.team": ("company_id",),
        "res.users": ("company_id",),
    }
    return [env[model]._fields[name] for model in names for name in names[model]]
