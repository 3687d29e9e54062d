"""Collecting past orders that is killed goes on, and books nothing twice."""

import random
import time

import process_tools
import tools

# Orders of a shop that had no membership yet: confirmed without our hooks.
SHOP = """
from odoo import Command
from odoo.addons.member_loyalty.models.member_journal import MemberJournal
MemberJournal._settle = lambda self, *args, **kwargs: self.env["member.activity"]
product = env["product.product"].create(
    {"name": "Thing", "type": "service", "list_price": 100})
partners = env["res.partner"].create([{"name": f"Customer {n}"} for n in range(40)])
orders = env["sale.order"].create([
    {
        "partner_id": partners[n % 40].id,
        "order_line": [
            Command.create({"product_id": product.id, "product_uom_qty": n})
        ],
    }
    for n in range(1, 121)
])
orders.action_confirm()
env.cr.commit()
"""
COLLECT = """
from odoo.addons.member_loyalty.models import member_journal
member_journal.BATCH_SIZE = 5
print("ready", flush=True)
env["member.program"]._cron_collect_history()
env.cr.commit()
"""


def test_history_killed_in_the_middle_is_collected_once(shop):
    process_tools.run(shop, SHOP)
    assert process_tools.journal(shop) == []
    with tools.throwaway_database(shop) as undisturbed:
        process_tools.run(undisturbed, COLLECT)
        expected = process_tools.journal(undisturbed), process_tools.tiers(undisturbed)

    until = random.randrange(10, 100)
    process = process_tools.start(shop, COLLECT)
    while len(process_tools.journal(shop)) < until:
        assert process.poll() is None, process.stderr.read()[-6000:]
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert len(process_tools.journal(shop)) < 120
    process_tools.run(shop, COLLECT)

    assert len(expected[0]) == 120
    assert (process_tools.journal(shop), process_tools.tiers(shop)) == expected
