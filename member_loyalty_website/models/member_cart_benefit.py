from odoo import models


class MemberCartBenefit(models.AbstractModel):
    """What benefits do to a cart, and how the shop shows it."""

    _name = "member.cart.benefit"
    _description = "Benefits on a Cart"

    def _get_member_benefit_rows(self):
        """Return what benefits take off by themselves, each once.

        :return: list of (name, amount) in the order's currency, with or without taxes
            as the website shows them
        """
        self.ensure_one()
        lines = self.order_line.filtered("member_benefit_part").sudo()
        return [
            (benefit.name, sum(line._get_cart_display_price() for line in of_benefit))
            for benefit, of_benefit in lines.grouped("member_benefit_id").items()
        ]

    def _get_member_freight_lines(self):
        """Return the lines by which benefits lower the freight."""
        return self.order_line.filtered(
            lambda line: (
                line.member_benefit_part
                and line.sudo().member_benefit_id.kind == "freight"
            )
        )

    def _get_non_delivery_lines(self):
        """Override of `website_sale`: what lowers the freight is no purchase."""
        return super()._get_non_delivery_lines() - self._get_member_freight_lines()

    def _cart_find_product_line(self, *args, **kwargs):
        """Override of `website_sale`: a bought product does not join a free one."""
        lines = super()._cart_find_product_line(*args, **kwargs)
        return lines.filtered(lambda line: not line.member_benefit_id)

    def _cart_update_line_quantity(self, line_id, quantity, **kwargs):
        """Override of `website_sale`: a line of a benefit can be taken off, not raised.

        Lines that come by themselves are not even taken off.
        """
        line = self.order_line.filtered(lambda one: one.id == line_id)
        if line.member_benefit_part:
            quantity = line.product_uom_qty
        elif line.member_benefit_id:
            quantity = min(quantity, line.product_uom_qty)
        return super()._cart_update_line_quantity(line_id, quantity, **kwargs)
