"""Make the rules that are there the first version of each program's rules.

Members are adjusted automatically, as before, under that version.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import set_not_null


def migrate(cr, version):
    """Give every rule and membership a version; a second time changes nothing."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for program in env["member.program"].search([("version_id", "=", False)]):
        first = program._get_version_in_force()
        env.flush_all()
        cr.execute(
            """
            UPDATE member_tier_rule rule
               SET version_id = %s
              FROM member_tier tier
             WHERE tier.id = rule.tier_id
               AND tier.program_id = %s
               AND rule.version_id IS NULL
            """,
            [first.id, program.id],
        )
        cr.execute(
            """
            UPDATE member_membership
               SET version_id = %s, automatic = COALESCE(automatic, TRUE)
             WHERE program_id = %s
               AND version_id IS NULL
            """,
            [first.id, program.id],
        )
    cr.execute(
        """
        UPDATE member_evaluation_run run
           SET version_id = program.version_id
          FROM member_program program
         WHERE program.id = run.program_id
           AND run.version_id IS NULL
        """
    )
    env.invalidate_all()
    for program in env["member.program"].search([]):
        program.version_id._keep_ladder()
    set_not_null(cr, "member_tier_rule", "version_id")
