from odoo import models


class SaleOrder(models.Model):
    """A cart: what the shop offers for points, and what it does while one pays."""

    _name = "sale.order"
    _inherit = [
        "member.catalogue.cart",
        "member.cart.sale",
        "member.cart.claim",
        "member.cart.benefit",
        "member.cart.reward",
        "member.cart.interest",
        "sale.order",
    ]

    def _verify_cart_after_update(self):
        """Override of `website_sale` to give points back when the cart changes."""
        self._release_unless_paying()
        return super()._verify_cart_after_update()

    def _follow_member_price(self, has_selected_pricelist):
        """Give a cart the prices that its customer has by their tier now.

        :param bool has_selected_pricelist: whether the buyer chose a price list; it
            stays unless it is one for members, who have no choice
        """
        self.ensure_one()
        if self.state != "draft" or self._get_due_pricelist() is None:
            return
        if has_selected_pricelist and not self.pricelist_id._is_for_members():
            return
        self.website_id._forget_pricelist()
        self._compute_pricelist_id()
        self._recompute_prices()

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale`: nobody pays for what is not on sale for them.

        Once it is paid, it is sold.
        """
        self._check_on_sale()
        return super()._check_cart_is_ready_to_be_paid()

    def _get_claimable_and_showable_rewards(self):
        """Override of `website_sale_loyalty`, which adds rewards without asking."""
        return self._leave_out_refused(super()._get_claimable_and_showable_rewards())

    def _get_shown_reward_price(self, reward):
        """Return what a reward costs the buyer, in points."""
        if reward._is_member_reward():
            return self._get_reward_price(reward)
        return reward.required_points
