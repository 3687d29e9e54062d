"""Both sides of referrals are rewarded once, whatever runs at once or dies."""

import time

import process_tools
import tools

REFERRALS = 60
PREPARE = f"""
program = env["member.program"].search([], limit=1)
program.write({{"referral_active": True, "notify_members": True,
                "referral_window_days": 0, "referral_limit": 0}})
if not program.wallet_id:
    program._start_points()
env["member.earning.rule"].create([
    {{"program_id": program.id, "name": kind, "kind": kind, "points": points}}
    for kind, points in (("referral", 50), ("referred", 20))
])
ann = env["res.partner"].create({{"name": "Ann"}})
program._enroll_partners(ann, "hand")
code = env["member.referral.code"]._make(ann, program)
thing = env["product.product"].create(
    {{"name": "Thing", "type": "service", "taxes_id": False, "list_price": 100,
      "invoice_policy": "order"}})
names = [{{"name": f"Firm {{n}}"}} for n in range({REFERRALS})]
firms = env["res.partner"].create(names)
for firm in firms:
    env["member.referral"]._bind(code, firm)
orders = env["sale.order"].create([
    {{"partner_id": firm.id, "order_line": [(0, 0, {{"product_id": thing.id}})]}}
    for firm in firms
])
orders.action_confirm()
invoices = orders._create_invoices()
invoices.action_post()
for invoice in invoices:
    env["account.payment.register"].with_context(
        active_model="account.move", active_ids=invoice.ids
    ).create({{}})._create_payments()
env.cr.commit()
"""
GO = """
import os, time
print("ready", flush=True)
while {signal!r} and not os.path.exists({signal!r}):
    time.sleep(0.001)
"""
FOLLOW = """
from odoo.addons.member_loyalty.models import member_referral_following
member_referral_following.SLICE = 5
env["member.referral"]._cron_follow()
env.cr.commit()
"""


def _rewarded(database):
    """Return referrals rewarded, entries of both sides, journal rows, messages."""
    [counts] = tools.sql(
        database,
        """
        SELECT (SELECT COUNT(*)::int FROM member_referral WHERE state = 'rewarded'),
               (SELECT COUNT(*)::int FROM member_point_entry
                 WHERE source_model = 'member.referral' AND points = 50),
               (SELECT COUNT(*)::int FROM member_point_entry
                 WHERE source_model = 'member.referral' AND points = 20),
               (SELECT COALESCE(SUM(quantity), 0)::int FROM member_activity
                 WHERE kind = 'referral'),
               (SELECT COUNT(*)::int FROM member_notification
                 WHERE kind = 'referral_rewarded'),
               (SELECT COUNT(*)::int FROM member_notification
                 WHERE kind = 'referred_rewarded')
        """,
    )
    return counts


def test_two_runs_at_once_reward_each_referral_once(shop, tmp_path):
    process_tools.run(shop, PREPARE)
    signal = tmp_path / "go"
    started = [
        tools.start_odoo_shell(shop, GO.format(signal=str(signal)) + FOLLOW)
        for _process in range(2)
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    for process in started:
        # Odoo logs the conflicts after which it tries again
        process_tools.end(process, level="CRITICAL")
    process_tools.run(shop, FOLLOW)

    assert _rewarded(shop) == (REFERRALS,) * 6


def test_a_run_that_is_killed_goes_on_where_it_stopped(shop):
    process_tools.run(shop, PREPARE)
    process = process_tools.start(shop, GO.format(signal="") + FOLLOW)
    while _rewarded(shop)[0] < 1:
        assert process.poll() is None, process.stderr.read()[-6000:]
        time.sleep(0.005)
    process.kill()
    process.communicate()
    counts = _rewarded(shop)
    assert 0 < counts[0] < REFERRALS
    assert counts == (counts[0],) * 6

    process_tools.run(shop, FOLLOW)

    assert _rewarded(shop) == (REFERRALS,) * 6
