"""Gifts are given once, and no more than there are, whatever runs at once or dies."""

import time

import process_tools
import pytest
import tools

MEMBERS = 240
PREPARE = f"""
from odoo import Command
program = env["member.program"].search([], limit=1)
program.notify_members = True
today = program.company_id._member_today()
people = env["res.partner"].create([
    {{"name": f"Member {{n}}", "member_birthday": "1980-01-01"}}
    for n in range({MEMBERS})
])
program._enroll_partners(people, "hand")
coupons = env["loyalty.program"].create({{
    "name": "Present", "program_type": "coupons", "applies_on": "current",
    "trigger": "with_code", "rule_ids": False, "communication_plan_ids": False,
    "reward_ids": [Command.create({{
        "reward_type": "discount", "discount": 10, "discount_mode": "percent",
        "discount_applicability": "order", "required_points": 1,
    }})],
}})
benefit = env["member.benefit"].create({{
    "program_id": program.id, "name": "Brand day", "kind": "gift",
    "tier_ids": [Command.set(program.tier_ids.ids)],
    "gift_occasion": "brand_day", "gift_day": today, "gift_gives": "coupon",
    "gift_coupon_program_id": coupons.id, "gift_coupon_days": 30,
    "gift_limit": LIMIT,
}})
env.cr.commit()
"""
GO = """
import os, time
print("ready", flush=True)
while {signal!r} and not os.path.exists({signal!r}):
    time.sleep(0.001)
"""
GIVE = """
from odoo.addons.member_loyalty.models import member_benefit_gift_giving
member_benefit_gift_giving.SLICE = 20
env["member.benefit"]._cron_give_gifts()
env.cr.commit()
"""
SAMPLE = """
from odoo import Command
program = env["member.program"].search([], limit=1)
ada = env["res.partner"].create({"name": "Ada"})
program._enroll_partners(ada, "hand")
thing = env["product.product"].create(
    {"name": "Thing", "type": "service", "taxes_id": False, "standard_price": 7})
env["member.benefit"].create({
    "program_id": program.id, "name": "Sample", "kind": "product", "quota": 3,
    "tier_ids": [Command.set(program.tier_ids.ids)],
    "product_ids": [Command.set(thing.ids)],
})
env["sale.order"].create([{"partner_id": ada.id} for _ in range(10)])
env.cr.commit()
"""
CLAIM = """
from functools import partial
from odoo.exceptions import UserError
from odoo.service.model import retrying
orders = env["sale.order"].search([], order="id")[START::2]
benefit = env["member.benefit"].search([("name", "=", "Sample")])
for order in orders:
    try:
        retrying(partial(order._claim_benefit, benefit), env)
        env.cr.commit()
    except UserError:
        env.cr.rollback()
"""


def _given(database):
    """Return how many were given, to how many members, by how many codes."""
    [counts] = tools.sql(
        database,
        """
        SELECT COUNT(*)::int, COUNT(DISTINCT membership_id)::int,
               COUNT(DISTINCT card.code)::int,
               (SELECT COUNT(*)::int FROM loyalty_card),
               (SELECT COUNT(*)::int FROM member_notification)
          FROM member_benefit_gift_issue issue
          JOIN loyalty_card card ON card.id = issue.card_id
        """,
    )
    return counts


def _run_together(database, scripts, signal):
    started = [
        tools.start_odoo_shell(database, GO.format(signal=str(signal)) + script)
        for script in scripts
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    for process in started:
        process_tools.end(process)


@pytest.mark.parametrize(("limit", "given"), [(0, MEMBERS), (50, 50)])
def test_two_runs_at_once_give_each_member_one(shop, tmp_path, limit, given):
    process_tools.run(shop, f"LIMIT = {limit}\n" + PREPARE)

    _run_together(shop, [GIVE, GIVE], tmp_path / "go")
    process_tools.run(shop, GIVE)

    assert _given(shop) == (given,) * 5


def test_a_run_that_is_killed_goes_on_where_it_stopped(shop):
    process_tools.run(shop, "LIMIT = 0\n" + PREPARE)
    for least in (1, MEMBERS // 3):
        process = process_tools.start(shop, GO.format(signal="") + GIVE)
        while _given(shop)[0] < least:
            assert process.poll() is None, process.stderr.read()[-6000:]
            time.sleep(0.005)
        process.kill()
        process.communicate()
    counts = _given(shop)
    assert 0 < counts[0] < MEMBERS
    assert counts == (counts[0],) * 5

    process_tools.run(shop, GIVE)

    assert _given(shop) == (MEMBERS,) * 5


def test_two_processes_claim_no_more_than_there_is(shop, tmp_path):
    process_tools.run(shop, SAMPLE)

    _run_together(
        shop, [f"START = {start}\n" + CLAIM for start in (0, 1)], tmp_path / "go"
    )

    assert tools.sql(
        shop,
        """
        SELECT (SELECT COUNT(*)::int FROM sale_order_line WHERE price_unit = 0),
               (SELECT SUM(quantity)::int FROM member_benefit_usage),
               (SELECT used FROM member_benefit_allowance)
        """,
    ) == [(3, 3, 3)]
