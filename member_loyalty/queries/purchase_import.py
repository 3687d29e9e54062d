"""Write an imported purchase history into the journal, and take it back."""

from odoo.tools import SQL


def book_documents(env, purchase_import, rates: str) -> SQL:
    """Book each new document with the sum of its lines, as of its first day.

    What is worth nothing is not booked. Returns the commercial partner, partner
    and amount of each row.

    :param purchase_import: the ``member.import``, its customers all found
    :param rates: JSON list of objects with currency_id, date and rate for each
        foreign currency and day
    """
    company = purchase_import.company_id
    return SQL(
        """
        WITH document AS (
              SELECT document,
                     min(currency_id) AS currency_id,
                     min(date) + %(shift_days)s AS date,
                     sum(amount) AS amount,
                     min(partner_id) AS partner_id
                FROM member_import_part
               WHERE import_id = %(import_id)s
                 AND outcome = 'new'
            GROUP BY document
        ), rate AS (
              SELECT currency_id, date, rate
                FROM jsonb_to_recordset(%(rates)s::jsonb)
                         AS rate (currency_id int, date date, rate numeric)
        ), converted AS (
              SELECT document.*,
                     COALESCE(rate.rate, 1) AS rate,
                     round(document.amount * COALESCE(rate.rate, 1) / %(rounding)s)
                         * %(rounding)s AS company_amount,
                     round(document.amount / currency.rounding::numeric)
                         * currency.rounding::numeric AS document_amount
                FROM document
                JOIN res_currency currency ON currency.id = document.currency_id
           LEFT JOIN rate ON rate.currency_id = document.currency_id
                         AND rate.date = document.date
        )
        INSERT INTO member_activity (
               company_id, currency_id, partner_id, commercial_partner_id, kind, event,
               date, amount, order_count, document_amount, document_currency_id,
               document_rate, source_model, source_id, source_ref, source_key,
               revision, create_uid, create_date, write_uid, write_date)
        SELECT %(company_id)s, %(currency_id)s, partner.id,
               partner.commercial_partner_id, 'purchase', 'imported',
               converted.date, company_amount, (company_amount > 0)::int,
               document_amount, converted.currency_id, converted.rate,
               'member.import', %(import_id)s, converted.document,
               'import,' || converted.document,
               1 + COALESCE((SELECT max(revision)
                               FROM member_activity earlier
                              WHERE earlier.company_id = %(company_id)s
                                AND earlier.kind = 'purchase'
                                AND earlier.source_key
                                    = 'import,' || converted.document), 0),
               %(user_id)s, %(now)s, %(user_id)s, %(now)s
          FROM converted
          JOIN res_partner partner ON partner.id = converted.partner_id
         WHERE company_amount <> 0
      ORDER BY converted.date, converted.document
     RETURNING commercial_partner_id, partner_id, amount
        """,
        import_id=purchase_import.id,
        shift_days=purchase_import.shift_days,
        company_id=company.id,
        currency_id=company.currency_id.id,
        rounding=_as_numeric(company.currency_id.rounding),
        rates=rates,
        user_id=env.uid,
        now=env.cr.now(),
        to_flush=(
            env["res.partner"]._fields["commercial_partner_id"],
            env["member.activity"]._fields["amount"],
        ),
    )


def _as_numeric(number: float) -> SQL:
    """Return a float as the exact decimal that it is written as."""
    return SQL("%s::numeric", repr(number))


def take_back_documents(env, import_id: int, company_id: int) -> SQL:
    """Book the opposite of everything an import booked, each at its own date.

    What was reversed by hand meanwhile is not taken back a second time. Returns the
    commercial partner and partner of each row.
    """
    return SQL(
        """
        WITH booked AS (
              SELECT activity.*
                FROM member_activity activity
               WHERE activity.source_model = 'member.import'
                 AND activity.source_id = %(import_id)s
                 AND activity.event = 'imported'
                 AND NOT EXISTS (
                        SELECT 1
                          FROM member_activity later
                         WHERE later.company_id = activity.company_id
                           AND later.kind = activity.kind
                           AND later.source_key = activity.source_key
                           AND later.revision > activity.revision
                     )
        )
        INSERT INTO member_activity (
               company_id, currency_id, partner_id, commercial_partner_id, kind, event,
               date, amount, order_count, document_amount, document_currency_id,
               document_rate, source_model, source_id, source_ref, source_key,
               revision, create_uid, create_date, write_uid, write_date)
        SELECT booked.company_id, booked.currency_id, booked.partner_id,
               booked.commercial_partner_id, booked.kind, 'import_undone',
               booked.date,
               - booked.amount - COALESCE(by_hand.amount, 0),
               - booked.order_count - COALESCE(by_hand.order_count, 0),
               - booked.document_amount - COALESCE(by_hand.document_amount, 0),
               booked.document_currency_id, booked.document_rate, booked.source_model,
               booked.source_id, booked.source_ref, booked.source_key,
               booked.revision + 1,
               %(user_id)s, %(now)s, %(user_id)s, %(now)s
          FROM booked
     LEFT JOIN LATERAL (
                  SELECT sum(amount) AS amount, sum(order_count) AS order_count,
                         sum(document_amount) AS document_amount
                    FROM member_activity reversal
                   WHERE reversal.company_id = %(company_id)s
                     AND reversal.kind = 'purchase'
                     AND reversal.source_key = 'member.activity,' || booked.id
               ) by_hand ON TRUE
     RETURNING commercial_partner_id, partner_id, amount
        """,
        import_id=import_id,
        company_id=company_id,
        user_id=env.uid,
        now=env.cr.now(),
        to_flush=(env["member.activity"]._fields["source_key"],),
    )


def customers_left_with_nothing(env, import_id: int, references: SQL) -> SQL:
    """Find the customers an import created that nothing else mentions.

    :param references: condition that some other table mentions ``partner.id``
    """
    return SQL(
        """
          SELECT partner.id
            FROM member_import_created_partner_rel created
            JOIN res_partner partner ON partner.id = created.partner_id
           WHERE created.import_id = %(import_id)s
             AND partner.active
             AND NOT EXISTS (SELECT 1
                               FROM res_users
                              WHERE res_users.partner_id = partner.id)
             AND NOT EXISTS (SELECT 1
                               FROM res_partner child
                              WHERE child.parent_id = partner.id)
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_activity activity
                     WHERE activity.commercial_partner_id = partner.id
                       AND NOT (activity.source_model = 'member.import'
                                AND activity.source_id = %(import_id)s)
                       AND NOT %(is_undone)s
                 )
             AND NOT (%(references)s)
        ORDER BY partner.id
        """,
        import_id=import_id,
        is_undone=_is_undone(),
        references=references,
        to_flush=(env["res.partner"]._fields["active"],),
    )


def memberships_left_with_nothing(env, import_id: int) -> SQL:
    """Find the memberships that began with an import and have no purchase left."""
    return SQL(
        """
          SELECT membership.id
            FROM member_import_membership_rel enrolled
            JOIN member_membership membership ON membership.id = enrolled.membership_id
           WHERE enrolled.import_id = %(import_id)s
             AND membership.active
             AND membership.joined_by = 'import'
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_activity activity
                     WHERE activity.company_id = membership.company_id
                       AND (activity.commercial_partner_id = membership.partner_id
                            OR activity.partner_id = membership.partner_id)
                       AND NOT %(is_undone)s
                 )
        ORDER BY membership.id
        """,
        import_id=import_id,
        is_undone=_is_undone(),
        to_flush=(env["member.membership"]._fields["active"],),
    )


def _is_undone() -> SQL:
    """Tell whether an ``activity`` came by an import and was taken back, or does so."""
    return SQL(
        """
        (activity.source_model = 'member.import'
         AND EXISTS (
                SELECT 1
                  FROM member_activity undoing
                 WHERE undoing.company_id = activity.company_id
                   AND undoing.kind = activity.kind
                   AND undoing.source_key = activity.source_key
                   AND undoing.event = 'import_undone'
                   AND undoing.revision >= activity.revision
             ))
        """
    )


def mentions_of_partner(tables: list[tuple[str, str]]) -> SQL:
    """Return the condition that one of these table columns mentions ``partner.id``."""
    return SQL(" OR ").join(
        SQL(
            "EXISTS (SELECT 1 FROM %s WHERE %s = partner.id)",
            SQL.identifier(table),
            SQL.identifier(table, column),
        )
        for table, column in tables
    )
