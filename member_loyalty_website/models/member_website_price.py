from odoo import models
from odoo.http import request

from odoo.addons.website_sale.models.website import (
    PRICELIST_SELECTED_SESSION_CACHE_KEY,
    PRICELIST_SESSION_CACHE_KEY,
)


class MemberWebsitePrice(models.AbstractModel):
    """A shop whose prices follow the buyer's tier at every request.

    What the suite assumes of Odoo here: the shop keeps the price list in the session
    under one key, and the one that a buyer selected under another; it never asks again
    whether the buyer may have it. Requests get price list and cart by
    ``_get_and_cache_current_pricelist`` and ``_get_and_cache_current_cart``.
    """

    _name = "member.website.price"
    _description = "Prices of Members on a Website"

    def get_pricelist_available(self, show_visible=False):
        """Override of `website_sale`: lists for members only for those who have them.

        What it calls is cached for all buyers alike.
        """
        lists = super().get_pricelist_available(show_visible=show_visible)
        return lists.filtered(
            lambda one: not one._is_for_members() or one._is_available_on_website(self)
        )

    def _get_and_cache_current_pricelist(self):
        """Override of `website_sale` to ask again what the buyer may have."""
        known = request.session.get(PRICELIST_SESSION_CACHE_KEY)
        if known and self._is_outdated(self.env["product.pricelist"].browse(known)):
            self._forget_pricelist()
        pricelist = super()._get_and_cache_current_pricelist()
        if not self._is_outdated(pricelist):
            return pricelist
        # a read-only request took it from a cart, which it cannot re-price
        self._forget_pricelist()
        buyer = self.env.user.partner_id.with_company(self.company_id)
        return buyer.property_product_pricelist.sudo()

    def _get_and_cache_current_cart(self):
        """Override of `website_sale` to give a cart the prices of today."""
        cart = super()._get_and_cache_current_cart()
        if cart and not request.env.cr.readonly:
            cart._follow_member_price(self._has_selected_pricelist())
        return cart

    def _is_outdated(self, pricelist):
        """Tell whether the buyer should have another price list by their tier now."""
        is_for_members = pricelist._is_for_members()
        lists = self.env["product.pricelist"].with_company(self.company_id)
        if not is_for_members and not lists._is_any_member_price_granted():
            return False
        due = self._get_member_pricelist()
        if is_for_members:
            return due != pricelist.sudo()
        return bool(due) and not self._has_selected_pricelist()

    def _get_member_pricelist(self):
        """Return the price list that the buyer has by a benefit, if any."""
        if self.env.user._is_public():
            return self.env["product.pricelist"].sudo()
        buyer = self.env.user.partner_id.with_company(self.company_id)
        pricelist = buyer.sudo().property_product_pricelist
        return pricelist if pricelist._is_for_members() else pricelist.browse()

    def _has_selected_pricelist(self):
        """Tell whether the buyer chose a price list among those for everybody."""
        return bool(request.session.get(PRICELIST_SELECTED_SESSION_CACHE_KEY))

    def _forget_pricelist(self):
        """Let the shop find the buyer's price list anew."""
        request.session.pop(PRICELIST_SESSION_CACHE_KEY, None)
        request.session.pop(PRICELIST_SELECTED_SESSION_CACHE_KEY, None)
