from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.website_sale_loyalty.controllers.cart import Cart


class MemberClaim(Cart):
    """Free products that a buyer puts into the cart."""

    @route()
    def cart(self, **post):
        """Override of `website_sale` to keep free products that are still granted."""
        if order := request.cart:
            order._take_off_lost_claims()
        return super().cart(**post)

    @route(
        "/shop/member/claim",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def claim_member_benefit(self, benefit_id="", product_id="", **_parameters):
        """Put a free product into the cart, once for each time it is granted.

        A cart begins with it where there is none yet: Odoo's checkout takes it from
        there, with what the freight costs.
        """
        benefit = request.env.user._get_member_claims().filtered(
            lambda one: str(one.id) == benefit_id
        )
        if not benefit:
            raise request.not_found()
        product = benefit.product_ids.filtered(lambda one: str(one.id) == product_id)
        if product_id and not product:
            raise request.not_found()
        order = request.cart or request.website._create_cart()
        try:
            with request.env.cr.savepoint():
                order._claim_benefit(benefit, product)
        except UserError as error:
            order.shop_warning = str(error)
        else:
            order._verify_cart_after_update()
        return request.redirect("/shop/cart")
