"""What the process tests share: a crowd, processes at work, what they left behind."""

from contextlib import closing

import crowd
import psycopg2
import tools

THRESHOLDS = (300, 1500, 3)

# Small slices make many moments at which a run can be disturbed.
EVALUATE = """
from odoo.addons.member_loyalty.models import member_evaluation_run
member_evaluation_run.SLICE_SIZE = 500
print("ready", flush=True)
env["member.program"]._cron_evaluate()
env.cr.commit()
"""


def fill(database, members, first_day, last_day):
    """Put a crowd into ``database``, with thresholds that most of them reach."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT id FROM member_tier_condition ORDER BY id")
            for (condition_id,), value in zip(
                cursor.fetchall(), THRESHOLDS, strict=True
            ):
                cursor.execute(
                    "UPDATE member_tier_condition SET value = %s WHERE id = %s",
                    [value, condition_id],
                )
            crowd.add_members(cursor, members)
            crowd.add_purchases(cursor, first_day, last_day)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def start(database, script, options=()):
    """Start a shell with ``script`` and wait until it prints its first line."""
    process = tools.start_odoo_shell(database, script, options)
    wait_for_line(process)
    return process


def wait_for_line(process):
    """Wait until a process prints its first line; fail when it ends before."""
    if not process.stdout.readline():
        raise AssertionError(process.stderr.read()[-6000:])


def end(process, level="ERROR"):
    """Wait for a process; fail when it failed or logged at ``level`` or worse."""
    stdout, stderr = process.communicate(timeout=tools.TIMEOUT)
    assert process.returncode == 0, stderr[-6000:]
    assert tools.records(stderr, level) == []
    return stdout


def run(database, script, level="ERROR", options=()):
    """Run a shell with ``script`` to its end; return what it printed."""
    process = tools.run_odoo_shell(database, script, options=options)
    tools.assert_clean(process, level)
    return process.stdout


def evaluated(database):
    """Return how many members the runs have looked at so far."""
    [(count,)] = tools.sql(
        database, "SELECT COALESCE(SUM(evaluated_count), 0) FROM member_evaluation_run"
    )
    return count


def tiers(database):
    """Return every membership as it stands."""
    return tools.sql(
        database,
        """
          SELECT partner_id, tier_id, tier_since, valid_until
            FROM member_membership
        ORDER BY partner_id, id
        """,
    )


def decisions(database):
    """Return every decision, without the moment at which it was taken."""
    return tools.sql(
        database,
        """
          SELECT membership_id, date, event, from_tier_id, to_tier_id, figures::text
            FROM member_tier_decision
        ORDER BY membership_id, id
        """,
    )


def runs(database):
    """Return what the runs say of themselves."""
    return tools.sql(
        database,
        """
          SELECT state, as_of, scope, may_fall, evaluated_count, risen_count,
                 fallen_count
            FROM member_evaluation_run
        ORDER BY id
        """,
    )


def result(database):
    """Return all that evaluations left behind."""
    return tiers(database), decisions(database), runs(database)


def journal(database):
    """Return what the journal holds, without the moments of recording."""
    return tools.sql(
        database,
        """
          SELECT source_key, revision, event, commercial_partner_id, date, amount,
                 order_count
            FROM member_activity
        ORDER BY source_key, revision
        """,
    )
