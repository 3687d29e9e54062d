"""Find products by their names, and inquiries that repeat or copy others."""

from odoo.tools import SQL

MATCHES_AT_ONCE = 1000
_COMPARED = (
    "company_id",
    "create_date",
    "email_normalized",
    "email_domain_criterion",
    "partner_id",
    "member_inquiry_state",
    "member_inquiry_text_print",
    "member_inquiry_lines_print",
)


def products_by_name(env, names: list[str]) -> SQL:
    """Return rows of a product template and the name it was found by.

    A name in any language of the product that is one of ``names``, in any case. The
    index on all names answers, however many products there are.

    :param names: in small letters
    """
    template = env["product.template"]
    return SQL(
        """
          SELECT template.id, named.name
            FROM product_template template
      CROSS JOIN LATERAL (
                   SELECT jsonb_array_elements_text(
                            lower(jsonb_path_query_array(
                              template.name, '$.*')::text)::jsonb
                          ) AS name
                 ) named
           WHERE template.active
             AND template.sale_ok
             AND lower(jsonb_path_query_array(template.name, '$.*')::text)::jsonb
                 ?| %(names)s
             AND named.name = ANY(%(names)s)
        ORDER BY template.id
           LIMIT %(limit)s
        """,
        names=names,
        limit=MATCHES_AT_ONCE,
        to_flush=[template._fields[name] for name in ("name", "active", "sale_ok")],
    )


def same_inquiries(env, company_id: int, prints: list[str], since) -> SQL:
    """Return the inquiries of a company since a moment that have a fingerprint.

    Rows of the lead, its two fingerprints, who sent it and what it was taken for.

    :param prints: of texts and of lines
    :param datetime since: in UTC
    """
    lead = env["crm.lead"]
    return SQL(
        """
          SELECT lead.id,
                 lead.member_inquiry_text_print,
                 lead.member_inquiry_lines_print,
                 lead.email_normalized,
                 lead.email_domain_criterion,
                 partner.commercial_partner_id,
                 lead.member_inquiry_state
            FROM crm_lead lead
       LEFT JOIN res_partner partner ON partner.id = lead.partner_id
           WHERE (lead.member_inquiry_text_print = ANY(%(prints)s)
                  OR lead.member_inquiry_lines_print = ANY(%(prints)s))
             AND lead.create_date >= %(since)s
             AND (lead.company_id = %(company_id)s OR lead.company_id IS NULL)
        ORDER BY lead.id
           LIMIT %(limit)s
        """,
        prints=prints,
        since=since,
        company_id=company_id,
        limit=MATCHES_AT_ONCE,
        to_flush=[
            *(lead._fields[name] for name in _COMPARED),
            env["res.partner"]._fields["commercial_partner_id"],
        ],
    )
