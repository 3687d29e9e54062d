"""Show what the shop remembers of a buyer who agreed, and what it recommends.

Runs in ``odoo shell`` after the sales are there. What pages would report is noted here
with the same method.
"""

import sys
from datetime import timedelta

DAYS = 4


def load(env):
    """Switch it on, let the buyer have looked around, and find what goes together."""
    print("      interest in products, recommendations", file=sys.stderr, flush=True)
    website = env["website"].search([], limit=1)
    website.write(
        {
            "cookies_bar": True,
            "member_follow_views": True,
            "member_recommend_products": True,
        }
    )
    buyer = env["res.users"].search([("login", "=", "buyer")], limit=1)
    look_around(env, website, buyer.partner_id)
    env["member.product.pair"]._refresh(website.company_id)


def look_around(env, website, contact):
    """Note what a buyer looked at on the last days: less and less of it."""
    today = website.company_id._member_today()
    contact._forget_interests()
    products = env["product.template"].search(
        [("is_published", "=", True), ("sale_ok", "=", True)], order="id", limit=DAYS
    )
    for number, product in enumerate(products):
        env["member.product.interest"].create(
            {
                "partner_id": contact.id,
                "website_id": website.id,
                "product_tmpl_id": product.id,
                "day": today - timedelta(days=number),
                "view_count": 1 + number % 3,
                "seconds": 20 + 15 * number,
                "search_count": number % 2,
            }
        )
    for words in ("led lamp", "outdoor light"):
        env["member.product.search"].create(
            {
                "partner_id": contact.id,
                "website_id": website.id,
                "day": today,
                "words": words,
                "search_count": 1,
            }
        )


load(env)  # noqa: F821  the shell provides it
