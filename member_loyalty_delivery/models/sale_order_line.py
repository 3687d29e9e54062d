from odoo import api, models

PRICED_BY = {"is_delivery", "price_unit", "product_uom_qty", "discount", "tax_ids"}


class SaleOrderLine(models.Model):
    """What we assume of Odoo here: a delivery is a line with ``is_delivery``, also on
    confirmed orders, where it is changed, taken off, or priced when it is shipped.
    """

    _inherit = "sale.order.line"

    def _is_freight_subsidy(self):
        """Tell whether the line pays for a delivery."""
        self.ensure_one()
        return (self.member_benefit_part or "").startswith("freight,")

    def _get_freight_price(self):
        """Return what a line comes to, as its price is meant: with or without tax."""
        self.ensure_one()
        return self.price_unit * self.product_uom_qty * (1 - self.discount / 100)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to subsidise deliveries of confirmed orders."""
        lines = super().create(vals_list)
        lines.filtered("is_delivery").order_id._follow_delivery()
        return lines

    def write(self, vals):
        """Override of `sale` to follow deliveries of confirmed orders."""
        result = super().write(vals)
        if PRICED_BY & vals.keys():
            self.filtered("is_delivery").order_id._follow_delivery()
        return result

    def unlink(self):
        """Override of `sale` to take off the subsidy of a delivery that is gone."""
        orders = self.filtered("is_delivery").order_id
        result = super().unlink()
        orders.exists()._follow_delivery()
        return result

    def _check_line_unlink(self):
        """Override of `sale`: a subsidy goes with its delivery, if not invoiced."""
        kept = super()._check_line_unlink()
        return kept.filtered(
            lambda line: not line._is_freight_subsidy() or line.sudo().invoice_lines
        )

    def _can_be_invoiced_alone(self):
        """Override of `sale`: nobody gets an invoice of nothing but a subsidy."""
        return super()._can_be_invoiced_alone() and not self._is_freight_subsidy()
