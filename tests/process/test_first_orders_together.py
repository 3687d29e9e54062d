"""Many processes confirm quotations of one customer: one is the first order."""

import process_tools
import tools
from point_world import SPAWN, WORDS

# Everybody begins when the parent closes the door.
RACE = (
    WORDS
    + SPAWN
    + """
program = env["member.program"].search([], limit=1)
env["member.benefit"].create({
    "program_id": program.id, "name": "Welcome", "kind": "first_order",
    "reduction_by": "amount", "reduction_amount": 30,
    "tier_ids": [Command.set(program.tier_ids.ids)],
})
thing = env["product.product"].create(
    {"name": "Thing", "list_price": 100, "type": "service", "taxes_id": False})
buyer = env["res.partner"].create({"name": "Buyer"})
program._enroll_partners(buyer, "hand")
orders = [
    env["sale.order"].create({
        "partner_id": buyer.id,
        "order_line": [Command.create({"product_id": thing.id})],
    })
    for _number in range(8)
]
assert all(order.amount_total == 70 for order in orders)
gate, door = os.pipe()

def race(env, order_id):
    os.close(door)
    os.read(gate, 1)
    confirm(env, order_id)

pids = [spawn(race, order.id) for order in orders]
os.close(door)
wait(pids)
"""
)
TOTALS = """
    SELECT amount_total::int FROM sale_order
     WHERE state = 'sale' ORDER BY amount_total
"""
USES = "SELECT COUNT(*), SUM(quantity)::int, SUM(cost)::int FROM member_benefit_usage"


def test_one_of_many_orders_confirmed_at_once_is_the_first(shop):
    said = process_tools.run(shop, RACE).splitlines()

    assert said == ["confirmed"] * 8
    assert [total for (total,) in tools.sql(shop, TOTALS)] == [70] + [100] * 7
    assert tools.sql(shop, USES) == [(1, 1, 30)]
