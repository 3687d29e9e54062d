"""Many processes merge the same two members, and undo that, at the same moment."""

import process_tools
import tools
from point_world import SPAWN, WORDS

RACE = (
    WORDS
    + SPAWN
    + """
program = env["member.program"].search([], limit=1)
one, two = env["res.partner"].create([
    {"name": "Lumen", "is_company": True, "phone": "+49 30 1234567"},
    {"name": "Lumen Ltd", "is_company": True, "phone": "+49 30 1234567"},
])
program._enroll_partners(one | two, "hand")
pair = env["member.duplicate"].create({"partner_id": one.id, "other_id": two.id})
gate, door = os.pipe()

def merge(env):
    wizard = env["member.duplicate.merge"].create(
        {"duplicate_id": pair.id, "stays_id": one.id}
    )
    wizard.action_merge()

def undo(env):
    env["member.merge"].search([], limit=1)._undo()

def make_sure(work, is_done):
    # all may refuse when they meet; whoever presses again gets through
    env.cr.rollback()
    env.invalidate_all()
    if not is_done():
        work(env)
        env.cr.commit()
        print(f"{work.__name__} done\\n", end="", flush=True)

def race(env, work):
    os.close(door)
    os.read(gate, 1)
    while True:
        try:
            retrying(partial(work, env), env)
            print(f"{work.__name__} done\\n", end="", flush=True)
        except sql_db.psycopg2.OperationalError:
            env.cr.rollback()
            continue
        except UserError:
            env.cr.rollback()
            print(f"{work.__name__} refused\\n", end="", flush=True)
        return

pids = [spawn(race, merge) for _number in range(6)]
os.close(door)
wait(pids)
merges = env["member.merge"]
make_sure(merge, lambda: merges.search_count([]))
gate, door = os.pipe()
pids = [spawn(race, undo) for _number in range(6)]
os.close(door)
wait(pids)
make_sure(undo, lambda: merges.search_count([("state", "=", "undone")]))
"""
)


def test_two_members_are_merged_once_and_parted_once(shop):
    # conflicts are expected, and Odoo logs them
    said = process_tools.run(shop, RACE, level="CRITICAL").splitlines()

    assert said.count("merge done") == 1, said
    assert said.count("undo done") == 1, said
    assert tools.sql(shop, "SELECT state FROM member_merge") == [("undone",)]
    assert tools.sql(
        shop, "SELECT COUNT(*) FROM res_partner WHERE name LIKE 'Lumen%'"
    ) == [(2,)]
    assert tools.sql(shop, "SELECT COUNT(*) FROM member_membership WHERE active") == [
        (2,)
    ]
