from odoo import models


class ProductTemplateAttributeValue(models.Model):
    """A value of an attribute of a product, hidden with it."""

    _name = "product.template.attribute.value"
    _inherit = ["member.catalogue.part", "product.template.attribute.value"]
