"""Keep what a file says until it is imported, and sort out what may not be.

A file is read in stretches; each stretch leaves a row per document and customer
(``member_import_part``) and a row per problem (``member_import_line``).
"""

from odoo.tools import SQL


def insert_parts(import_id: int, rows: str) -> SQL:
    """Keep the parts of a stretch.

    :param rows: JSON list of objects, named like the columns
    """
    return SQL(
        """
        INSERT INTO member_import_part (
               import_id, first_line, line_count, document, customer_key,
               customer_ref, customer_email, customer_name, country_id, currency_id,
               date, amount, outcome)
        SELECT %(import_id)s, first_line, line_count, document, customer_key,
               customer_ref, customer_email, customer_name, country_id, currency_id,
               date, amount, 'new'
          FROM jsonb_to_recordset(%(rows)s::jsonb) AS part (
                   first_line int, line_count int, document text, customer_key text,
                   customer_ref text, customer_email text, customer_name text,
                   country_id int, currency_id int, date date, amount numeric)
        """,
        import_id=import_id,
        rows=rows,
    )


def insert_problems(import_id: int, rows: str) -> SQL:
    """Keep the problems of a stretch.

    :param rows: JSON list of objects, named like the columns
    """
    return SQL(
        """
        INSERT INTO member_import_line (
               import_id, line_number, problem, is_refused, document, excerpt)
        SELECT %(import_id)s, line_number, problem, is_refused, document, excerpt
          FROM jsonb_to_recordset(%(rows)s::jsonb) AS line (
                   line_number int, problem text, is_refused bool, document text,
                   excerpt text)
        """,
        import_id=import_id,
        rows=rows,
    )


def forget_parts(import_id: int) -> SQL:
    """Delete what was kept of the documents of a file."""
    return SQL("DELETE FROM member_import_part WHERE import_id = %s", import_id)


def forget_problems(import_id: int) -> SQL:
    """Delete what was kept of the problems of a file."""
    return SQL("DELETE FROM member_import_line WHERE import_id = %s", import_id)


def forget_known_problems(import_id: int) -> SQL:
    """Delete the problems that say a document was imported before."""
    return SQL(
        """
        DELETE FROM member_import_line
         WHERE import_id = %s
           AND problem = 'duplicate_document'
        """,
        import_id,
    )


def analyze_parts() -> SQL:
    """Let the planner know how much there is now."""
    return SQL("ANALYZE member_import_part")


def mark_repeated_documents(import_id: int) -> SQL:
    """Set aside all but the first line of a document, where each line is one."""
    return _mark(
        import_id,
        "repeated_document",
        SQL(
            """
            SELECT id, first_line, document,
                   row_number() OVER (PARTITION BY document ORDER BY first_line) > 1
                       AS is_meant
              FROM member_import_part
             WHERE import_id = %s
               AND outcome = 'new'
            """,
            import_id,
        ),
    )


def mark_conflicts(import_id: int, column: str, outcome: str) -> SQL:
    """Set aside the documents whose lines disagree in a column."""
    return _mark(
        import_id,
        outcome,
        SQL(
            """
            SELECT id, first_line, document,
                   min(%(column)s) OVER whole <> max(%(column)s) OVER whole AS is_meant
              FROM member_import_part
             WHERE import_id = %(import_id)s
               AND outcome = 'new'
            WINDOW whole AS (PARTITION BY document)
            """,
            import_id=import_id,
            column=SQL.identifier(column),
        ),
    )


def _mark(import_id: int, outcome: str, candidates: SQL) -> SQL:
    """Give the parts that are meant an outcome and list them as problems."""
    return SQL(
        """
        WITH candidate AS (%(candidates)s
        ), marked AS (
              UPDATE member_import_part part
                 SET outcome = %(outcome)s
                FROM candidate
               WHERE part.id = candidate.id
                 AND candidate.is_meant
           RETURNING part.first_line, part.document, part.customer_key, part.line_count
        )
        INSERT INTO member_import_line (
               import_id, line_number, problem, is_refused, document, excerpt)
        SELECT %(import_id)s, first_line, %(outcome)s, TRUE, document,
               document || ' | ' || customer_key || ' | ' || line_count
          FROM marked
        """,
        candidates=candidates,
        import_id=import_id,
        outcome=outcome,
    )


def mark_known_documents(env, import_id: int, company_id: int) -> SQL:
    """Set aside the documents that an import brought in and none took back.

    Looks afresh: what was set aside earlier and has been undone since is new.
    Each such document is listed as a problem once, with its first line.
    """
    return SQL(
        """
        WITH known AS MATERIALIZED (%(known)s
        ), marked AS (
              UPDATE member_import_part part
                 SET outcome = CASE WHEN known.number IS NULL
                                    THEN 'new' ELSE 'duplicate_document' END
                FROM member_import_part same
           LEFT JOIN known ON known.number = same.document
               WHERE same.id = part.id
                 AND part.import_id = %(import_id)s
                 AND part.outcome IN ('new', 'duplicate_document')
                 AND (known.number IS NULL) = (part.outcome <> 'new')
        )
        INSERT INTO member_import_line (
               import_id, line_number, problem, is_refused, document, excerpt)
        SELECT %(import_id)s, min(first_line), 'duplicate_document', TRUE, document,
               document || ' | ' || min(customer_key)
          FROM member_import_part
          JOIN known ON known.number = document
         WHERE import_id = %(import_id)s
           AND outcome IN ('new', 'duplicate_document')
      GROUP BY document
        """,
        known=_known_documents(import_id, company_id),
        import_id=import_id,
        to_flush=(env["member.activity"]._fields["source_key"],),
    )


def _known_documents(import_id: int, company_id: int) -> SQL:
    """Find the documents of a file of which the journal's last word is not undone."""
    return SQL(
        """
              SELECT substr(source_key, length('import,') + 1) AS number
                FROM (SELECT DISTINCT ON (source_key) source_key, event
                        FROM member_activity
                       WHERE company_id = %s
                         AND kind = 'purchase'
                         AND source_key IN (SELECT 'import,' || document
                                              FROM member_import_part
                                             WHERE import_id = %s)
                    ORDER BY source_key, revision DESC) last_word
               WHERE event <> 'import_undone'""",
        company_id,
        import_id,
    )
