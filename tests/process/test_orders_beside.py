"""Orders are confirmed by other processes while the suite is at work."""

import process_tools
import tools
from process_tools import EVALUATE

PREPARE = """
from odoo import Command
product = env["product.product"].create(
    {{"name": "Thing", "type": "service", "list_price": 100}})
customers = {customers}
orders = env["sale.order"].create([
    {{
        "partner_id": customer.id,
        "order_line": [Command.create({{
            "product_id": product.id, "product_uom_qty": 1,
            "price_unit": {amount}, "tax_ids": False,
        }})],
    }}
    for customer in customers
])
env.cr.commit()
"""
CONFIRM = """
import os, time
from functools import partial
from odoo.service.model import retrying
orders = env["sale.order"].search([("state", "=", "draft")], order="id")
orders = orders.browse(orders.ids[{first}::{step}])
print("ready", flush=True)
while not os.path.exists({signal!r}):
    time.sleep(0.001)
for order in orders:
    retrying(partial(order.action_confirm), env)
print("confirmed", len(orders))
"""
NEWCOMER_TWICE = "[env['res.partner'].create({'name': 'Newcomer'})] * 2"


# Somebody who is a member, of a program that was evaluated the day before.
MEMBER_YESTERDAY = """
from datetime import timedelta
program = env["member.program"].search([], limit=1)
program._enroll_partners(env["res.partner"].create({"name": "Newcomer"}), "hand")
program.evaluated_until -= timedelta(days=1)
env.cr.commit()
"""
MEMBER_TWICE = "[env['member.membership'].search([]).partner_id] * 2"

# Each order is confirmed before the other one's confirmation is to be seen.
CONFIRM_UNSEEN = """
from contextlib import ExitStack
from odoo import api
orders = env["sale.order"].search([("state", "=", "draft")])
with ExitStack() as stack:
    for order in orders:
        cr = stack.enter_context(env.registry.cursor())
        own = order.with_env(api.Environment(cr, env.uid, {}))
        own.action_confirm()
        own.env.flush_all()
"""


def _prepare(database, customers, amount):
    process_tools.run(database, PREPARE.format(customers=customers, amount=amount))


def _confirm_at_once(database, processes, signal):
    """Confirm all quotations, shared by processes that begin at the same moment."""
    started = [
        tools.start_odoo_shell(
            database,
            CONFIRM.format(first=number, step=processes, signal=str(signal)),
        )
        for number in range(processes)
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    for process in started:
        process_tools.end(process)


def test_orders_confirmed_during_a_run_are_all_there(crowded, tmp_path):
    _prepare(
        crowded,
        "env['member.membership'].search([], limit=200).partner_id",
        amount=5000,
    )
    evaluating = process_tools.start(crowded, EVALUATE.replace("= 500", "= 100"))
    _confirm_at_once(crowded, 1, tmp_path / "go")
    process_tools.end(evaluating)

    [(gold,)] = tools.sql(
        crowded,
        """
        SELECT COUNT(DISTINCT membership.id)
          FROM member_activity activity
          JOIN member_membership membership
            ON membership.partner_id = activity.commercial_partner_id
          JOIN member_tier tier ON tier.id = membership.tier_id
         WHERE activity.source_model = 'sale.order' AND tier.sequence = 30
        """,
    )
    assert gold == 200
    assert _moves_logged_twice(crowded) == []


def test_two_first_orders_at_once_make_one_member(shop, tmp_path):
    _prepare(shop, NEWCOMER_TWICE, amount=500_000)

    _confirm_at_once(shop, 2, tmp_path / "go")

    assert _members(shop) == [("Newcomer", 30)]
    assert _counts(shop) == (2, 2)


def test_orders_that_reach_silver_together_lift_by_the_next_run(shop):
    process_tools.run(shop, EVALUATE + MEMBER_YESTERDAY)
    _prepare(shop, MEMBER_TWICE, amount=60_000)
    process_tools.run(shop, CONFIRM_UNSEEN)
    assert _members(shop) == [("Newcomer", 10)]

    process_tools.run(shop, EVALUATE)

    assert _members(shop) == [("Newcomer", 20)]
    assert process_tools.runs(shop)[-1][2] == "touched"


def _members(database):
    return tools.sql(
        database,
        """
        SELECT partner.name, tier.sequence
          FROM member_membership membership
          JOIN res_partner partner ON partner.id = membership.partner_id
          JOIN member_tier tier ON tier.id = membership.tier_id
        """,
    )


def _counts(database):
    [counts] = tools.sql(
        database, "SELECT COUNT(*), SUM(order_count) FROM member_activity"
    )
    return counts


def _moves_logged_twice(database):
    """Return the memberships whose decisions are no chain that ends at their tier."""
    return tools.sql(
        database,
        """
        WITH step AS (
              SELECT decision.membership_id, decision.from_tier_id, decision.to_tier_id,
                     LAG(to_tier_id) OVER member AS before,
                     LEAD(id) OVER member IS NULL AS is_last
                FROM member_tier_decision decision
              WINDOW member AS (PARTITION BY membership_id ORDER BY id)
        )
        SELECT step.*
          FROM step
          JOIN member_membership membership ON membership.id = step.membership_id
         WHERE before != from_tier_id
            OR (is_last AND step.to_tier_id != membership.tier_id)
        """,
    )
