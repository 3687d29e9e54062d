from odoo import models


class ProductProduct(models.Model):
    """A variant in the shop: it is locked when its product is."""

    _name = "product.product"
    _inherit = [
        "member.catalogue.access",
        "member.catalogue.price",
        "product.product",
    ]

    def get_product_multiline_description_sale(self):
        """Override of `sale`: a call from outside tells nothing of hidden products.

        :raises AccessError: when it is hidden from who asks
        """
        self._check_shown()
        return super().get_product_multiline_description_sale()

    def _is_add_to_cart_allowed(self):
        """Override of `website_sale`: what has a lock is not bought."""
        # the product itself may be hidden, which the lock is not asked for
        return super()._is_add_to_cart_allowed() and not self._is_locked()

    def _is_locked(self):
        """Tell whether the visitor sees the product and may not buy it."""
        return self.product_tmpl_id._is_locked()

    def _to_markup_data(self, website):
        """Override of `website_sale`: search engines are told no price under a lock."""
        markup = super()._to_markup_data(website)
        if self._is_locked():
            markup.pop("offers", None)
        return markup

    def _website_show_quick_add(self):
        """Override of `website_sale`: what has a lock is not bought."""
        return super()._website_show_quick_add() and not self._is_locked()
