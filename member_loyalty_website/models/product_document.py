from odoo import models


class ProductDocument(models.Model):
    """A document that members find in their member centre."""

    _name = "product.document"
    _inherit = ["product.document", "member.document.page"]
