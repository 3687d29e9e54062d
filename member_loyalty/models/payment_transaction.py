from odoo import api, fields, models

ENDED = ("cancel", "error")


class PaymentTransaction(models.Model):
    """An online payment keeps the points that the order costs until it has ended."""

    _inherit = "payment.transaction"

    member_rewards = fields.Json(
        readonly=True,
        copy=False,
        help="The rewards for points that the order had when its payment began.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `payment` to keep the points before the buyer pays.

        :raises UserError: when the points are not there any more
        """
        transactions = super().create(vals_list)
        for transaction in transactions.filtered("sale_order_ids"):
            if transaction.operation not in ("validation", "refund"):
                orders = transaction.sudo().sale_order_ids
                orders._reserve_points()
                transaction.member_rewards = orders._prepare_member_rewards()
        return transactions

    def write(self, vals):
        """Override of `payment` to follow what becomes of a payment."""
        result = super().write(vals)
        if "state" in vals:
            self._follow_with_points()
        return result

    def _follow_with_points(self):
        """Keep points for payments that go on; give them back when all have ended."""
        for order in self.sudo().sale_order_ids:
            payments = order.transaction_ids
            if order._has_live_payment():
                order._prolong_reservation()
            elif all(payment.state in ENDED for payment in payments):
                order._release_points()

    def _check_amount_and_confirm_order(self):
        """Override of `sale` to confirm orders with the rewards they were paid with."""
        for transaction in self:
            transaction._put_rewards_back()
        orders = super()._check_amount_and_confirm_order()
        orders._tell_of_owed_points()
        return orders

    def _put_rewards_back(self):
        """Put rewards back that the order lost after its payment had begun.

        Only when the order then comes to what was paid.
        """
        self.ensure_one()
        order = self.sale_order_ids
        if len(order) != 1 or order.state not in ("draft", "sent"):
            return
        if self.member_rewards and order._is_underpaid():
            order._put_rewards_back(self.member_rewards)
