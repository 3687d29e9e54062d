"""Imports as processes: two at once, killed in the middle, from the command line."""

import time

import pytest
from tools import (
    REPOSITORY,
    records,
    run_odoo,
    run_odoo_shell,
    sql,
    start_odoo_shell,
    throwaway_database,
)

EXTRACT = REPOSITORY / "member_loyalty/demo/online_retail/online_retail_extract.csv.gz"
BATCH = f"""
import base64
from pathlib import Path

def make_batch(env):
    return env["member.import"].create({{
        "file": base64.b64encode(Path({str(EXTRACT)!r}).read_bytes()),
        "filename": "online_retail_extract.csv.gz",
        "default_currency_id": env.ref("base.main_company").currency_id.id,
    }})
"""
SMALL_STRETCHES = (
    BATCH
    + """
from odoo.addons.member_loyalty.models import member_import_file, member_import_staging
member_import_file.LARGE_FILE_BYTES = 1
member_import_staging.STRETCH = 500
"""
)
JOURNAL = """
SELECT count(*), count(DISTINCT source_key), count(DISTINCT partner_id), sum(amount)
  FROM member_activity
"""
NOTHING = (0, 0, 0, None)


@pytest.fixture
def database():
    with throwaway_database() as name:
        sql(name, "UPDATE res_currency SET active = TRUE WHERE name = 'GBP'")
        yield name


def _journal(database):
    return sql(database, JOURNAL)[0]


def _wait_until(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def _assert_whole(database):
    documents, keys, customers, _amount = _journal(database)
    # two of the 392 customers only ever had documents worth nothing
    assert (documents, keys, customers) == (3214, 3214, 390)
    created = "SELECT count(*) FROM res_partner WHERE ref ~ '^1[0-9]{4}$'"
    assert sql(database, created) == [(392,)]


def test_an_import_that_is_killed_leaves_nothing_and_can_be_repeated(database):
    process = start_odoo_shell(
        database,
        BATCH
        + """
batch = make_batch(env)
batch.action_check()
env.cr.commit()

import time
def wait(self):
    print("booked", flush=True)
    time.sleep(600)
type(batch)._enroll_customers = wait
batch.action_import()
""",
    )
    while process.stdout.readline() != "booked\n":
        assert process.poll() is None
    process.kill()
    process.wait()
    assert _journal(database) == NOTHING

    again = run_odoo_shell(
        database,
        'env["member.import"].search([("state", "=", "checked")]).action_import()\n'
        "env.cr.commit()\n",
    )

    assert again.returncode == 0, again.stderr
    _assert_whole(database)


def _kill_in_the_middle_of_a_check(database):
    """Kill a check in the background; return the line that it had reached."""
    process = start_odoo_shell(
        database,
        SMALL_STRETCHES
        + """
batch = make_batch(env)
batch.action_check()
env.cr.commit()
env["member.import"]._cron_import()
""",
    )
    reached = "SELECT COALESCE(max(staged_line), 0) FROM member_import"
    _wait_until(lambda: sql(database, reached)[0][0] > 5000)
    process.kill()
    process.wait()
    return sql(database, reached)[0][0]


def test_a_check_in_the_background_that_is_killed_goes_on_where_it_stopped(database):
    assert _kill_in_the_middle_of_a_check(database) < 54983

    again = run_odoo_shell(
        database,
        SMALL_STRETCHES
        + """
env["member.import"]._cron_import()
batch = env["member.import"].search([])
print(batch.state, batch.line_count, batch.refused_line_count, batch.document_count)
batch.action_import()
env["member.import"]._cron_import()
print(batch.state)
""",
    )

    assert again.returncode == 0, again.stderr
    assert again.stdout.splitlines() == ["checked 54982 3879 3217", "done"]
    _assert_whole(database)


def test_an_import_that_began_before_another_one_ended_adds_nothing(database):
    outcome = run_odoo_shell(
        database,
        BATCH
        + """
from odoo.exceptions import UserError
from odoo.service.model import retrying

first, second = make_batch(env), make_batch(env)
first.action_check()
second.action_check()
env.cr.commit()
with env.registry.cursor() as cr:
    late = second.with_env(env(cr=cr))
    print(late.state)  # from here on it sees the database as it is now
    first.action_import()
    env.cr.commit()
    try:
        retrying(late.action_import, late.env)
    except UserError as error:
        print(error)
""",
    )

    assert outcome.returncode == 0, outcome.stderr
    assert "nothing to import" in outcome.stdout
    _assert_whole(database)


def test_the_command_imports_once_and_undoes(database):
    arguments = ("member_import", "-d", database)
    addons = f"--addons-path={REPOSITORY}"

    first = run_odoo(addons, *arguments, "--file", str(EXTRACT), "--company", "No such")
    assert (first.returncode, "No such" in first.stderr) == (1, True)

    checked = run_odoo(addons, *arguments, "--file", str(EXTRACT), "--check-only")
    assert checked.returncode == 0, checked.stderr
    assert _journal(database) == NOTHING
    code = sql(database, "SELECT c.name FROM res_currency c JOIN res_company o"
               " ON o.currency_id = c.id ORDER BY o.id LIMIT 1")[0][0]  # fmt: skip

    imported = run_odoo(addons, *arguments, "--file", str(EXTRACT), "--currency", code)
    assert imported.returncode == 0, imported.stderr
    assert "3214 documents recorded, 392 customers created" in imported.stdout
    assert records(imported.stderr, "ERROR") == []
    _assert_whole(database)

    again = run_odoo(addons, *arguments, "--file", str(EXTRACT))
    assert (again.returncode, "Nothing was imported" in again.stdout) == (1, True)
    _assert_whole(database)

    batch = sql(database, "SELECT id FROM member_import WHERE state = 'done'")[0][0]
    undone = run_odoo(addons, *arguments, "--undo", str(batch))
    assert undone.returncode == 0, undone.stderr
    assert _journal(database)[3] == 0
