from odoo.http import request, route

from odoo.addons.payment import utils as payment_utils
from odoo.addons.website_sale_loyalty.controllers.delivery import (
    WebsiteSaleLoyaltyDelivery,
)

DISCOUNT = "delivery_discount_minor_amount"


class MemberDelivery(WebsiteSaleLoyaltyDelivery):
    """Keeps the totals right while a buyer chooses how to be delivered."""

    @route()
    def express_checkout_process_delivery_address(self, partial_delivery_address):
        """Override of `website_sale_loyalty`: the freight is less what benefits pay."""
        values = super().express_checkout_process_delivery_address(
            partial_delivery_address
        )
        if values:
            self._add_freight_benefit(request.cart, values)
        return values

    def _order_summary_values(self, order, **post):
        """Override of `website_sale_loyalty` to renew the rows of benefits."""
        values = super()._order_summary_values(order, **post)
        self._add_freight_benefit(order, values)
        values["member_benefit_rows"] = request.env["ir.ui.view"]._render_template(
            "member_loyalty_website.member_benefit_rows", {"website_sale_order": order}
        )
        return values

    def _add_freight_benefit(self, order, values):
        """Add what benefits pay of the freight to what is taken off the freight."""
        lines = order._get_member_freight_lines()
        if lines:
            values[DISCOUNT] = values.get(DISCOUNT, 0) + (
                payment_utils.to_minor_currency_units(
                    sum(lines.mapped("price_total")), order.currency_id
                )
            )
