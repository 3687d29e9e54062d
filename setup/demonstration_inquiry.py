"""Show what inquiry lists are for: a shop where one can ask, and what was asked.

Runs in ``odoo shell`` after the sales. The buyer who can log in has asked twice: one
inquiry was answered with a quotation, the other one has just arrived.
"""

import sys

from odoo import Command


def load(env):
    """Switch the list on, and let the demonstration's buyer have asked for things."""
    print(
        "      inquiry lists: switched on, two inquiries", file=sys.stderr, flush=True
    )
    website = env["website"].search([], limit=1)
    website.member_inquiry_enabled = True
    buyer = env["res.users"].search([("login", "=", "buyer")]).partner_id
    products = env["product.product"].search(
        [("website_published", "=", True), ("sale_ok", "=", True)], limit=4
    )
    if not buyer or not products:
        return
    answered = ask(env, website, buyer, products[:1], 250, "Delivered in March?")
    ask(env, website, buyer, products[1:], 40, "For our shops in spring.")
    quotation = env["sale.order"].create(
        {
            "partner_id": buyer.id,
            "opportunity_id": answered.id,
            "company_id": website.company_id.id,
            "order_line": [
                Command.create({"product_id": products[0].id, "product_uom_qty": 250})
            ],
        }
    )
    quotation.write({"state": "sent"})
    env.cr.commit()


def ask(env, website, buyer, products, quantity, message):
    """Make the lead that an inquiry list of the buyer becomes."""
    return env["crm.lead"].create(
        {
            "name": f"Inquiry list of {buyer.commercial_partner_id.name}",
            "type": "opportunity",
            "partner_id": buyer.id,
            "company_id": website.company_id.id,
            "description": f"<p>{message}</p>",
            "member_inquiry_partner_id": buyer.id,
            "member_inquiry_link": "login",
            "member_inquiry_line_ids": [
                Command.create(
                    {
                        "product_id": product.id,
                        "name": product.display_name,
                        "quantity": quantity,
                        "uom_id": product.uom_id.id,
                        "unit": product.uom_id.name,
                        "is_from_list": True,
                    }
                )
                for product in products
            ],
        }
    )


load(env)  # noqa: F821 the shell has it
