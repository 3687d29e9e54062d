from odoo import models
from odoo.fields import Domain

WISHES = "product.wishlist"


class IrRule(models.Model):
    """Wishes of customers are for products that they may see.

    Wishlists belong to `website_sale_wishlist`, which need not be installed.
    """

    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        """Override of `base`: a wish for a hidden product would tell its name."""
        domain = super()._compute_domain(model_name, mode)
        if model_name != WISHES or self.env.su or self.env.user._is_internal():
            return domain
        shown = self.env["website"]._get_on_sale_domain()
        if shown.is_true():
            return domain
        return domain & Domain("product_id", "any", shown)
