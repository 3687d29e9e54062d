"""Two evaluations at once: one works, the other steps aside or waits."""

import process_tools
import tools
from process_tools import EVALUATE

# Stops after its first slice until somebody makes the file.
PAUSED = (
    """
import os, time
from odoo.addons.member_loyalty.models.member_evaluation_run import MemberEvaluationRun
find_next_slice = MemberEvaluationRun._find_next_slice
def wait_and_find(self):
    if self.position and not os.path.exists({signal!r}):
        print("paused", flush=True)
        while not os.path.exists({signal!r}):
            time.sleep(0.01)
    return find_next_slice(self)
MemberEvaluationRun._find_next_slice = wait_and_find
"""
    + EVALUATE
)
BY_HAND_AND_BY_SCHEDULE = (
    """
from odoo.exceptions import UserError
from odoo.service.model import retrying
program = env["member.program"].search([], limit=1)
try:
    retrying(program.action_evaluate, env)
except UserError as refusal:
    print(refusal)
"""
    + EVALUATE
)
FAIL_ON_ONE = '''
from odoo.addons.member_loyalty.models.member_program_schedule import (
    MemberProgramSchedule as Evaluation
)
original = Evaluation._catch_up
def catch_up(self):
    if self.name == "Broken":
        env.cr.execute("SELECT 1 / 0", log_exceptions=False)
    return original(self)
Evaluation._catch_up = catch_up
first = env["member.program"].search([], limit=1)
first.copy({"name": "Broken", "sequence": 0})
env.cr.commit()
env["member.program"]._cron_evaluate()
env.cr.execute(
    """SELECT COUNT(*)
         FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND granted AND datname = current_database()
    """
)
print("locks", *env.cr.fetchone())
'''


def test_two_scheduled_runs_do_the_work_of_one(crowded, undisturbed):
    processes = [process_tools.start(crowded, EVALUATE) for _ in range(2)]
    for process in processes:
        process_tools.end(process)

    assert process_tools.result(crowded) == undisturbed


def test_while_a_run_is_under_way_others_step_aside(crowded, undisturbed, tmp_path):
    signal = tmp_path / "go"
    running = process_tools.start(crowded, PAUSED.format(signal=str(signal)))
    process_tools.wait_for_line(running)

    said = process_tools.run(crowded, BY_HAND_AND_BY_SCHEDULE)

    assert "is under way" in said
    assert process_tools.evaluated(crowded) == 500
    assert _has_planned_another_look(crowded)
    signal.touch()
    process_tools.end(running)
    assert process_tools.result(crowded) == undisturbed


def _has_planned_another_look(database):
    [(planned,)] = tools.sql(
        database,
        """
        SELECT COUNT(*)
          FROM ir_cron_trigger cron_trigger
          JOIN ir_cron cron ON cron.id = cron_trigger.cron_id
         WHERE cron.cron_name LIKE 'Membership: evaluate%'
           AND cron_trigger.call_at > now() AT TIME ZONE 'UTC'
        """,
    )
    return planned == 1


def test_a_program_that_fails_does_not_stop_the_others(crowded, undisturbed):
    process = tools.run_odoo_shell(crowded, FAIL_ON_ONE)

    assert process.returncode == 0, process.stderr[-6000:]
    errors = tools.records(process.stderr, "ERROR")
    assert len(errors) == 1 and "evaluation of program" in errors[0]
    assert "locks 0" in process.stdout
    assert process_tools.tiers(crowded) == undisturbed[0]
