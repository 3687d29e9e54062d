"""Clicks at the same moment check a member in once, whatever the time zone says."""

import process_tools
import pytest
import tools

CONTACTS = 12
PREPARE = f"""
program = env["member.program"].search([], limit=1)
program._start_points()
program.earning_rule_ids.active = False
env["member.earning.rule"].create(
    {{"program_id": program.id, "name": "Check-in", "kind": "check_in", "points": 5}}
)
company = env["res.partner"].create({{"name": "Acme", "is_company": True}})
env["res.partner"].create([
    {{"name": f"Buyer {{n}}", "parent_id": company.id, "tz": "UTC"}}
    for n in range({CONTACTS})
])
program._enroll_partners(company, "hand")
env.cr.commit()
"""
CHECK_IN = """
import os, time
from functools import partial
from odoo.service.model import retrying
program = env["member.program"].search([], limit=1)
buyers = env["res.partner"].search([("name", "=like", "Buyer %")], order="id")
check_ins = env["member.check.in"]
print("ready", flush=True)
while not os.path.exists({signal!r}):
    time.sleep(0.001)

def press(buyer, zone):
    if zone:
        buyer.tz = zone
    check_ins._check_in(buyer, program.company_id)

for buyer in buyers:
    retrying(partial(press, buyer, {zone!r}), env)
    env.cr.commit()
"""


@pytest.fixture
def club(shop):
    """Give a database with a company whose contacts have not checked in yet."""
    process_tools.run(shop, PREPARE)
    return shop


def _press_together(database, signal, zones):
    """Check every contact in from as many processes as there are zones."""
    started = [
        tools.start_odoo_shell(database, CHECK_IN.format(signal=str(signal), zone=zone))
        for zone in zones
    ]
    for process in started:
        process_tools.wait_for_line(process)
    signal.touch()
    for process in started:
        # Odoo logs the conflicts after which it tries again
        process_tools.end(process, level="CRITICAL")


def _check_ins(database):
    """Return how many check-ins, contacts and entries there are, and their points."""
    [counts] = tools.sql(
        database,
        """
        SELECT (SELECT COUNT(*)::int FROM member_check_in),
               (SELECT COUNT(DISTINCT partner_id)::int FROM member_check_in),
               (SELECT COUNT(*)::int FROM member_point_entry),
               (SELECT SUM(points)::int FROM member_point_entry)
        """,
    )
    return counts


def test_two_clicks_at_the_same_moment_are_one_check_in(club, tmp_path):
    _press_together(club, tmp_path / "go", [None, None])

    assert _check_ins(club) == (CONTACTS, CONTACTS, CONTACTS, 5 * CONTACTS)


def test_clicks_from_two_time_zones_at_once_are_one_check_in(club, tmp_path):
    zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago"]  # never the same date
    _press_together(club, tmp_path / "go", zones)

    assert _check_ins(club) == (CONTACTS, CONTACTS, CONTACTS, 5 * CONTACTS)
