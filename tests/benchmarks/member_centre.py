"""Time the member centre of a buyer with 1,000 orders and 1,000 entries of points.

    setup/odoo shell -d NAME --no-http < tests/benchmarks/member_centre.py

Needs a database with member_loyalty_website; everything it makes is rolled back. The
overview and Odoo's own /my/orders take turns, each as a whole request without the
network: session, rights, statements, templates. The ratio says more than the
milliseconds on a machine that others use too.
"""

import logging
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from types import SimpleNamespace
from unittest.mock import patch

from werkzeug.test import Client

import odoo.http
import odoo.modules.module
from odoo import Command, api
from odoo.service import security
from odoo.tests.common import BaseCase

from odoo.addons.member_loyalty.logic.point_posting import Posting

ORDERS = 1000
LINES = 2
ENTRIES = 1000
ROUNDS = 15
AIM = 1.5  # times /my/orders
PAGES = {
    "overview": "/my/membership",
    "orders of Odoo": "/my/orders",
    "order history": "/my/membership/orders",
    "open payments": "/my/membership/payments",
}


def prepare(env):
    """Return a buyer with many orders and entries of points."""
    company = env["website"].search([], limit=1).company_id
    program = env["member.program"]._get_company_programs(company)[:1]
    if not program.wallet_id:
        program._start_points()
    member = env["res.partner"].create({"name": "Ada", "is_company": True})
    program._enroll_partners(member, "hand")
    user = env["res.users"].create(
        {
            "name": "Bea",
            "login": "bench",
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
        }
    )
    user.partner_id.parent_id = member
    order_much(env, member, company)
    earn_much(env, program, member)
    env.flush_all()
    for table in ("sale_order", "sale_order_line", "member_activity"):
        env.cr.execute(f"ANALYZE {table}")
    return user


def order_much(env, member, company):
    """Let the member order."""
    product = env["product.product"].create({"name": "Bearing", "type": "service"})
    lines = [
        Command.create({"product_id": product.id, "price_unit": 20 + place})
        for place in range(LINES)
    ]
    orders = env["sale.order"].create(
        [
            {"partner_id": member.id, "company_id": company.id, "order_line": lines}
            for _number in range(ORDERS)
        ]
    )
    orders.write({"state": "sale"})


def earn_much(env, program, member):
    """Give the member points, and let them be spent."""
    card = env["loyalty.card"]._get_member_wallet(program, member, create=True)
    first = datetime(2026, 1, 1)
    env["member.point.ledger"]._post(
        Posting(
            card.id,
            "earned" if number % 3 else "spent",
            Decimal(10 if number % 3 else -5),
            first + timedelta(hours=number),
        )
        for number in range(1, ENTRIES + 1)
    )


def answer_within(env):
    """Return patches that let requests see what is not committed, as tests do."""
    stand_in = SimpleNamespace(
        assertCanOpenTestCursor=lambda: None, test_cursor_lock_timeout=60
    )
    return [
        patch.object(odoo.modules.module, "current_test", stand_in),
        *BaseCase._registry_test_mode_patches(cr=env.cr, registry=env.registry),
    ]


def log_in(env, user):
    """Return a browser of the buyer, and the session to forget afterwards."""
    store = odoo.http.root.session_store
    session = store.new()
    session.update(
        odoo.http.get_default_session(), db=env.cr.dbname, _trace_disable=True
    )
    session.uid, session.login = user.id, user.login
    session.context = dict(env(user=user.id)["res.users"].context_get())
    session.session_token = security.compute_session_token(
        session, api.Environment(env.cr, user.id, {})
    )
    store.save(session)
    browser = Client(odoo.http.root)
    browser.set_cookie("session_id", session.sid)
    return browser, session


def measure(env, browser):
    """Return the milliseconds of each page, and its statements, by name."""
    times = {name: [] for name in PAGES}
    statements = {}
    for _round in range(ROUNDS + 1):
        for name, url in PAGES.items():
            env.invalidate_all()
            before, started = env.cr.sql_log_count, time.perf_counter()
            response = browser.get(url)
            times[name].append(1000 * (time.perf_counter() - started))
            statements[name] = env.cr.sql_log_count - before
            if response.status_code != 200:
                raise SystemExit(f"{url} answers {response.status_code}")
    return {name: found[1:] for name, found in times.items()}, statements


def main(env):
    """Print what was measured."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    user = prepare(env)
    with ExitStack() as stack:
        for part in answer_within(env):
            stack.enter_context(part)
        browser, session = log_in(env, user)
        try:
            times, statements = measure(env, browser)
        finally:
            odoo.http.root.session_store.delete(session)
    for name, found in times.items():
        print(
            f"{name}: median {median(found):.0f} ms, best {min(found):.0f} ms,"
            f" worst {max(found):.0f} ms, {statements[name]} statements"
        )
    ratio = median(times["overview"]) / median(times["orders of Odoo"])
    print(f"{ORDERS} orders: the overview takes {ratio:.2f} times Odoo's own page")
    print(f"aim: {AIM} times")
    env.cr.rollback()


if "env" in globals():
    main(env)  # noqa: F821
