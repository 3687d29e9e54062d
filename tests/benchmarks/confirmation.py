"""Time order confirmations with and without what we add. Runs in Odoo's shell."""

from contextlib import contextmanager

from stopwatch import Stopwatch

from odoo import Command

from odoo.addons.member_loyalty.models import account_move, sale_order, sale_order_line

HOOKED = (sale_order.SaleOrder, sale_order_line.SaleOrderLine, account_move.AccountMove)
WARM_UP = 20
LINES = 3


def measure(env, pairs):
    """Yield (side, stopwatch, statements) for orders confirmed in turn."""
    orders = _create_orders(env, 2 * (pairs + WARM_UP))
    for number in range(pairs + WARM_UP):
        couple = [("ours", orders[2 * number]), ("plain", orders[2 * number + 1])]
        for side, order in couple if number % 2 else reversed(couple):
            measured = _confirm(env, order, side)
            if number >= WARM_UP:
                yield side, *measured


def _create_orders(env, count):
    """Create quotations of three lines, each for another member of the crowd."""
    products = env["product.product"].create(
        [{"name": f"Product {n}", "list_price": 10 * n} for n in range(1, LINES + 1)]
    )
    memberships = env["member.membership"].search([], limit=count)
    orders = env["sale.order"].create(
        [
            {
                "partner_id": partner.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 2})
                    for product in products
                ],
            }
            for partner in memberships.partner_id
        ]
    )
    env.cr.commit()
    return orders


def _confirm(env, order, side):
    """Confirm an order as a request of its own would, and commit."""
    env.invalidate_all()
    before = env.cr.sql_log_count
    if side == "ours":
        watch = _confirm_timed(env, order)
    else:
        with _without_hooks():
            watch = _confirm_timed(env, order)
    assert order.state == "sale"
    return watch, watch.statements - before


def _confirm_timed(env, order):
    with Stopwatch(env.cr) as watch:
        order.action_confirm()
        env.cr.commit()
    watch.statements = env.cr.sql_log_count
    return watch


@contextmanager
def _without_hooks():
    """Take our overrides out of the classes, so that plain Odoo is what runs."""
    taken = [
        (cls, name, cls.__dict__[name])
        for cls in HOOKED
        for name in ("create", "write", "unlink")
        if name in cls.__dict__
    ]
    for cls, name, _method in taken:
        delattr(cls, name)
    try:
        yield
    finally:
        for cls, name, method in taken:
            setattr(cls, name, method)
