from odoo import models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = [
        "member.customer.grouping",
        "sale.order",
        "member.code.document",
        "member.portrait.opening",
    ]
