"""Whether the tiers members hold are those that their decisions say."""

from odoo.tools import SQL

from . import pending


def strays(env, program_id: int) -> SQL:
    """Find the members whose tier is not that of their last decision."""
    return SQL(
        """
          SELECT membership.id
            FROM member_membership membership
CROSS JOIN LATERAL (
                    SELECT decision.to_tier_id
                      FROM member_tier_decision decision
                     WHERE decision.membership_id = membership.id
                       AND decision.event != 'warned'
                  ORDER BY decision.id DESC
                     LIMIT 1
                 ) last
           WHERE membership.program_id = %(program_id)s
             AND membership.active
             AND last.to_tier_id != membership.tier_id
        ORDER BY membership.id
        """,
        program_id=program_id,
        to_flush=(
            *pending.memberships(env),
            env["member.tier.decision"]._fields["to_tier_id"],
        ),
    )
