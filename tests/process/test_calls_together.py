"""No cause calls twice, whatever runs at once or dies."""

import time

import process_tools
import tools

MEMBERS = 300
PREPARE = f"""
from odoo import Command
program = env["member.program"].search([], limit=1)
users = env["res.users"].create([
    {{"name": f"Caller {{n}}", "login": f"caller{{n}}",
      "group_ids": [Command.link(env.ref("sales_team.group_sale_salesman").id)]}}
    for n in range(3)
])
program.write({{
    "calls_enabled": True, "call_limit": 40, "call_holdout_percent": 10,
    "call_user_ids": [Command.set(users.ids)],
}})
people = env["res.partner"].create([{{"name": f"M {{n}}"}} for n in range({MEMBERS})])
memberships = program._enroll_partners(people, "hand")
env["member.signal"].create([
    {{"program_id": program.id, "company_id": program.company_id.id,
      "membership_id": one.id, "partner_id": one.partner_id.id, "kind": kind,
      "cause": f"{{kind}},{{one.id}}", "found_on": "2026-01-01", "weight": weight}}
    for one in memberships for kind, weight in (("silent", 50), ("falling", 20))
])
env.cr.commit()
"""
GO = """
import os, time
print("ready", flush=True)
while {signal!r} and not os.path.exists({signal!r}):
    time.sleep(0.001)
"""
REFRESH = """
import time
from functools import partial
from odoo.service.model import retrying
env.cr.rollback()
program = env["member.program"].search([], limit=1)
day = program.company_id._member_today()
for round in range(ROUNDS):
    retrying(partial(program._refresh_calls, day), env)
    env.cr.commit()
    if CLOSES:
        # the other process may be at it: wait for what it hands out
        while not env["member.call"].search_count([("state", "=", "open")]):
            env.cr.rollback()
            time.sleep(0.05)
        for call in env["member.call"].search([("state", "=", "open")], limit=20):
            retrying(partial(call._close, "interested"), env)
            env.cr.commit()
"""


def _state(database):
    """Return calls, causes on calls, causes, open calls, their activities."""
    [counts] = tools.sql(
        database,
        """
        SELECT (SELECT COUNT(*)::int FROM member_call),
               (SELECT COUNT(DISTINCT membership_id)::int FROM member_call),
               (SELECT COUNT(*)::int FROM member_call_signal_rel),
               (SELECT COUNT(DISTINCT signal_id)::int FROM member_call_signal_rel),
               (SELECT COUNT(*)::int FROM member_call
                 WHERE state = 'open' AND activity_id IS NOT NULL),
               (SELECT COUNT(*)::int FROM member_call WHERE state = 'open'),
               (SELECT COUNT(*)::int FROM mail_activity
                 WHERE active AND res_model = 'res.partner')
        """,
    )
    return counts


def _check(database, open_calls):
    expected = (MEMBERS, MEMBERS, 2 * MEMBERS, 2 * MEMBERS)
    assert _state(database) == (*expected, open_calls, open_calls, open_calls)


def test_two_refreshes_at_once_call_each_customer_once(shop, tmp_path):
    process_tools.run(shop, PREPARE)
    signal = tmp_path / "go"
    started = [
        tools.start_odoo_shell(
            shop,
            "ROUNDS, CLOSES = 3, False\n" + GO.format(signal=str(signal)) + REFRESH,
        )
        for _process in range(2)
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    for process in started:
        process_tools.end(process, level="CRITICAL")

    _check(shop, 120)


def test_a_refresh_that_is_killed_leaves_all_or_nothing(shop):
    process_tools.run(shop, PREPARE)
    for pause in (0.05, 0.2, 0.5, 1.0):
        process = process_tools.start(
            shop, "ROUNDS, CLOSES = 1, False\n" + GO.format(signal="") + REFRESH
        )
        time.sleep(pause)
        process.kill()
        process.communicate()
        assert _state(shop)[0] in (0, MEMBERS)

    process_tools.run(shop, "ROUNDS, CLOSES = 1, False\n" + REFRESH)

    _check(shop, 120)


def test_calls_that_are_closed_meanwhile_are_not_made_again(shop, tmp_path):
    process_tools.run(shop, PREPARE)
    signal = tmp_path / "go"
    started = [
        tools.start_odoo_shell(
            shop,
            f"ROUNDS, CLOSES = 4, {closes}\n" + GO.format(signal=str(signal)) + REFRESH,
        )
        for closes in (True, False)
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    for process in started:
        process_tools.end(process, level="CRITICAL")

    counts = _state(shop)
    assert counts[:4] == (MEMBERS, MEMBERS, 2 * MEMBERS, 2 * MEMBERS)
    assert counts[4] == counts[5] == counts[6] <= 120
    done = tools.sql(
        shop, "SELECT COUNT(*)::int FROM member_call WHERE outcome = 'interested'"
    )
    assert done == [(80,)]
