"""Who belongs to a company."""

from odoo.tools import SQL


def family(env, partner_id: int) -> SQL:
    """Find a contact and all below it, archived ones too; returns ids."""
    partners = env["res.partner"]
    return SQL(
        """
        WITH RECURSIVE family AS (
            SELECT %(partner_id)s AS id
             UNION
            SELECT below.id
              FROM family
              JOIN res_partner below
                ON below.parent_id = family.id
        )
        SELECT id FROM family
        """,
        partner_id=partner_id,
        to_flush=(partners._fields["parent_id"],),
    )
