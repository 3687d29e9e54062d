"""Fields whose pending writes a statement has to see.

Odoo writes a record when one of the fields named in ``to_flush`` is pending, and
only then: a statement names every field that it reads.
"""


def memberships(env) -> list:
    """Return what statements read of memberships."""
    names = (
        *("partner_id", "program_id", "tier_id", "valid_until", "active"),
        *("version_id", "automatic", "granted_tier_id", "granted_until", "joined_on"),
    )
    return [env["member.membership"]._fields[name] for name in names]
