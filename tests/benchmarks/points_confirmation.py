#!/usr/bin/env python3
"""Time confirmations that earn and spend, against plain Odoo with a loyalty program.

    tests/benchmarks/points_confirmation.py --members 10000 --orders 200

Orders of three lines, each with a discount paid by points, are confirmed in turn: on
one pricelist with a program kept by the ledger, on the other with a loyalty program of
plain Odoo and our overrides taken out of the classes.
"""

import argparse
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from statistics import median

FOLDER = Path(__file__).resolve().parent
REPOSITORY = FOLDER.parents[1]
DATABASE = f"member_loyalty_bench_{os.getpid()}"
SCRIPT = """
import sys
sys.path[:0] = {paths!r}
import points_confirmation
points_confirmation.measure(env, {members}, {orders})
"""
WARM_UP = 20
LINES = 3
POINTS = 1000
MODELS = (
    "sale.order",
    "sale.order.line",
    "account.move",
    "loyalty.card",
    "loyalty.history",
    "loyalty.program",
    "loyalty.reward",
)


def measure(env, members, count):
    """Confirm ``count`` orders on each side, and print medians and their ratio."""
    import crowd

    program = env["member.program"].search([], limit=1)
    crowd.add_members(env.cr, members, program.id)
    env.invalidate_all()
    orders = _prepare(env, program, count + WARM_UP)
    found = {"ours": [], "plain": []}
    for number in range(count + WARM_UP):
        sides = ["ours", "plain"] if number % 2 else ["plain", "ours"]
        for side in sides:
            measured = _confirm(env, orders[side][number], side)
            if number >= WARM_UP:
                found[side].append(measured)
    _report(members, count, found)


def _report(members, count, found):
    figures = {
        side: [median(column) for column in zip(*rows, strict=True)]
        for side, rows in found.items()
    }
    print(
        f"{members:,} members, {count} orders on each side, load {os.getloadavg()[0]}"
    )
    for side, (wall, cpu, statements) in figures.items():
        print(
            f"{side:6} {wall * 1000:7.1f} ms, {cpu * 1000:7.1f} ms of processor,"
            f" {statements:.0f} statements"
        )
    ours, plain = figures["ours"], figures["plain"]
    print(
        f"ours : plain  {ours[0] / plain[0]:.2f} on the clock,"
        f" {ours[1] / plain[1]:.2f} of processor (aim 1.25)"
    )


def _prepare(env, program, count):
    """Return quotations of both sides, each with points claimed."""
    currency = program.currency_id
    lists = {
        side: env["product.pricelist"].create(
            {"name": side, "currency_id": currency.id, "company_id": False}
        )
        for side in ("ours", "plain")
    }
    env["loyalty.program"].search([]).active = False
    wallet = program._start_points()
    wallet.pricelist_ids = lists["ours"]
    values = program._prepare_wallet() | {"name": "Plain", "member_program_id": False}
    plain = env["loyalty.program"].create(values)
    plain.pricelist_ids = lists["plain"]
    partners = env["member.membership"].search([], limit=2 * count).partner_id
    sides = {"ours": partners[:count], "plain": partners[count:]}
    _give_points(env, program, plain, sides)
    products = env["product.product"].create(
        [{"name": f"Product {n}", "list_price": 100 * n} for n in range(1, LINES + 1)]
    )
    orders = {
        side: _create_orders(env, of_side, lists[side], products)
        for side, of_side in sides.items()
    }
    env.cr.commit()
    return orders


def _give_points(env, program, plain, sides):
    cards = env["loyalty.card"].with_context(loyalty_no_mail=True)
    for partner in sides["ours"]:
        card = cards._get_member_wallet(program, partner, create=True)
        card.with_context(member_point_reason="Start").points = POINTS
    cards.create(
        [
            {"program_id": plain.id, "partner_id": partner.id, "points": POINTS}
            for partner in sides["plain"]
        ]
    )


def _create_orders(env, partners, pricelist, products):
    orders = env["sale.order"].create(
        [
            {
                "partner_id": partner.id,
                "pricelist_id": pricelist.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": 2})
                    for product in products
                ],
            }
            for partner in partners
        ]
    )
    for order in orders:
        order._update_programs_and_rewards()
        for card, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards[:1], card)
        order._update_programs_and_rewards()
        assert order.reward_amount < 0, "every order spends"
    return orders


def _confirm(env, order, side):
    """Confirm an order as a request of its own would, and commit."""
    from stopwatch import Stopwatch

    env.invalidate_all()
    before = env.cr.sql_log_count
    with _without_hooks(env, side == "plain"), Stopwatch(env.cr) as watch:
        order.action_confirm()
        env.cr.commit()
    assert order.state == "sale"
    return watch.wall, watch.cpu, env.cr.sql_log_count - before


@contextmanager
def _without_hooks(env, wanted):
    """Take our overrides out of the classes, so that plain Odoo is what runs."""
    taken = [one for name in MODELS for one in _overrides(env, name)] if wanted else []
    for cls, name, _method in taken:
        delattr(cls, name)
    try:
        yield
    finally:
        for cls, name, method in taken:
            setattr(cls, name, method)


def _overrides(env, model):
    """Yield our methods that override one of Odoo's, with the class they are in."""
    classes = env.registry[model].mro()
    ours = [cls for cls in classes if "addons.member_loyalty" in cls.__module__]
    native = [cls for cls in classes if cls not in ours and cls is not classes[0]]
    for cls in ours:
        for name, method in list(vars(cls).items()):
            if callable(method) and any(name in vars(other) for other in native):
                yield cls, name, method


def main():
    """Make a throw-away database, measure in Odoo's shell, and drop it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--orders", type=int, default=200)
    arguments = parser.parse_args()
    script = SCRIPT.format(
        paths=[str(FOLDER), str(FOLDER.parent)],
        members=arguments.members,
        orders=arguments.orders,
    )
    try:
        subprocess.run(["setup/database", "copy", DATABASE], cwd=REPOSITORY, check=True)
        subprocess.run(
            ["setup/odoo", "shell", "-d", DATABASE, "--no-http", "--log-level=warn"],
            cwd=REPOSITORY,
            input=script,
            text=True,
            check=True,
        )
    finally:
        subprocess.run(["setup/database", "drop", DATABASE], cwd=REPOSITORY, check=True)


if __name__ == "__main__":
    main()
