from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give programs that are older than segments the examples."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["member.segment"]._start_with_examples()
