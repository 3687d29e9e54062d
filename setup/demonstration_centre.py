"""Show what the member centre is for: an overdue invoice, a delivery, a contact.

Runs in ``odoo shell`` after the sales are there. What a manager would do with a few
clicks is done here with the same methods.
"""

from datetime import date, timedelta

TRACKING = "KG-2026-0815"
TRACKING_PAGE = "https://parcels.example/track/<shipmenttrackingnumber>"


def load(env):
    """Give the buyer's company something to pay, to wait for, and somebody to ask."""
    buyer = env["res.users"].search([("login", "=", "buyer")]).partner_id
    company = buyer.commercial_partner_id
    name_contact(env, company)
    orders = env["sale.order"].search(
        [("partner_id", "child_of", company.ids), ("state", "=", "sale")],
        order="id",
    )
    if orders:
        send(env, orders[:1])
        bill(orders[:1])
    env.cr.commit()


def name_contact(env, company):
    """Let a salesperson who can be called look after the company."""
    seller = env["res.users"].search([("login", "=", "salesperson")])
    seller.partner_id.phone = "+44 20 7946 0018"
    company.user_id = company.user_id or seller


def send(env, order):
    """Deliver an order by a carrier that says where it is."""
    carrier = env["delivery.carrier"].search([("name", "=", "Courier")], limit=1)
    carrier.tracking_url = TRACKING_PAGE
    for picking in order.picking_ids:
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty
            move.picked = True
        picking.with_context(skip_sms=True).button_validate()
        picking.carrier_id = carrier
        picking.carrier_tracking_ref = TRACKING


def bill(order):
    """Invoice an order so that it is overdue."""
    invoice = order._create_invoices()
    invoice.invoice_payment_term_id = False
    invoice.invoice_date = date.today() - timedelta(days=40)
    invoice.invoice_date_due = date.today() - timedelta(days=10)
    invoice.action_post()


load(env)  # noqa: F821  the shell provides it
