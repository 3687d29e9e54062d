"""Begin with what a new installation begins with: signal rules and segments."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["member.program"]._begin_with_usual_signal_rules()
    env["member.segment"]._start_with_examples()
