from odoo import SUPERUSER_ID, api

from odoo.addons.member_loyalty.queries import purchase_history_facts as queries


def migrate(cr, _version):
    """Give what was booked before its country, team, and split by category.

    Each statement fills only what is empty: running it again changes nothing.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(queries.fill_origin())
    cr.execute(queries.fill_lines_of_orders(env))
    cr.execute(queries.fill_lines_of_credit_notes(env))
