from odoo import models
from odoo.tools import float_round

from .loyalty_card import BY_LEDGER


class SaleOrder(models.Model):
    """The native methods of `sale_loyalty` that the ledger has to be told of.

    Odoo's engine goes on deciding which programs and rewards an order has. For cards
    kept by the ledger it no longer writes points: ``_settle_points`` does.
    """

    _inherit = "sale.order"

    def action_confirm(self):
        """Override of `sale_loyalty`: one order after the other.

        Together, two orders could spend the same points: each is checked alone.
        """
        if len(self) > 1:
            for order in self:
                order.action_confirm()
            return True
        return super(SaleOrder, self._by_ledger()).action_confirm()

    def _action_cancel(self):
        """Override of `sale_loyalty`: points go back by entries."""
        return super(SaleOrder, self._by_ledger())._action_cancel()

    def _update_programs_and_rewards(self):
        """Override of `sale_loyalty`: bring the member's card along."""
        for order in self:
            order._bring_member_wallet()
        result = super(SaleOrder, self._by_ledger())._update_programs_and_rewards()
        self._settle_points()
        return result

    def _add_points_for_coupon(self, coupon_points):
        """Override of `sale_loyalty`: the ledger gives the points, not this."""
        return super(SaleOrder, self._by_ledger())._add_points_for_coupon(
            {
                coupon.with_context(**{BY_LEDGER: True}): points
                for coupon, points in coupon_points.items()
            }
        )

    def _get_point_changes(self):
        """Override of `sale_loyalty`: points of kept cards do not change here."""
        changes = super()._get_point_changes()
        for coupon in [card for card in changes if card._is_kept_by_ledger()]:
            del changes[coupon]
        return changes

    def _update_loyalty_history(self, coupon_id, points):
        """Override of `sale_loyalty`: the ledger writes the history of its cards."""
        if coupon_id._is_kept_by_ledger():
            return None
        return super()._update_loyalty_history(coupon_id, points)

    def _get_points_programs(self):
        """Override of `sale_loyalty`: a purse counts before it gives points.

        Without it the engine would make a second card, for the contact alone.
        """
        programs = super()._get_points_programs()
        purses = self.coupon_point_ids.coupon_id.filtered("member_program_id")
        return programs | purses.program_id

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Override of `sale_loyalty`: what has expired cannot be spent.

        Nor what this order itself will earn: paying with it would lower what it
        earns. What an online payment has reserved belongs to this order. Points are
        rounded as points, not as the program's currency.
        """
        if not coupon._is_kept_by_ledger():
            return super()._get_real_points_for_coupon(
                coupon, post_confirm=post_confirm
            )
        points = coupon.member_usable_points
        if self.state in ("draft", "sent"):
            points += self._get_reserved_points(coupon)
        if self.state != "sale":
            points -= sum(
                line.points_cost for line in self.order_line if line.coupon_id == coupon
            )
        return float_round(points, precision_digits=2)

    def _program_check_compute_points(self, programs):
        """Override of `sale_loyalty`: a member's points come from earning rules."""
        result = super()._program_check_compute_points(programs)
        for program, status in result.items():
            member_program = program.sudo().member_program_id
            if member_program.wallet_id == program and "points" in status:
                status["points"] = [self._get_point_hint(member_program)]
        return result

    def _by_ledger(self):
        """Return the orders so that the engine leaves points to the ledger."""
        return self.with_context(**{BY_LEDGER: True})
