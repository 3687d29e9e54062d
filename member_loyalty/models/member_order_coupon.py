from collections import Counter

from odoo import models


class MemberOrderCoupon(models.AbstractModel):
    """Coupons for the next order that a confirmed order has paid with points.

    What is given is compared with what the lines say, so a second confirmation
    gives nothing.
    """

    _name = "member.order.coupon"
    _description = "Coupons Paid with Points"

    def write(self, vals):
        """Override of `sale` to give and withdraw coupons with the state."""
        result = super().write(vals)
        if "state" in vals:
            self._settle_reward_coupons()
        return result

    def _write_vals_from_reward_vals(self, reward_vals, old_lines, delete=True):
        """Override of `sale_loyalty` for rewards claimed on a confirmed order."""
        result = super()._write_vals_from_reward_vals(
            reward_vals, old_lines, delete=delete
        )
        if self.state == "sale":
            self._settle_reward_coupons()
        return result

    def _settle_reward_coupons(self):
        """Give the coupons that are due and withdraw those that are not any more."""
        claimed = {
            order: order._count_claimed_coupons()
            if order.state == "sale"
            else Counter()
            for order in self.sudo()
        }
        given = self.env["member.reward.coupon"].sudo()
        if any(claimed.values()) or any(order.state != "sale" for order in self):
            given = given.search([("order_id", "in", self.ids)], order="id")
        for order, due in claimed.items():
            own = given.filtered(lambda one, order=order: one.order_id == order)
            for reward in own.reward_id | self._get_rewards_in(due):
                of_reward = own.filtered(lambda one, r=reward: one.reward_id == r)
                of_reward._settle(order, reward, due[reward.id])

    def _get_rewards_in(self, due):
        return self.env["loyalty.reward"].sudo().browse(due)

    def _count_claimed_coupons(self):
        """Return how many coupons of which reward the order has claimed."""
        self.ensure_one()
        return Counter(
            line.reward_id.id
            for line in self.order_line
            if line.reward_id.reward_type == "member_coupon" and line.points_cost > 0
        )
