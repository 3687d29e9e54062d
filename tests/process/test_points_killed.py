"""Whatever is killed in the middle of points loses nothing and repeats nothing."""

import random
import time

import point_world
import process_tools
import tools
from point_world import COUNTDOWN, INVARIANTS, SPAWN, WORDS

CHECK = f"""
import importlib.util
spec = importlib.util.spec_from_file_location("point_invariants", {str(INVARIANTS)!r})
invariants = importlib.util.module_from_spec(spec)
spec.loader.exec_module(invariants)
def check():
    env.cr.rollback()
    env.invalidate_all()
    invariants.assert_points_are_sound(env)
"""
# Three slices; dies at the first moment, then at the second, until it lives to the end.
SWEEP_KILLED_EVERYWHERE = (
    WORDS
    + SPAWN
    + COUNTDOWN
    + CHECK
    + """
expiry.LOTS_AT_ONCE = 4
cards = open_cards(env, 6)
moment, died, filled = 0, True, 0

def sweep_until(env, moment):
    count_down(moment)
    env["member.program"]._expire_points(NOW)

while died:
    moment += 1
    give(env, cards, 10, PAST)
    give(env, cards, 3, PAST)
    filled += len(cards) * 2
    died = dies(sweep_until, moment)
    check()
    wait([spawn(sweep)])
    check()
print(moment, filled)
"""
)
CONFIRMATION_KILLED = (
    WORDS
    + SPAWN
    + COUNTDOWN
    + CHECK
    + """
import json
card = open_cards(env, 1)
give(env, card, 5000, LATER)
env.cr.commit()

def confirm_until(env, order_id, moment):
    count_down(moment)
    env["sale.order"].browse(order_id).action_confirm()
    env.cr.commit()
    if not moment:
        os.write(outlet, str(-countdown[0]).encode())

inlet, outlet = os.pipe()
assert not dies(confirm_until, quote(env, card).id, 0)
total = int(os.read(inlet, 100))
moments = random.Random(SEED).sample(range(1, total - 3), 12)
moments += [total - 2, total - 1, total]
for moment in moments:
    order = quote(env, card)
    env.cr.commit()
    assert dies(confirm_until, order.id, moment), (moment, total)
    check()
    entries = env["member.point.entry"].search_count([("source_id", "=", order.id)])
    assert entries == (order.state == "sale"), (moment, order.state, entries)
    if order.state != "sale":
        wait([spawn(confirm, order.id)])
    check()
print(total, len(moments) + 1)
"""
)
FILL = (
    WORDS
    + """
cards = open_cards(env, 1000)
give(env, cards, 10, PAST)
give(env, cards, 5, PAST)
env.cr.commit()
"""
)
SWEEP = (
    WORDS
    + """
expiry.LOTS_AT_ONCE = 20
print("ready", flush=True)
sweep(env)
"""
)
CARDS_BEFORE_THE_KILL = [1, 300, 700]


def test_a_sweep_killed_between_any_two_statements_books_each_lot_once(shop):
    point_world.open_shop(shop)

    said = process_tools.run(shop, SWEEP_KILLED_EVERYWHERE)

    moments, lots = map(int, said.split())
    assert moments > 10
    point_world.assert_each_expired_once(shop, lots)
    point_world.assert_sound(shop)


def test_a_confirmation_killed_anywhere_spends_once(shop):
    seed = random.randrange(10_000)
    point_world.open_shop(shop)

    said = process_tools.run(shop, f"SEED = {seed}" + CONFIRMATION_KILLED)

    statements, orders = map(int, said.splitlines()[-1].split())
    assert statements > 20, f"seed {seed}"
    assert point_world.spent(shop) == (orders, 100 * orders), f"seed {seed}"
    point_world.assert_sound(shop)


def test_a_sweep_killed_at_random_times_books_each_lot_once(shop):
    point_world.open_shop(shop)
    process_tools.run(shop, FILL)
    for count in CARDS_BEFORE_THE_KILL:
        process = process_tools.start(shop, SWEEP)
        _wait_until_expired(shop, process, count)
        process.kill()
        process.communicate()
        point_world.assert_sound(shop)

    process_tools.run(shop, SWEEP)

    point_world.assert_each_expired_once(shop, 2000)
    point_world.assert_sound(shop)


def _wait_until_expired(database, process, count):
    query = "SELECT COUNT(*) FROM member_point_entry WHERE kind = 'expired'"
    while tools.sql(database, query)[0][0] < count:
        assert process.poll() is None, process.stderr.read()[-6000:]
        time.sleep(random.uniform(0, 0.02))
