from odoo.http import request, route

from odoo.addons.website_sale.controllers.variant import WebsiteSaleVariantController
from odoo.addons.website_sale_loyalty.controllers.delivery import (
    WebsiteSaleLoyaltyDelivery,
)


class MemberPointVariants(WebsiteSaleVariantController):
    """Says what the chosen variant and quantity will earn."""

    @route()
    def get_combination_info_website(
        self, product_template_id, product_id, combination, add_qty, uom_id=None, **kw
    ):
        """Override of `website_sale` to add what the buyer will earn."""
        info = super().get_combination_info_website(
            product_template_id, product_id, combination, add_qty, uom_id, **kw
        )
        hints = request.env["member.point.hint"]
        if not hints._gives_points():
            return info
        values = request.env["product.template.attribute.value"]
        info["member_point_hints"] = hints._get_product_hints(
            request.env["product.product"].browse(info["product_id"]),
            add_qty,
            request.env["uom.uom"].browse(uom_id and int(uom_id)),
            values.browse(combination),
        )
        return info


class MemberPointDelivery(WebsiteSaleLoyaltyDelivery):
    """Renews what the cart will earn while a buyer chooses how to be delivered."""

    def _order_summary_values(self, order, **post):
        """Override of `website_sale_loyalty`: delivery may earn, or cost rewards."""
        values = super()._order_summary_values(order, **post)
        if request.env["member.point.hint"]._gives_points():
            values["member_point_hints"] = request.env["ir.ui.view"]._render_template(
                "member_loyalty_website.member_point_hint_row",
                {"website_sale_order": order},
            )
        return values
