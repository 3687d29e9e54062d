"""Give programs that exist the usual rules for signals, as new ones get them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["member.program"]._begin_with_usual_signal_rules()
