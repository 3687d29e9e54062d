"""Write an imported purchase history into the journal, and take it back."""

from odoo.tools import SQL

_JOURNAL_COLUMNS = SQL(
    """
               company_id, currency_id, partner_id, commercial_partner_id, kind, event,
               date, amount, order_count, document_amount, document_currency_id,
               document_rate, source_model, source_id, source_ref, source_key,
               revision, country_id, team_id, quantity,
               create_uid, create_date, write_uid, write_date"""
)


def book_documents(env, purchase_import, rates: str) -> SQL:
    """Book each new document with the sum of its lines, as of its first day.

    What is worth nothing is not booked. Returns a row for each that is.

    :param purchase_import: the ``member.import``, its customers all found
    :param rates: JSON list of objects with currency_id, date and rate for each
        foreign currency and day
    """
    company = purchase_import.company_id
    return SQL(
        """
        WITH document AS (%(documents)s
        )
        INSERT INTO member_activity (%(columns)s)
        SELECT %(company_id)s, %(currency_id)s, partner.id,
               partner.commercial_partner_id, 'purchase', 'imported',
               document.date, company_amount, (company_amount > 0)::int,
               document_amount, document.currency_id, document.rate,
               'member.import', %(import_id)s, document.number,
               'import,' || document.number, %(revision)s, member.country_id, NULL, 0,
               %(user_id)s, %(now)s, %(user_id)s, %(now)s
          FROM document
          JOIN res_partner partner ON partner.id = document.partner_id
          JOIN res_partner member ON member.id = partner.commercial_partner_id
         WHERE company_amount <> 0
      ORDER BY document.date, document.number
     RETURNING id
        """,
        documents=_converted_documents(purchase_import, rates),
        columns=_JOURNAL_COLUMNS,
        company_id=company.id,
        currency_id=company.currency_id.id,
        import_id=purchase_import.id,
        revision=_next_revision(company.id),
        user_id=env.uid,
        now=env.cr.now(),
        to_flush=_read_fields(env),
    )


def analyze_journal() -> SQL:
    """Let the planner know how much there is now; an evaluation comes next."""
    return SQL("ANALYZE member_activity, member_membership")


def _converted_documents(purchase_import, rates: str) -> SQL:
    """Sum the parts of each new document and convert it at its day's rate.

    Both amounts are rounded half up, each to the steps of its currency.
    """
    return SQL(
        """
              SELECT summed.*,
                     COALESCE(rate.rate, 1) AS rate,
                     round(summed.amount * COALESCE(rate.rate, 1) / %(rounding)s)
                         * %(rounding)s AS company_amount,
                     round(summed.amount / currency.rounding) * currency.rounding
                         AS document_amount
                FROM (SELECT document AS number,
                             min(currency_id) AS currency_id,
                             min(date) + %(moved_days)s AS date,
                             sum(amount) AS amount,
                             min(partner_id) AS partner_id
                        FROM member_import_part
                       WHERE import_id = %(import_id)s
                         AND outcome = 'new'
                    GROUP BY document) summed
                JOIN res_currency currency ON currency.id = summed.currency_id
           LEFT JOIN jsonb_to_recordset(%(rates)s::jsonb)
                         AS rate (currency_id int, date date, rate numeric)
                  ON rate.currency_id = summed.currency_id
                 AND rate.date = summed.date""",
        rounding=_as_numeric(purchase_import.company_id.currency_id.rounding),
        moved_days=purchase_import.moved_days,
        import_id=purchase_import.id,
        rates=rates,
    )


def _next_revision(company_id: int) -> SQL:
    """Return the number after the last row that the journal has of a document."""
    return SQL(
        """
               1 + COALESCE((SELECT max(earlier.revision)
                               FROM member_activity earlier
                              WHERE earlier.company_id = %s
                                AND earlier.kind = 'purchase'
                                AND earlier.source_key
                                    = 'import,' || document.number), 0)""",
        company_id,
    )


def _as_numeric(number: float) -> SQL:
    """Return a float as the exact decimal that it is written as."""
    return SQL("%s::numeric", repr(number))


def take_back_documents(env, import_id: int, company_id: int) -> SQL:
    """Book the opposite of everything an import booked, each at its own date.

    What was reversed by hand meanwhile is not taken back a second time. Returns a
    row for each document.
    """
    return SQL(
        """
        WITH booked AS (%(booked)s
        )
        INSERT INTO member_activity (%(columns)s)
        SELECT company_id, currency_id, partner_id, commercial_partner_id, kind,
               'import_undone', date,
               - booked.amount - COALESCE(by_hand.amount, 0),
               - booked.order_count - COALESCE(by_hand.order_count, 0),
               - booked.document_amount - COALESCE(by_hand.document_amount, 0),
               document_currency_id, document_rate, source_model, source_id,
               source_ref, source_key, revision + 1, country_id, team_id, 0,
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
     RETURNING id
        """,
        booked=_last_word_of_import(import_id),
        columns=_JOURNAL_COLUMNS,
        company_id=company_id,
        user_id=env.uid,
        now=env.cr.now(),
        to_flush=_read_fields(env),
    )


def _last_word_of_import(import_id: int) -> SQL:
    """Find the rows an import booked that nothing has followed."""
    return SQL(
        """
              SELECT activity.*
                FROM member_activity activity
               WHERE activity.source_model = 'member.import'
                 AND activity.source_id = %s
                 AND activity.event = 'imported'
                 AND NOT EXISTS (
                        SELECT 1
                          FROM member_activity later
                         WHERE later.company_id = activity.company_id
                           AND later.kind = activity.kind
                           AND later.source_key = activity.source_key
                           AND later.revision > activity.revision
                     )""",
        import_id,
    )


def _read_fields(env) -> tuple:
    """Return the fields whose pending writes the journal rows are made from."""
    return (
        env["res.partner"]._fields["commercial_partner_id"],
        env["res.partner"]._fields["country_id"],
        env["member.activity"]._fields["amount"],
        env["member.activity"]._fields["source_key"],
    )
