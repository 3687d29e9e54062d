"""Buyers begin to pay at the same moment, with the same points."""

import process_tools
import tools

BUYERS = 4

# Acme has 50 points; each of its contacts has a cart with a voucher that costs 50.
PREPARE = f"""
from odoo import Command
program = env["member.program"].search([], limit=1)
program._start_points()
program.earning_rule_ids.active = False
starter = program.wallet_id.reward_ids
voucher = env["loyalty.reward"].create({{
    "program_id": program.wallet_id.id, "discount_mode": "per_order",
    "discount": 20, "required_points": 50,
}})
starter.active = False
acme = env["res.partner"].create({{"name": "Acme", "is_company": True}})
card = env["loyalty.card"]._get_member_wallet(program, acme, create=True)
card.points = 50
product = env["product.product"].create({{"name": "Thing", "type": "service"}})
for number in range({BUYERS}):
    buyer = env["res.partner"].create(
        {{"name": "Buyer %s" % number, "parent_id": acme.id}}
    )
    order = env["sale.order"].create({{
        "partner_id": buyer.id,
        "require_payment": True,
        "prepayment_percent": 1,
        "order_line": [Command.create({{
            "product_id": product.id, "price_unit": 200, "tax_ids": False,
        }})],
    }})
    order._update_programs_and_rewards()
    order._apply_program_reward(voucher, card)
    assert order.amount_total == 180
method = env.ref("payment.payment_method_unknown")
env["payment.provider"].create({{
    "name": "Dummy", "code": "none", "state": "test",
    "payment_method_ids": [Command.set(method.ids)],
}})
method.active = True
env.cr.commit()
"""
PAY = """
import os, time
from functools import partial
from odoo.exceptions import UserError
from odoo.service.model import retrying
order = env["sale.order"].search([], order="id")[{number}]
provider = env["payment.provider"].search([("code", "=", "none")], limit=1)
values = {{
    "provider_id": provider.id,
    "payment_method_id": env.ref("payment.payment_method_unknown").id,
    "amount": order.amount_total,
    "currency_id": order.currency_id.id,
    "partner_id": order.partner_id.id,
    "operation": "online_redirect",
    "sale_order_ids": order.ids,
}}
print("ready", flush=True)
while not os.path.exists({signal!r}):
    time.sleep(0.001)
try:
    retrying(partial(env["payment.transaction"].create, values), env)
    env.cr.commit()
    print("pays")
except UserError as refusal:
    env.cr.rollback()
    print(refusal)
"""
FINISH = """
from unittest.mock import patch
from odoo.addons.account_payment.models.payment_transaction import PaymentTransaction
env["member.order.points"].search([]).order_id._release_points()
env.cr.commit()
paying = env["payment.transaction"].search([("sale_order_ids", "!=", False)])
card = paying.sale_order_ids.order_line.coupon_id
card.points = 0
paying._set_done()
quiet = patch.object(type(paying.sale_order_ids), "_send_order_notification_mail")
with quiet, patch.object(PaymentTransaction, "_post_process"):
    paying._post_process()
env.cr.commit()
"""


def test_of_many_buyers_with_the_same_points_one_pays_and_the_others_are_told(
    shop, tmp_path
):
    process_tools.run(shop, PREPARE)
    signal = tmp_path / "go"
    started = [
        tools.start_odoo_shell(shop, PAY.format(number=number, signal=str(signal)))
        for number in range(BUYERS)
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    answers = sorted(process_tools.end(process) for process in started)

    assert sum("pays" in answer for answer in answers) == 1
    assert sum("and 0 can be used now" in answer for answer in answers) == BUYERS - 1
    assert tools.sql(shop, "SELECT COUNT(*) FROM payment_transaction") == [(1,)]
    assert _worth(shop) == [(0, 0)]


def test_a_payment_that_comes_after_the_points_went_confirms_the_order(shop, tmp_path):
    process_tools.run(shop, PREPARE)
    signal = tmp_path / "go"
    signal.touch()
    process_tools.run(shop, PAY.format(number=0, signal=str(signal)))

    process_tools.run(shop, FINISH)

    assert tools.sql(
        shop,
        """
        SELECT "order".state, "order".amount_total::int
          FROM sale_order "order"
          JOIN sale_order_transaction_rel link ON link.sale_order_id = "order".id
        """,
    ) == [("sale", 180)]
    assert _worth(shop) == [(0, 50)]


def _worth(database):
    return tools.sql(
        database,
        """
        SELECT points::int, member_debt::int
          FROM loyalty_card
         WHERE member_program_id IS NOT NULL
        """,
    )
