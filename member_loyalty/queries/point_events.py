"""Who takes part in events, and what counted before."""

from collections.abc import Sequence
from dataclasses import dataclass

from odoo.tools import SQL

from . import pending


@dataclass(frozen=True, slots=True)
class Circle:
    """Whose events a program looks at.

    :param member_column: "id" or "commercial_partner_id" of a contact: the member
    :param purse_column: the same for who holds the points
    :param is_personal: an event of a person, which earns only for members
        themselves and for contacts with a purse of their own
    """

    program_id: int
    wallet_id: int
    member_column: str
    purse_column: str
    is_personal: bool = False


def participants(env, circle: Circle, partner_ids: Sequence[int]) -> SQL:
    """Find which contacts belong to members.

    Columns: partner id, id of who holds the points, card id or NULL, tier id, tag ids,
    and whether events of a person earn for the contact.
    """
    return SQL(
        """
          SELECT partner.id, %(purse)s, card.id, membership.tier_id,
                 ARRAY(SELECT carried.member_tag_id
                         FROM member_tag_res_partner_rel carried
                        WHERE carried.res_partner_id
                              IN (partner.id, membership.partner_id)),
                 %(is_person)s
            FROM res_partner partner
            JOIN %(membership)s
       LEFT JOIN loyalty_card card
              ON card.program_id = %(wallet_id)s
             AND card.member_owner_id = %(purse)s
             AND card.active
           WHERE partner.id = ANY(%(partner_ids)s)
        """,
        purse=SQL.identifier("partner", circle.purse_column),
        membership=membership_of(circle),
        wallet_id=circle.wallet_id,
        partner_ids=list(partner_ids),
        is_person=is_person(circle),
        to_flush=(
            *pending.memberships(env),
            env["res.partner"]._fields["commercial_partner_id"],
            env["res.partner"]._fields["member_tag_ids"],
            env["loyalty.card"]._fields["member_owner_id"],
            env["loyalty.card"]._fields["active"],
        ),
    )


def membership_of(circle: Circle) -> SQL:
    """Join the membership of the row ``partner``."""
    return SQL(
        """member_membership membership
              ON membership.program_id = %s
             AND membership.active
             AND membership.partner_id = %s""",
        circle.program_id,
        SQL.identifier("partner", circle.member_column),
    )


def takes_part(circle: Circle) -> SQL:
    """Return the condition that an event of the row ``partner`` counts."""
    if not circle.is_personal:
        return SQL("TRUE")
    return is_person(circle)


def is_person(circle: Circle) -> SQL:
    """Tell whether the row ``partner`` is the member, or has a purse of its own."""
    return SQL(
        "partner.id IN (membership.partner_id, %s)",
        SQL.identifier("partner", circle.purse_column),
    )


def booked(env, program_id: int, source_keys: Sequence[str]) -> SQL:
    """Find which of these keys earned points before."""
    return SQL(
        """
          SELECT source_key
            FROM member_point_entry
           WHERE program_id = %(program_id)s
             AND source_key = ANY(%(source_keys)s)
        """,
        program_id=program_id,
        source_keys=list(source_keys),
        to_flush=(env["member.point.entry"]._fields["source_key"],),
    )
