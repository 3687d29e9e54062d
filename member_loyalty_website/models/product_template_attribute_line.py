from odoo import models


class ProductTemplateAttributeLine(models.Model):
    """An attribute of a product, hidden with it."""

    _name = "product.template.attribute.line"
    _inherit = ["member.catalogue.part", "product.template.attribute.line"]
