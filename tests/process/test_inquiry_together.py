"""Many requests fill and send the same inquiry list at the same moment."""

import process_tools
import tools
from point_world import SPAWN, WORDS

RACE = (
    WORDS
    + SPAWN
    + """
from odoo.addons.http_routing.tests.common import MockRequest
from odoo.exceptions import ConcurrencyError
from odoo.tests import HttpCase
HttpCase.http_port = classmethod(lambda cls: None)  # nobody listens here
website = env["website"].search([], limit=1)
website.member_inquiry_enabled = True
thing = env["product.product"].create({
    "name": "Raced", "type": "service", "is_published": True, "list_price": 5})
buyer = env["res.partner"].create({"name": "Buyer", "email": "buyer@raced.example"})
gate, door = os.pipe()

def add(env):
    lists = env["member.inquiry.list"].sudo()
    found = lists._open(website.with_env(env), buyer.with_env(env), "")
    product = thing.with_env(env)
    found._add(product, 2, product.uom_id)

def send(env):
    found = env["member.inquiry.list"].sudo().search([], limit=1)
    print("sent" if found._send({"contact_name": "Buyer"}) else "again", flush=True)

def answer(env, what):
    with MockRequest(env, website=website.with_env(env)):
        what(env)

def race(env, what):
    os.close(door)
    os.read(gate, 1)
    while True:
        try:
            retrying(partial(answer, env, what), env)
            env.cr.commit()
        except (sql_db.psycopg2.OperationalError, ConcurrencyError):
            env.cr.rollback()
            continue
        return

pids = [spawn(race, WHAT) for _ in range(8)]
os.close(door)
wait(pids)
"""
)
BEGUN = """
with MockRequest(env, website=website):
    add(env)
env.cr.commit()
pids = """


def test_nothing_is_lost_of_what_many_requests_add(shop):
    # Odoo logs the conflicts after which it tries again
    process_tools.run(shop, RACE.replace("WHAT", "add"), level="CRITICAL")

    lines = tools.sql(shop, "SELECT quantity FROM member_inquiry_list_line")
    assert [float(quantity) for (quantity,) in lines] == [16.0]
    assert tools.sql(shop, "SELECT COUNT(*) FROM member_inquiry_list") == [(1,)]


def test_a_list_that_many_requests_send_is_sent_once(shop):
    script = RACE.replace("WHAT", "send").replace("pids = ", BEGUN, 1)

    said = process_tools.run(shop, script, level="CRITICAL").splitlines()

    assert (said.count("sent") >= 1, "again" in said) == (True, True)
    assert tools.sql(
        shop,
        "SELECT COUNT(*) FROM crm_lead WHERE member_inquiry_list_id IS NOT NULL",
    ) == [(1,)]
    assert tools.sql(
        shop, "SELECT COUNT(*) FROM mail_mail WHERE email_to = 'buyer@raced.example'"
    ) == [(1,)]
