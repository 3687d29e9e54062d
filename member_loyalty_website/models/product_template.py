from odoo import models


class ProductTemplate(models.Model):
    """A product of the shop."""

    _name = "product.template"
    _inherit = ["member.shop.price", "product.template"]
