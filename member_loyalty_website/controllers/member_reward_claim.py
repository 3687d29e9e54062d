from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.website_sale_loyalty.controllers.main import WebsiteSale


class MemberRewardClaim(WebsiteSale):
    """Odoo's own form in the cart gives what the points shop gives."""

    def _apply_reward(self, order, reward, coupon):
        """Override of `website_sale_loyalty`: a claim gives one piece for its price.

        Odoo's gives as many as there are points for, while the form says what one
        costs. A second press of the same button changes nothing.
        """
        if reward.reward_type != "product" or not reward._is_member_reward():
            return super()._apply_reward(order, reward, coupon)
        seen = request.params.get("claimed")
        if seen is not None and str(order._count_claims(reward)) != seen:
            return True
        chosen = request.env.context.get("product_id")
        product = reward.reward_product_ids.filtered(lambda one: one.id == chosen)
        try:
            with request.env.cr.savepoint():
                order._claim_member_reward(reward, coupon, product)
        except UserError as error:
            request.session["error_promo_code"] = str(error)
            return False
        return True
