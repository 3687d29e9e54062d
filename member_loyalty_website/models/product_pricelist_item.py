from odoo import models


class ProductPricelistItem(models.Model):
    """A price of a product, hidden with it."""

    _name = "product.pricelist.item"
    _inherit = ["member.catalogue.part", "product.pricelist.item"]
