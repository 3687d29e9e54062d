"""A simulation in the background that is killed goes on where it stopped."""

import random
import time

import process_tools
import tools

BEGIN = """
[program] = env["member.program"].search([], limit=1)
draft = env["member.ladder.version"].browse(program.action_change_rules()["res_id"])
for condition in draft.rule_ids.condition_ids:
    condition.value /= 2
simulation = env["member.simulation"].create(
    {"version_id": draft.id, "horizon": "settled"}
)
simulation._begin()
env.cr.commit()
print("ready", flush=True)
"""
SIMULATE = """
from odoo.addons.member_loyalty.models import member_simulation_work
member_simulation_work.SLICE_SIZE = 500
print("ready", flush=True)
env["member.simulation"]._cron_simulate()
env.cr.commit()
"""
MEMBERS_BEFORE_THE_KILL = [1, 6_000, 14_000]


def _seen(database):
    [(count,)] = tools.sql(database, "SELECT member_count FROM member_simulation")
    return count


def _result(database):
    """Return what a simulation says, without the moments of its work."""
    return (
        tools.sql(
            database,
            """
            SELECT state, member_count, risen_count, fallen_count, line_count
              FROM member_simulation
            """,
        ),
        tools.sql(
            database,
            """
              SELECT membership_id, tier_id, draft_tier_id, move, revenue
                FROM member_simulation_line
            ORDER BY membership_id
            """,
        ),
        tools.sql(
            database,
            """
              SELECT tier_id, member_count, in_force_count, draft_count, draft_revenue
                FROM member_simulation_tier
            ORDER BY tier_id
            """,
        ),
    )


def test_a_simulation_killed_several_times_gives_the_same_result(
    crowded, crowded_template
):
    seed = random.randrange(10_000)
    chance = random.Random(seed)
    with tools.throwaway_database(crowded_template) as calm:
        process_tools.run(calm, BEGIN + SIMULATE)
        undisturbed = _result(calm)
    process_tools.run(crowded, BEGIN)

    for count in MEMBERS_BEFORE_THE_KILL:
        process = process_tools.start(crowded, SIMULATE)
        while _seen(crowded) < count:
            assert process.poll() is None, process.stderr.read()[-6000:]
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.communicate()
    process_tools.run(crowded, SIMULATE)

    [(state, members, *_counts)] = undisturbed[0]
    assert (state, members > 10_000, len(undisturbed[1]) > 1_000) == (
        "done",
        True,
        True,
    )
    assert _result(crowded) == undisturbed, f"seed {seed}"
