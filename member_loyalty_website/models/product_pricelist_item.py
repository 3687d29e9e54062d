from odoo import models
from odoo.fields import Domain


class ProductPricelistItem(models.Model):
    """A price of a product, hidden with it, and under its lock."""

    _name = "product.pricelist.item"
    _inherit = ["member.catalogue.part", "product.pricelist.item"]

    def _get_shown_domain(self):
        """Override of `member.catalogue.access`: a lock hides the price."""
        shown = super()._get_shown_domain()
        locked = self.env["website"]._get_locked_domain()
        if locked.is_false():
            return shown
        return shown & (
            Domain("product_tmpl_id", "=", False)
            | Domain("product_tmpl_id", "any", ~locked)
        )
