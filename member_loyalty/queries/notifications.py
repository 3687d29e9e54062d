"""Messages to members, written down once."""

from collections.abc import Sequence

from odoo.tools import SQL

COLUMNS = (
    *("partner_id", "program_id", "company_id", "kind_id", "kind", "key"),
    *("title", "body", "url", "lang", "source_model", "source_id", "expires_on"),
    *("on_site", "mail_state", "create_uid", "create_date"),
)


def insert_once(rows: Sequence[tuple]) -> SQL:
    """Write messages; whoever was told of the same before is left out.

    Another transaction that told it at the same time makes this one conflict.

    Columns: id.

    :param rows: values of ``COLUMNS``
    :raises psycopg2.errors.SerializationFailure: when executed, on that conflict
    """
    return SQL(
        """
        INSERT INTO member_notification (%(columns)s)
             VALUES %(rows)s
        ON CONFLICT (partner_id, program_id, kind, key) DO NOTHING
          RETURNING id
        """,
        columns=SQL(", ").join(map(SQL.identifier, COLUMNS)),
        rows=SQL(", ").join(
            SQL("(%s)", SQL(", ").join(SQL("%s", value) for value in row))
            for row in rows
        ),
    )
