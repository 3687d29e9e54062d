"""Put something into the points shop: for now, for soon, and for another tier.

Runs in ``odoo shell`` after points and benefits are there.
"""

import sys

from odoo import Command

GIFTS = (  # points, whether it is for the highest tier only
    (100, False),
    (250, False),
    (900, False),
    (300, True),
)


def load(env):
    """Offer products of the shop for points."""
    print("      points shop: gifts", file=sys.stderr, flush=True)
    program = env["member.program"].search([("wallet_id", "!=", False)], limit=1)
    products = env["product.product"].search(
        [("website_published", "=", True), ("list_price", ">", 1)],
        order="list_price, id",
        limit=len(GIFTS),
    )
    highest = program.tier_ids.sorted("sequence")[-1]
    env["loyalty.reward"].create(
        [
            {
                "program_id": program.wallet_id.id,
                "reward_type": "product",
                "reward_product_id": product.id,
                "required_points": points,
                "member_tier_ids": [Command.set(highest.ids if for_highest else [])],
            }
            for product, (points, for_highest) in zip(products, GIFTS, strict=False)
        ]
    )


load(env)  # noqa: F821  the shell provides it
env.cr.commit()  # noqa: F821
