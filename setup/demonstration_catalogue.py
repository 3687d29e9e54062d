"""Show the catalogue for members and a flash sale.

Runs in ``odoo shell`` after the benefits are there.
"""

import sys
from datetime import timedelta

from odoo import Command, fields


def load(env):
    """Lock a product for the highest tier, and begin a sale for all members."""
    program = env["member.program"].search([], limit=1)
    say("shop: a product for members, a flash sale, a member day")
    products = env["product.template"].search(
        [
            ("is_published", "=", True),
            ("sale_ok", "=", True),
            ("list_price", ">", 1),
            ("type", "!=", "combo"),
        ],
        order="list_price desc, id",
        limit=4,
    )
    lock(env, program, products[:1])
    sell(env, program, products[1:3], products[3:])


def say(what):
    """Show what is being done."""
    print(f"      {what}", file=sys.stderr, flush=True)


def lock(env, program, product):
    """Show a product with a lock to all but the highest tier."""
    env["member.catalogue.rule"].create(
        {
            "name": "For the highest tier",
            "company_id": program.company_id.id,
            "program_id": program.id,
            "tier_ids": [Command.set(program.tier_ids[-1:].ids)],
            "product_tmpl_ids": [Command.set(product.ids)],
            "is_teaser": True,
        }
    )


def sell(env, program, flash, day):
    """Let a flash sale run for three days, and announce a member day."""
    now = fields.Datetime.now().replace(second=0, microsecond=0)
    env["member.sale.event"].create(
        [
            {
                "name": "Flash Sale",
                "kind": "flash",
                "program_id": program.id,
                "product_tmpl_ids": [Command.set(flash.ids)],
                "percent": 30,
                "quantity_limit": 50,
                "quantity_per_member": 5,
                "begins_at": now,
                "ends_at": now + timedelta(days=3),
            },
            {
                "name": "Member Day",
                "kind": "day",
                "program_id": program.id,
                "product_tmpl_ids": [Command.set(day.ids)],
                "percent": 20,
                "begins_at": now + timedelta(days=7),
                "ends_at": now + timedelta(days=8),
            },
        ]
    )


load(env)  # noqa: F821
env.cr.commit()  # noqa: F821
