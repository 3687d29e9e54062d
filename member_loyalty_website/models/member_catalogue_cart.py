from odoo import models
from odoo.exceptions import ValidationError


class MemberCatalogueCart(models.AbstractModel):
    """A cart holds what its buyer may buy in this shop, also when that changes."""

    _name = "member.catalogue.cart"
    _description = "Cart and Catalogue"

    def _verify_cart_after_update(self):
        """Override of `website_sale` to take off what is not for the buyer."""
        self._take_off_closed_products()
        return super()._verify_cart_after_update()

    def _recompute_cart(self):
        """Override of `website_sale` to take off what is not for the buyer."""
        self._take_off_closed_products()
        return super()._recompute_cart()

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale`: nobody pays for what is not for them.

        :raises ValidationError: with what to do
        """
        self._check_catalogue()
        return super()._check_cart_is_ready_to_be_paid()

    def _reserve_points(self):
        """Override of `member_loyalty`: nor by the page of the order.

        :raises ValidationError: with what to do
        """
        self._check_catalogue()
        return super()._reserve_points()

    def _check_catalogue(self):
        for order in self:
            if lines := order._get_closed_lines():
                raise ValidationError(
                    self.env._(
                        "%(product)s is not sold to you in this shop. Open your cart"
                        " again: it is brought up to date there.",
                        product=lines[0].sudo().product_id.name,
                    )
                )

    def _get_closed_lines(self):
        """Return the lines of a cart whose products are not for its buyer.

        Salespeople's quotations have none: they sell everything.
        """
        website = self.sudo().website_id
        if not website or self.state not in ("draft", "sent"):
            return self.order_line.browse()
        website = website.with_context(website_id=website.id)
        if not website._get_catalogue_rules() or self.env.user._is_internal():
            return self.order_line.browse()
        closed = website._get_closed_rules(*self._get_catalogue_buyer())
        if not closed:
            return self.order_line.browse()
        products = self.sudo().order_line.product_id
        allowed = products.filtered_domain(website._get_catalogue_domain(closed))
        return self.order_line.filtered(
            lambda line: (
                line.product_id
                and line._show_in_cart()
                and line.sudo().product_id not in allowed
            )
        )

    def _get_catalogue_buyer(self):
        """Return whose cart it is, none for a visitor, and the country it goes to."""
        order = self.sudo()
        if order.partner_id == order.website_id.user_id.partner_id:
            return order.partner_id.browse(), None
        return order.partner_id, order.partner_shipping_id.country_id.code or None

    def _take_off_closed_products(self):
        """Take off what is not for the buyer any more, and say so."""
        if len(self) != 1 or self._has_live_payment():
            return
        lines = self._get_closed_lines()
        if not lines:
            return
        names = lines.sudo().product_id.mapped("name")
        lines.unlink()
        self.shop_warning = self.env._(
            "Not sold to you in this shop, and taken off the cart: %(products)s",
            products=", ".join(names),
        )
