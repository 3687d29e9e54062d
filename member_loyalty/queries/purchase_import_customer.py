"""Find the customers of an imported history among the contacts."""

from collections.abc import Sequence

from odoo.tools import SQL


def forget_matches(import_id: int) -> SQL:
    """Begin the search for customers afresh."""
    return SQL(
        """
        UPDATE member_import_part
           SET partner_id = NULL, matched_by = NULL
         WHERE import_id = %s
           AND partner_id IS NOT NULL
        """,
        import_id,
    )


def match_by_ref(env, import_id: int, company_ids: Sequence[int]) -> SQL:
    """Find customers by reference, archived ones too, active ones first."""
    return _match(
        env,
        import_id,
        "ref",
        SQL("customer_ref"),
        SQL(
            """
              SELECT DISTINCT ON (ref) ref AS word, id
                FROM res_partner
               WHERE ref IN (SELECT customer_ref
                               FROM member_import_part
                              WHERE import_id = %(import_id)s)
                 AND ref <> ''
                 AND (company_id IS NULL OR company_id = ANY(%(company_ids)s))
            ORDER BY ref, active DESC, company_id NULLS LAST, parent_id NULLS FIRST, id
            """,
            import_id=import_id,
            company_ids=list(company_ids),
        ),
    )


def match_by_mail(env, import_id: int, company_ids: Sequence[int]) -> SQL:
    """Find those without a known reference by mail address."""
    return _match(
        env,
        import_id,
        "mail",
        SQL("customer_email"),
        SQL(
            """
              SELECT DISTINCT ON (email_normalized) email_normalized AS word, id
                FROM res_partner
               WHERE email_normalized IN (SELECT customer_email
                                            FROM member_import_part
                                           WHERE import_id = %(import_id)s
                                             AND partner_id IS NULL
                                             AND customer_email <> '')
                 AND (company_id IS NULL OR company_id = ANY(%(company_ids)s))
            ORDER BY email_normalized, active DESC, company_id NULLS LAST,
                     parent_id NULLS FIRST, id
            """,
            import_id=import_id,
            company_ids=list(company_ids),
        ),
    )


def match_by_name(env, import_id: int, company_id: int) -> SQL:
    """Find those with nothing but a name among the contacts that imports created.

    Any other contact of that name may be somebody else.
    """
    return _match(
        env,
        import_id,
        "name",
        SQL(
            "CASE WHEN customer_ref = '' AND customer_email = ''"
            " THEN lower(customer_name) END"
        ),
        SQL(
            """
              SELECT DISTINCT ON (lower(partner.name))
                     lower(partner.name) AS word, partner.id
                FROM member_import_created_partner_rel created
                JOIN member_import import ON import.id = created.import_id
                JOIN res_partner partner ON partner.id = created.partner_id
               WHERE import.company_id = %(company_id)s
                 AND COALESCE(partner.ref, '') = ''
                 AND COALESCE(partner.email, '') = ''
            ORDER BY lower(partner.name), partner.active DESC, partner.id
            """,
            company_id=company_id,
        ),
    )


def _match(env, import_id: int, way: str, word: SQL, partners: SQL) -> SQL:
    """Give the parts whose customer is not yet known the partner of the same word."""
    return SQL(
        """
        WITH known AS (%(partners)s
        ), found AS (
              SELECT part.customer_key, min(known.id) AS partner_id
                FROM member_import_part part
                JOIN known ON known.word = %(word)s
               WHERE part.import_id = %(import_id)s
                 AND part.partner_id IS NULL
                 AND part.outcome = 'new'
            GROUP BY part.customer_key
        )
        UPDATE member_import_part part
           SET partner_id = found.partner_id, matched_by = %(way)s
          FROM found
         WHERE part.import_id = %(import_id)s
           AND part.customer_key = found.customer_key
        """,
        partners=partners,
        word=word,
        import_id=import_id,
        way=way,
        to_flush=[
            env["res.partner"]._fields[name]
            for name in ("ref", "email", "email_normalized", "active", "company_id")
        ],
    )


def unknown_customers(import_id: int, has_ref: bool) -> SQL:
    """List the customers that no contact was found for, in the order of the file.

    Their latest document decides where they say different things.
    Columns: key, reference, mail, name, country.
    """
    return SQL(
        """
          SELECT customer_key,
                 customer_ref,
                 COALESCE((array_agg(customer_email ORDER BY date DESC, first_line DESC)
                              FILTER (WHERE customer_email <> ''))[1], ''),
                 COALESCE((array_agg(customer_name ORDER BY date DESC, first_line DESC)
                              FILTER (WHERE customer_name <> ''))[1], ''),
                 (array_agg(country_id ORDER BY date DESC, first_line DESC)
                     FILTER (WHERE country_id IS NOT NULL))[1]
            FROM member_import_part
           WHERE import_id = %(import_id)s
             AND outcome = 'new'
             AND partner_id IS NULL
             AND (customer_ref <> '') = %(has_ref)s
        GROUP BY customer_key, customer_ref
        ORDER BY min(first_line)
        """,
        import_id=import_id,
        has_ref=has_ref,
    )


def set_created_customers(import_id: int, rows: str) -> SQL:
    """Give the parts the partners that were created for them.

    :param rows: JSON list of objects with ``customer_key`` and ``partner_id``
    """
    return SQL(
        """
        UPDATE member_import_part part
           SET partner_id = created.partner_id, matched_by = 'created'
          FROM jsonb_to_recordset(%(rows)s::jsonb)
                   AS created (customer_key text, partner_id int)
         WHERE part.import_id = %(import_id)s
           AND part.customer_key = created.customer_key
        """,
        import_id=import_id,
        rows=rows,
    )


def customers(import_id: int) -> SQL:
    """Find the customers of the new documents."""
    return SQL(
        """
          SELECT DISTINCT partner_id
            FROM member_import_part
           WHERE import_id = %s
             AND outcome = 'new'
        ORDER BY partner_id
        """,
        import_id,
    )


def archived_by_undo(env, import_id: int) -> SQL:
    """Find the customers of an import that the undoing of another one archived."""
    return SQL(
        """
          SELECT DISTINCT partner.id
            FROM member_import_part part
            JOIN res_partner partner ON partner.id = part.partner_id
            JOIN member_import_archived_partner_rel archived
              ON archived.partner_id = partner.id
           WHERE part.import_id = %s
             AND part.outcome = 'new'
             AND NOT partner.active
        ORDER BY partner.id
        """,
        import_id,
        to_flush=(env["res.partner"]._fields["active"],),
    )
