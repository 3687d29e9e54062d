from odoo import models


class SaleOrder(models.Model):
    """What we assume of Odoo here: ``write({"state": "sale"})`` comes before the
    transfers are made.
    """

    _name = "sale.order"
    _inherit = ["member.order.priority", "sale.order"]
