from odoo import models


class StockMove(models.Model):
    """What we assume of Odoo here: every new transfer of a sale, whenever it is made
    and at whatever step, gets its values from ``_get_new_picking_values``; backorders
    are copies.
    """

    _inherit = "stock.move"

    def _get_new_picking_values(self):
        """Override of `stock`: transfers for entitled customers go first."""
        values = super()._get_new_picking_values()
        orders = self.sale_line_id.order_id | self.reference_ids.sale_ids
        if orders.sudo().member_priority_benefit_id and not self._is_receipt():
            values["priority"] = "1"
        return values

    def _is_receipt(self):
        """Tell whether something comes in: that is no delivery to a customer."""
        return "incoming" in self.picking_type_id.mapped("code")
