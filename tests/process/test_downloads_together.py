"""Many processes open documents for one member at the same moment."""

import process_tools
import pytest
import tools
from point_world import SPAWN, WORDS

RACE = (
    WORDS
    + SPAWN
    + """
program = env["member.program"].search([], limit=1)
tier = program._get_tiers()[:1]
member = env["res.partner"].create({"name": "Member"})
program._enroll_partners(member, "hand")
level = env["member.document.level"].create({"name": "Raced"})
env["member.benefit"].create({
    "program_id": program.id, "name": "Opens", "kind": "documents", "quota": 2,
    "tier_ids": [Command.set(tier.ids)],
    "document_level_ids": [Command.set(level.ids)],
})
product = env["product.template"].create({"name": "Raced"})
documents = env["product.document"].create([
    {"name": f"{number}.txt", "raw": b"text", "res_model": "product.template",
     "res_id": product.id, "member_only": True, "member_level_id": level.id}
    for number in range(DOCUMENTS)
])
gate, door = os.pipe()

def open_document(env, document_id):
    document = env["product.document"].browse(document_id)
    reader = env["res.partner"].browse(member.id)
    grant = document._find_grants(reader)[document_id]
    env["member.document.download"]._record(document, reader, *grant)

def race(env, document_id):
    os.close(door)
    os.read(gate, 1)
    while True:
        try:
            retrying(partial(open_document, env, document_id), env)
            print("opened", flush=True)
        except sql_db.psycopg2.OperationalError:
            env.cr.rollback()
            continue
        except UserError:
            env.cr.rollback()
            print("refused", flush=True)
        return

pids = [spawn(race, documents[number % DOCUMENTS].id) for number in range(READERS)]
os.close(door)
wait(pids)
"""
)


@pytest.mark.parametrize(
    ("readers", "documents", "opened", "uses"),
    [(8, 1, 8, 1), (8, 8, 2, 2)],
)
def test_a_document_counts_once_a_day_and_no_quota_is_exceeded(
    shop, readers, documents, opened, uses
):
    numbers = f"READERS, DOCUMENTS = {readers}, {documents}"

    said = process_tools.run(shop, numbers + RACE).splitlines()

    assert (said.count("opened"), said.count("refused")) == (opened, readers - opened)
    assert tools.sql(shop, "SELECT COUNT(*) FROM member_document_download") == [
        (opened,)
    ]
    assert tools.sql(shop, "SELECT SUM(quantity) FROM member_benefit_usage") == [
        (uses,)
    ]
    assert tools.sql(shop, "SELECT used FROM member_benefit_allowance") == [(uses,)]
