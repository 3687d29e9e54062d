"""Show what members do to earn points: check in, review, share, complete a profile.

Runs in ``odoo shell`` after the benefits are there. The buyer came by on the last two
days and can check in today.
"""

import sys
from datetime import timedelta

from odoo import Command, fields

from odoo.addons.member_loyalty_website.logic.share_visit import Visitor

RULES = {
    "check_in": ("Daily check-in", 5, {}),
    "profile": ("Complete profile", 50, {}),
    "review": ("Product review", 20, {"review_needs_approval": True}),
    "sharing": ("Shared product", 2, {"cap_period": "month", "cap_points": 100}),
}
TEXT = "Sturdy, and it arrived a day early. We ordered a second box for our shop."


def load(env):
    """Give points for acts, and let the buyer and others act."""
    print("      earning acts: rules and what members did", file=sys.stderr, flush=True)
    program = env["member.program"].search([], limit=1)
    there = env["member.earning.rule"].search([("program_id", "=", program.id)])
    for kind, (name, points, values) in RULES.items():
        values = {**values, "name": name, "points": points}
        if rule := there.filtered(lambda one, kind=kind: one.kind == kind):
            rule.write(values)
        else:
            there.create({"program_id": program.id, "kind": kind, **values})
    env.ref("website_sale.product_comment").active = True
    buyer = env["res.users"].search([("login", "=", "buyer")])
    come_by(env, program, buyer.partner_id)
    product = buy_and_review(env, program, buyer)
    share(env, program, buyer.partner_id, product)
    env.cr.commit()


def come_by(env, program, buyer):
    """The buyer and others checked in on the last days."""
    others = env["member.membership"].search(
        [("program_id", "=", program.id)], order="tier_id desc, id", limit=5
    )
    now = fields.Datetime.now()
    for contact in (buyer, *others.partner_id):
        for days in (2, 1):
            at = now - timedelta(days=days)
            env["member.check.in"]._check_in(contact, program.company_id, at)


def buy_and_review(env, program, buyer):
    """The buyer got three products, and reviewed one of them."""
    products = env["product.product"].search(
        [("is_published", "=", True), ("list_price", ">", 1)], limit=3
    )
    order = env["sale.order"].create(
        {
            "partner_id": buyer.partner_id.id,
            "company_id": program.company_id.id,
            "order_line": [Command.create({"product_id": one.id}) for one in products],
        }
    )
    order.action_confirm()
    for line in order.order_line:
        line.qty_delivered = line.product_uom_qty
    reviewed = products[:1].product_tmpl_id
    reviewed.with_user(buyer).sudo().message_post(
        body=TEXT,
        rating_value=5,
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    return reviewed


def share(env, program, buyer, product):
    """The buyer shared a product, and two others looked at it."""
    link = env["member.share"]._open(buyer, product, program.company_id, "demo")
    for number in range(2):
        visitor = Visitor(f"device {number}")
        env["member.share.visit"]._count(link, visitor, f"192.0.2.{number}")


load(env)  # noqa: F821  the shell provides it
