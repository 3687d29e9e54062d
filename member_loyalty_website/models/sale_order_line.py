from odoo import models


class SaleOrderLine(models.Model):
    """A line of a cart."""

    _name = "sale.order.line"
    _inherit = [
        "member.cart.line.benefit",
        "member.cart.line.reward",
        "member.cart.line.sale",
        "sale.order.line",
    ]
