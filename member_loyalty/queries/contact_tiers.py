"""Bring the tier of contacts into a query on contacts."""

from odoo.tools import SQL


def held_by_contact(
    env, contact: str, membership: str, program_id: int, member_level: str | None
) -> SQL:
    """Return the condition that joins contacts to their membership of a program.

    :param str contact: the alias of the contacts
    :param str membership: the alias of the memberships
    """
    member = "id" if member_level == "contact" else "commercial_partner_id"
    return SQL(
        """%(membership)s.program_id = %(program_id)s
       AND %(membership)s.active
       AND %(membership)s.partner_id = %(member)s""",
        membership=SQL.identifier(membership),
        program_id=program_id,
        member=SQL.identifier(contact, member),
        to_flush=(
            env["member.membership"]._fields["tier_id"],
            env["res.partner"]._fields["commercial_partner_id"],
        ),
    )


def tier_held(membership: str) -> SQL:
    """Return the tier of joined memberships."""
    return SQL.identifier(membership, "tier_id")
