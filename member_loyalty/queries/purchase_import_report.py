"""What a checked file comes to: documents, customers, sums, period, problems."""

from datetime import date

from odoo.tools import SQL


def document_figures(import_id: int) -> SQL:
    """Count the documents by what becomes of them.

    Columns: new, of them worth nothing, of them with a refused line, known from an
    earlier import, set aside as contradictory; first and last day of the new ones.
    """
    return SQL(
        """
        WITH document AS (
              SELECT document, min(outcome) AS outcome, min(date) AS date,
                     round(sum(amount) / min(currency.rounding)) AS worth
                FROM member_import_part
                JOIN res_currency currency ON currency.id = currency_id
               WHERE import_id = %(import_id)s
                 AND outcome <> 'repeated_document'
            GROUP BY document
        ), poorer AS (
              SELECT DISTINCT document
                FROM member_import_line
               WHERE import_id = %(import_id)s
                 AND is_refused
                 AND problem NOT IN ('duplicate_document', 'repeated_document')
        )
          SELECT count(*) FILTER (WHERE outcome = 'new'),
                 count(*) FILTER (WHERE outcome = 'new' AND worth = 0),
                 count(*) FILTER (WHERE outcome = 'new' AND document IN (
                                      SELECT document FROM poorer)),
                 count(*) FILTER (WHERE outcome = 'duplicate_document'),
                 count(*) FILTER (WHERE outcome IN ('customer_conflict',
                                                    'currency_conflict')),
                 min(date) FILTER (WHERE outcome = 'new'),
                 max(date) FILTER (WHERE outcome = 'new')
            FROM document
        """,
        import_id=import_id,
    )


def currency_totals(import_id: int) -> SQL:
    """Sum the new documents by currency.

    Columns: currency code, documents, purchases, cancellations, both together.
    """
    return SQL(
        """
        WITH document AS (
              SELECT document, currency_id, sum(amount) AS amount
                FROM member_import_part
               WHERE import_id = %(import_id)s
                 AND outcome = 'new'
            GROUP BY document, currency_id
        )
          SELECT currency.name,
                 count(*),
                 COALESCE(sum(amount) FILTER (WHERE amount > 0), 0),
                 COALESCE(sum(amount) FILTER (WHERE amount < 0), 0),
                 sum(amount)
            FROM document
            JOIN res_currency currency ON currency.id = document.currency_id
        GROUP BY currency.name
        ORDER BY currency.name
        """,
        import_id=import_id,
    )


def customer_figures(import_id: int) -> SQL:
    """Count the customers of the new documents.

    Columns: how they were found (empty for those to be created), customers.
    """
    return SQL(
        """
          SELECT COALESCE(matched_by, ''),
                 count(DISTINCT customer_key)
            FROM member_import_part part
           WHERE import_id = %(import_id)s
             AND outcome = 'new'
             AND NOT (matched_by IS NULL
                      AND customer_ref = ''
                      AND customer_email <> ''
                      AND EXISTS (SELECT 1
                                    FROM member_import_part named
                                   WHERE named.import_id = %(import_id)s
                                     AND named.outcome = 'new'
                                     AND named.customer_ref <> ''
                                     AND named.customer_email = part.customer_email))
        GROUP BY 1
        """,
        import_id=import_id,
    )


def problem_figures(import_id: int) -> SQL:
    """Count the problems by kind.

    Columns: kind, whether it keeps lines out, lines, the first of them.
    """
    return SQL(
        """
          SELECT problem, bool_or(is_refused), count(*), min(line_number)
            FROM member_import_line
           WHERE import_id = %s
        GROUP BY problem
        ORDER BY bool_or(is_refused) DESC, count(*) DESC, problem
        """,
        import_id,
    )


def last_day(import_id: int) -> SQL:
    """Find the last day that any part of the file is dated."""
    return SQL(
        "SELECT max(date) FROM member_import_part WHERE import_id = %s", import_id
    )


def conversion_days(import_id: int, shift_days: int, currency_id: int) -> SQL:
    """Find the days for which each foreign currency has to be converted."""
    return SQL(
        """
        WITH document AS (
              SELECT currency_id, min(date) + %(shift_days)s AS date
                FROM member_import_part
               WHERE import_id = %(import_id)s
                 AND outcome = 'new'
                 AND currency_id <> %(currency_id)s
            GROUP BY document, currency_id
        )
        SELECT DISTINCT currency_id, date FROM document ORDER BY currency_id, date
        """,
        import_id=import_id,
        shift_days=shift_days,
        currency_id=currency_id,
    )


def rated_currencies(env, company_id: int) -> SQL:
    """Find the currencies that have a rate for a company (its topmost one)."""
    return SQL(
        """
        SELECT DISTINCT currency_id
          FROM res_currency_rate
         WHERE company_id IS NULL OR company_id = %s
        """,
        company_id,
        to_flush=(env["res.currency.rate"]._fields["rate"],),
    )


def old_problems(before: date, limit: int) -> SQL:
    """Find problem lines of imports that were last touched before a day."""
    return SQL(
        """
          SELECT line.id
            FROM member_import_line line
            JOIN member_import import ON import.id = line.import_id
           WHERE import.write_date < %(before)s
           LIMIT %(limit)s
        """,
        before=before,
        limit=limit,
    )
