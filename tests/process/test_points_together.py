"""Many processes spend the same points; others book out what has expired."""

import point_world
import process_tools
import pytest
from point_world import SPAWN, WORDS

# Everybody begins when the parent closes the door.
RACE = (
    WORDS
    + SPAWN
    + """
card = open_cards(env, 1)
give(env, card, POINTS, LATER)
orders = [quote(env, card).id for _ in range(ORDERS)]
gate, door = os.pipe()

def race(env, order_id):
    os.close(door)
    os.read(gate, 1)
    confirm(env, order_id)

pids = [spawn(race, order_id) for order_id in orders]
os.close(door)
wait(pids)
"""
)
SPEND_WHILE_SWEEPING = (
    WORDS
    + SPAWN
    + """
expiry.LOTS_AT_ONCE = 20
buyers, others = open_cards(env, 40), open_cards(env, 600)
give(env, buyers + others, 150, PAST)
give(env, others, 5, PAST)
give(env, buyers + others, 100, LATER)
orders = [quote(env, card).id for card in buyers]

def confirm_all(env, ids):
    for order_id in ids:
        confirm(env, order_id)

pids = [spawn(sweep)]
pids += [spawn(confirm_all, orders[start::3]) for start in range(3)]
wait(pids)
"""
)


@pytest.mark.parametrize(("orders", "affordable"), [(2, 1), (20, 7)])
def test_orders_spend_no_more_than_the_wallet_holds(shop, orders, affordable):
    point_world.open_shop(shop)

    said = process_tools.run(
        shop, f"POINTS, ORDERS = {100 * affordable + 50}, {orders}" + RACE
    ).splitlines()

    refused = [line for line in said if line.startswith("refused")]
    assert said.count("confirmed") == affordable
    assert len(refused) == orders - affordable
    assert all("points" in line or "reward" in line for line in refused), refused
    assert point_world.spent(shop) == (affordable, 100 * affordable)
    point_world.assert_sound(shop)


def test_spending_and_sweeping_at_once_lose_nothing(shop):
    point_world.open_shop(shop)

    said = process_tools.run(shop, SPEND_WHILE_SWEEPING).splitlines()

    assert said == ["confirmed"] * 40
    assert point_world.spent(shop) == (40, 4000)
    point_world.assert_each_expired_once(shop, 40 + 2 * 600)
    point_world.assert_sound(shop)
