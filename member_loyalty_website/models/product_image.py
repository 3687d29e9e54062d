from odoo import models
from odoo.fields import Domain


class ProductImage(models.Model):
    """A picture of a product or of a variant, hidden with it."""

    _name = "product.image"
    _inherit = ["member.catalogue.part", "product.image"]

    def _get_shown_domain(self):
        """Override of `member.catalogue.part`: a picture may be of a variant."""
        shown = super()._get_shown_domain()
        if shown.is_true():
            return shown
        of_product = self.env["website"]._get_on_sale_domain()
        return shown & (
            Domain("product_variant_id", "=", False)
            | Domain("product_variant_id.product_tmpl_id", "any", of_product)
        )
