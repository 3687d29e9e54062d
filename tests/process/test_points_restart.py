"""The database goes down while points are spent and booked out, and comes back."""

import time
import uuid

import own_postgres
import point_world
import process_tools
import pytest
import tools
from point_world import WORDS

FILL = (
    WORDS
    + """
buyers, others = open_cards(env, 30), open_cards(env, 800)
give(env, buyers + others, 10, PAST)
give(env, buyers, 120, LATER)
for card in buyers:
    quote(env, card)
env.cr.commit()
"""
)
SWEEP = (
    WORDS
    + """
expiry.LOTS_AT_ONCE = 5
print("ready", flush=True)
sweep(env)
"""
)
CONFIRM = (
    WORDS
    + """
print("ready", flush=True)
for order_id in env["sale.order"].search([("state", "=", "draft")]).ids:
    confirm(env, order_id)
"""
)
COUNT = "SELECT COUNT(*) FROM member_point_entry WHERE kind = %s"


@pytest.fixture
def server(monkeypatch):
    """Give a server of its own; everything in the test talks to it."""
    database = f"member_loyalty_test_{uuid.uuid4().hex[:12]}"
    with own_postgres.server_with_copy(database) as server:
        monkeypatch.setenv("PGHOST", str(server.socket))
        server.database = database
        server.options = (f"--db_host={server.socket}",)
        yield server


def _wait_for(database, kind, count):
    for _turn in range(6000):
        if tools.sql(database, COUNT, [kind])[0][0] >= count:
            return
        time.sleep(0.01)
    raise AssertionError(f"Nothing is {kind}")


def test_a_crash_of_the_database_loses_nothing_and_repeats_nothing(server):
    shop = server.database
    point_world.open_shop(shop, server.options)
    process_tools.run(shop, FILL, options=server.options)
    processes = [
        process_tools.start(shop, script, server.options) for script in (SWEEP, CONFIRM)
    ]
    _wait_for(shop, "expired", 60)
    _wait_for(shop, "spent", 3)

    server.crash()
    for process in processes:
        process.communicate(timeout=tools.TIMEOUT)
    server.start()

    assert any(process.returncode for process in processes)
    point_world.assert_sound(shop)
    assert point_world.spent(shop)[0] < 30 or tools.sql(
        shop, "SELECT COUNT(*) FROM member_point_lot WHERE remaining = 10"
    ) != [(0,)]
    for script in (SWEEP, CONFIRM):
        process_tools.run(shop, script, options=server.options)
    assert point_world.spent(shop) == (30, 3000)
    point_world.assert_each_expired_once(shop, 830)
    point_world.assert_sound(shop)
