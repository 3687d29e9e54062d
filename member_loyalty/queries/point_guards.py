"""What the database itself refuses, whoever asks."""

from odoo.tools import SQL


def append_only(table: str) -> SQL:
    """Have the database refuse to change, delete or empty the rows of a table.

    Who made a row may be forgotten: a deleted user is taken out of it.
    """
    return SQL(
        """
        CREATE OR REPLACE FUNCTION member_loyalty_append_only() RETURNS trigger AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND
               to_jsonb(OLD) - 'create_uid' - 'write_uid' =
               to_jsonb(NEW) - 'create_uid' - 'write_uid' THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'Rows of %% are append-only', TG_TABLE_NAME
                  USING ERRCODE = 'restrict_violation';
        END;
        $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER %(rows)s
            BEFORE UPDATE OR DELETE ON %(table)s
            FOR EACH ROW EXECUTE FUNCTION member_loyalty_append_only();
        CREATE OR REPLACE TRIGGER %(whole)s
            BEFORE TRUNCATE ON %(table)s
            FOR EACH STATEMENT EXECUTE FUNCTION member_loyalty_append_only();
        """,
        rows=SQL.identifier(f"{table}_append_only"),
        whole=SQL.identifier(f"{table}_never_emptied"),
        table=SQL.identifier(table),
    )
