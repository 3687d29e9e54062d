"""Points of the day are given once, however many processes give them or are killed."""

import sys
import time
from contextlib import closing

import process_tools
import psycopg2
import pytest
import tools

sys.path.insert(0, str(tools.REPOSITORY / "member_loyalty" / "tests"))

from point_invariants import find_unsound

MEMBERS = 240
PREPARE = f"""
from odoo import fields
program = env["member.program"].search([], limit=1)
program._start_points()
env["member.earning.rule"].create([
    {{"program_id": program.id, "name": kind, "kind": kind, "points": points}}
    for kind, points in (("birthday", 30), ("review", 10))
])
today = program.company_id._member_today()
people = env["res.partner"].create([
    {{"name": f"Member {{n}}", "member_birthday": today.replace(year=1980)}}
    for n in range({MEMBERS})
])
program._enroll_partners(people, "hand")
env.cr.commit()
"""
GO = """
import os, time
print("ready", flush=True)
while {signal!r} and not os.path.exists({signal!r}):
    time.sleep(0.001)
"""
POINTS_OF_THE_DAY = """
from odoo.addons.member_loyalty.models import member_program_events
member_program_events.SLICE = 20
env["member.program"]._cron_points()
env.cr.commit()
"""
REVIEW = """
from functools import partial
from odoo.service.model import retrying
members = env["member.membership"].search([], limit=20, order="id").partner_id
for member in members:
    rules = env["member.earning.rule"]
    retrying(partial(rules._record_event, "review", member, member.id), env)
"""


@pytest.fixture
def club(shop):
    """Give a database with members whose birthday is today."""
    process_tools.run(shop, PREPARE)
    return shop


def _entries(database):
    """Return how many entries of which points there are, and for how many cards."""
    return tools.sql(
        database,
        """
          SELECT points::int, COUNT(*)::int, COUNT(DISTINCT card_id)::int
            FROM member_point_entry
        GROUP BY 1
        ORDER BY 1
        """,
    )


def _assert_sound(database):
    with (
        closing(psycopg2.connect(dbname=database)) as connection,
        connection.cursor() as cursor,
    ):

        def ask(query):
            cursor.execute(query)
            return [column.name for column in cursor.description], cursor.fetchall()

        assert not find_unsound(ask)


def _run_together(database, script, signal, processes=2):
    started = [
        tools.start_odoo_shell(database, GO.format(signal=str(signal)) + script)
        for _number in range(processes)
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    for process in started:
        process_tools.end(process)


def test_two_processes_record_the_same_events_once(club, tmp_path):
    _run_together(club, REVIEW, tmp_path / "go")

    assert _entries(club) == [(10, 20, 20)]
    _assert_sound(club)


def test_two_runs_at_once_give_every_birthday_once(club, tmp_path):
    _run_together(club, POINTS_OF_THE_DAY, tmp_path / "go")
    process_tools.run(club, POINTS_OF_THE_DAY)

    assert _entries(club) == [(30, MEMBERS, MEMBERS)]
    _assert_sound(club)


def test_a_run_that_is_killed_goes_on_where_it_stopped(club):
    for least in (1, MEMBERS // 3):
        process = process_tools.start(club, GO.format(signal="") + POINTS_OF_THE_DAY)
        while sum(count for _points, count, _cards in _entries(club)) < least:
            assert process.poll() is None, process.stderr.read()[-6000:]
            time.sleep(0.005)
        process.kill()
        process.communicate()
    assert 0 < sum(count for _points, count, _cards in _entries(club)) < MEMBERS

    process_tools.run(club, POINTS_OF_THE_DAY)

    assert _entries(club) == [(30, MEMBERS, MEMBERS)]
    _assert_sound(club)
