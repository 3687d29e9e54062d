"""The tier of contacts: by itself, and brought into a query on contacts."""

from collections.abc import Sequence

from odoo.tools import SQL

from . import pending


def tiers_of_contacts(
    env, program_id: int, partner_column: str, partner_ids: Sequence[int]
) -> SQL:
    """Read the tiers of contacts who are members, or belong to one.

    Columns: contact, tier.
    """
    member = "id" if partner_column == "partner_id" else "commercial_partner_id"
    return SQL(
        """
        SELECT contact.id, membership.tier_id
          FROM res_partner contact
          JOIN member_membership membership ON membership.partner_id = %(member)s
         WHERE contact.id = ANY(%(partner_ids)s)
           AND membership.program_id = %(program_id)s
           AND membership.active
        """,
        member=SQL.identifier("contact", member),
        partner_ids=list(partner_ids),
        program_id=program_id,
        to_flush=(
            *pending.memberships(env),
            env["res.partner"]._fields["commercial_partner_id"],
        ),
    )


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
            *pending.memberships(env),
            env["res.partner"]._fields["commercial_partner_id"],
        ),
    )


def tier_held(membership: str) -> SQL:
    """Return the tier of joined memberships."""
    return SQL.identifier(membership, "tier_id")
