from datetime import timedelta

from odoo import Command, fields

from .portal_common import MemberPageCommon


class MemberOrdersCommon(MemberPageCommon):
    """What Acme and Bolt ordered from the company of the website."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.website.company_id
        cls.product = cls.env["product.product"].create(
            {
                "name": "Bearing",
                "type": "service",
                "list_price": 250,
                "taxes_id": False,
                "invoice_policy": "order",
            }
        )

    @classmethod
    def _order(cls, partner, amount=250, state="sale", **values):
        """Let a contact order for an amount."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.seller.id,
                "require_payment": False,
                "order_line": [
                    Command.create({"product_id": cls.product.id, "price_unit": amount})
                ],
                **values,
            }
        )
        if state == "sale":
            order.action_confirm()
        else:
            order.state = state
        return order

    @classmethod
    def _invoice(cls, order, due_in=30):
        """Invoice an order, due in so many days."""
        invoice = order._create_invoices()
        invoice.invoice_payment_term_id = False
        invoice.invoice_date = fields.Date.today() - timedelta(days=60)
        invoice.invoice_date_due = fields.Date.today() + timedelta(days=due_in)
        invoice.action_post()
        return invoice

    @classmethod
    def _pay(cls, order, amount, state="done"):
        """Pay an order online."""
        provider = cls.env["payment.provider"].search([], limit=1)
        return cls.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": cls.env["payment.method"].search([], limit=1).id,
                "amount": amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"{order.name}-{state}",
                "state": state,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )

    def _get_payments(self):
        """Return what is open of Acme, as the pages ask for it."""
        domain = [("partner_id", "child_of", self.acme.ids)]
        orders = self.env["sale.order"]._search(
            [*domain, ("state", "in", ("sent", "sale"))]
        )
        invoices = self.env["account.move"]._search(
            [
                *domain,
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
            ]
        )
        return self.env["member.centre"]._get_open_payments(
            orders, invoices, self.seller._member_today()
        )
