from odoo import api, models


class SaleOrder(models.Model):
    """What we assume of Odoo here: lines without effect on thresholds are told by
    `sale_loyalty`, what counts for free delivery by `delivery`.
    """

    _name = "sale.order"
    _inherit = ["member.order.freight", "sale.order"]

    @api.model
    def _get_member_followed_fields(self):
        """Override: the delivery depends on who brings it, and where to."""
        return {
            *super()._get_member_followed_fields(),
            "carrier_id",
            "partner_shipping_id",
        }

    def _get_no_effect_on_threshold_lines(self):
        """Override of `sale_loyalty`: paying for the delivery buys nothing less."""
        return super()._get_no_effect_on_threshold_lines() | self._get_freight_lines()

    def _get_not_rewarded_order_lines(self):
        """Override of `sale_loyalty`: what pays for the delivery earns nothing."""
        return super()._get_not_rewarded_order_lines() - self._get_freight_lines()

    def _compute_amount_total_without_delivery(self):
        """Override of `delivery`: a subsidy takes nobody below the free amount."""
        total = super()._compute_amount_total_without_delivery()
        return total - sum(self._get_freight_lines().mapped("price_total"))

    def _has_priced_delivery(self):
        """Override: points buy no delivery that a benefit pays in full."""
        if not super()._has_priced_delivery():
            return False
        subsidy = self._find_freight_subsidy(beside_rewards=False)
        if not subsidy:
            return True
        charges = self._get_freight_shipment(beside_rewards=False).charges
        return subsidy.amount < sum(charge.amount for charge in charges)
