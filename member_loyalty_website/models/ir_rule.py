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
        if mode == "read" and not self._has_wishes():
            return domain
        shown = self.env["website"]._get_on_sale_domain()
        if shown.is_true():
            return domain
        return domain & Domain("product_id", "any", shown)

    def _has_wishes(self):
        """Tell whether there is anything to hide: most buyers have no wish at all."""
        buyer = self.env.user.partner_id.id
        wishes = self.env[WISHES].sudo().with_context(active_test=False)
        return self.env["member.remembered"]._remember_while_reading(
            (self._name, "wishes", buyer),
            lambda: bool(wishes.search_count([("partner_id", "=", buyer)], 1)),
        )
