"""Fifty buyers begin to pay for the same few units of a flash sale at once."""

import process_tools
import tools

BUYERS = 50
PROCESSES = 2
LIMIT = 7

# Each buyer is a member with a cart of one thing, at the price of the sale.
PREPARE = """
from datetime import timedelta
from odoo import Command, fields
program = env["member.program"].search([], limit=1)
website = env["website"].search([], limit=1)
product = env["product.product"].create({{
    "name": "Thing", "type": "service", "list_price": 100, "taxes_id": False,
}})
now = fields.Datetime.now()
sale = env["member.sale.event"].create({{
    "name": "Flash", "kind": "flash", "program_id": program.id,
    "product_tmpl_ids": [Command.set(product.product_tmpl_id.ids)],
    "price_kind": "fixed", "fixed_price": 60,
    "begins_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1),
    "quantity_limit": {limit}, "quantity_per_member": {per_member},
}})
members = env["res.partner"].create([
    {{"name": "Member %s" % number, "is_company": True}}
    for number in range({members})
])
program._enroll_partners(members, "hand")
for number in range({buyers}):
    buyer = env["res.partner"].create({{
        "name": "Buyer %s" % number, "parent_id": members[number % {members}].id,
    }})
    order = env["sale.order"].create({{
        "partner_id": buyer.id, "website_id": website.id,
        "order_line": [Command.create({{"product_id": product.id}})],
    }})
    order._follow_member_sales()
    assert order.amount_total == 60, order.amount_total
method = env.ref("payment.payment_method_unknown")
env["payment.provider"].create({{
    "name": "Dummy", "code": "none", "state": "test",
    "payment_method_ids": [Command.set(method.ids)],
}})
method.active = True
env.cr.commit()
"""

# A few buyers for each process, each with a cursor and a thread of their own.
PAY = """
import os, threading, time
from psycopg2 import OperationalError
from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying
ids = env["sale.order"].search([("website_id", "!=", False)], order="id").ids
ids = ids[{number}::{step}]
provider = env["payment.provider"].search([("code", "=", "none")], limit=1).id
method = env.ref("payment.payment_method_unknown").id
env.cr.rollback()
answers = []

def pay(order_id):
    with env.registry.cursor() as cr:
        own = api.Environment(cr, env.uid, {{}})
        def begin():
            order = own["sale.order"].browse(order_id)
            own["payment.transaction"].create({{
                "provider_id": provider, "payment_method_id": method,
                "amount": order.amount_total, "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id, "operation": "online_redirect",
                "sale_order_ids": order.ids,
            }})
        while not os.path.exists({signal!r}):
            time.sleep(0.001)
        for _press in range(5):  # a buyer whom Odoo gave up on presses again
            try:
                retrying(begin, own)
                answers.append("pays")
                return
            except UserError as refusal:
                cr.rollback()
                told = "Nothing was paid" in str(refusal)
                answers.append("refused" if told else str(refusal))
                return
            except OperationalError:
                cr.rollback()
        answers.append("gave up")

threads = [threading.Thread(target=pay, args=(one,)) for one in ids]
print("ready", flush=True)
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("answers", "|".join(answers))
"""

CANCEL = """
kept = env["member.sale.taking"].search([("state", "=", "reserved")], limit=2)
for order in kept.order_id:
    order.transaction_ids._set_canceled()
env.cr.commit()
"""
LAPSE = """
from datetime import timedelta
from odoo import fields
kept = env["member.sale.taking"].search([("state", "=", "reserved")])
kept.expires_at = fields.Datetime.now() - timedelta(minutes=1)
env.cr.commit()
env.ref("member_loyalty_website.ir_cron_member_sale_release").method_direct_trigger()
env.cr.commit()
"""
CONFIRM = """
kept = env["member.sale.taking"].search([("state", "=", "reserved")])
for order in kept.order_id:
    order.action_confirm()
env.cr.commit()
"""
BUY_AND_HANG = """
import time
order = env["sale.order"].search([("website_id", "!=", False)], order="id", limit=1)
order._reserve_points()
{commit}
print("ready", flush=True)
time.sleep(600)
"""


def _prepare(shop, limit=LIMIT, per_member=0, members=BUYERS, buyers=BUYERS):
    values = {
        "limit": limit,
        "per_member": per_member,
        "members": members,
        "buyers": buyers,
    }
    process_tools.run(shop, PREPARE.format(**values))


def _pay_at_once(shop, signal):
    """Have all buyers begin to pay; return what each was answered."""
    started = [
        tools.start_odoo_shell(
            shop, PAY.format(number=number, step=PROCESSES, signal=str(signal))
        )
        for number in range(PROCESSES)
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    answers = []
    for process in started:
        # Odoo logs the conflicts after which it tries again
        text = process_tools.end(process, level="CRITICAL")
        answers += text.split("answers ", 1)[1].strip().split("|")
    return answers


def test_of_fifty_buyers_as_many_pay_as_there_is_and_the_others_are_told(
    shop, tmp_path
):
    _prepare(shop)

    answers = _pay_at_once(shop, tmp_path / "go")

    assert sorted(answers) == ["pays"] * LIMIT + ["refused"] * (BUYERS - LIMIT)
    assert _state(shop) == (LIMIT, LIMIT)

    process_tools.run(shop, CANCEL)
    assert _state(shop) == (LIMIT - 2, LIMIT - 2)

    process_tools.run(shop, CONFIRM)
    assert _state(shop) == (LIMIT - 2, LIMIT - 2)
    assert tools.sql(
        shop, "SELECT DISTINCT amount_total::int FROM sale_order WHERE state = 'sale'"
    ) == [(60,)]


def test_contacts_of_one_member_together_get_no_more_than_its_share(shop, tmp_path):
    _prepare(shop, limit=1000, per_member=3, members=5)

    answers = _pay_at_once(shop, tmp_path / "go")

    assert answers.count("pays") == 15
    assert answers.count("refused") == BUYERS - 15
    rows = tools.sql(
        shop,
        """
        SELECT membership_id, SUM(quantity)::int
          FROM member_sale_taking
         WHERE state = 'reserved'
      GROUP BY membership_id
        """,
    )
    assert sorted(quantity for _member, quantity in rows) == [3] * 5


def test_a_buyer_killed_while_taking_takes_nothing(shop):
    _prepare(shop, buyers=1, members=1)

    _kill(tools.start_odoo_shell(shop, BUY_AND_HANG.format(commit="")))

    assert _state(shop) == (0, 0)


def test_what_a_killed_buyer_kept_comes_back_after_its_minutes(shop):
    _prepare(shop, buyers=1, members=1)
    buying = BUY_AND_HANG.format(commit="env.cr.commit()")
    _kill(tools.start_odoo_shell(shop, buying))
    assert _state(shop) == (1, 1)

    process_tools.run(shop, LAPSE)

    assert _state(shop) == (0, 0)


def _kill(process):
    process_tools.wait_for_line(process)
    process.kill()
    process.wait()


def _state(database):
    """Return what the sale counts, and what its rows sum up to."""
    [state] = tools.sql(
        database,
        """
        SELECT event.taken_quantity::int, COALESCE(SUM(taking.quantity), 0)::int
          FROM member_sale_event event
     LEFT JOIN member_sale_taking taking
            ON taking.event_id = event.id
           AND taking.state IN ('reserved', 'taken')
      GROUP BY event.id
        """,
    )
    return state
