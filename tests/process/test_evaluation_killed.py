"""An evaluation that is killed at any moment goes on where it stopped."""

import os
import random
import time

import process_tools
import tools
from process_tools import EVALUATE

TELL_CONNECTION = """
print("connection", flush=True)
print(env.cr.connection.get_backend_pid(), flush=True)
"""
MEMBERS_BEFORE_THE_KILL = [1, 6_000, 14_000]


def _wait_until_evaluated(database, process, count):
    while process_tools.evaluated(database) < count:
        assert process.poll() is None, process.stderr.read()[-6000:]
        time.sleep(0.01)


def test_most_members_of_the_crowd_move(undisturbed):
    tiers, decisions, [(state, _as_of, _scope, _may_fall, evaluated, risen, _)] = (
        undisturbed
    )

    assert (state, evaluated) == ("done", len(tiers))
    assert len(decisions) == risen > len(tiers) / 2


def test_a_run_killed_several_times_gives_the_same_result(crowded, undisturbed):
    seed = random.randrange(10_000)
    chance = random.Random(seed)
    for count in MEMBERS_BEFORE_THE_KILL:
        process = process_tools.start(crowded, EVALUATE)
        _wait_until_evaluated(crowded, process, count)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.communicate()
    assert process_tools.runs(crowded)[0][0] == "running"

    process_tools.run(crowded, EVALUATE)

    assert process_tools.result(crowded) == undisturbed, f"seed {seed}"


def test_a_run_that_loses_its_connection_gives_the_same_result(crowded, undisturbed):
    process = process_tools.start(crowded, TELL_CONNECTION + EVALUATE)
    pid = int(process.stdout.readline())
    _wait_until_evaluated(crowded, process, 6_000)
    tools.sql("postgres", "SELECT pg_terminate_backend(%s)", [pid])
    process.communicate(timeout=tools.TIMEOUT)
    assert process.returncode != os.EX_OK

    process_tools.run(crowded, EVALUATE)

    assert process_tools.result(crowded) == undisturbed
