from odoo import models


class MemberStockLook(models.AbstractModel):
    """A product of which one can tell whether it can be had now.

    What the suite assumes of Odoo here: where `website_sale_stock` is installed,
    variants tell by ``_is_sold_out``, and combos how many there can be by
    ``_get_max_quantity``. Where it is not, nothing is ever sold out.
    """

    _name = "member.stock.look"
    _description = "Whether Products Can Be Had"

    def _is_sold_out_here(self):
        """Tell whether no variant of the product can be ordered in this shop."""
        self.ensure_one()
        if not hasattr(self, "_is_sold_out"):
            return False
        if self.type == "combo":
            return self._is_combo_sold_out()
        if not self.is_storable or self.allow_out_of_stock_order:
            return False
        return all(variant._is_sold_out() for variant in self.product_variant_ids)

    def _is_combo_sold_out(self):
        """Tell whether one of the parts of a combo cannot be had at all."""
        website = self.env["website"].get_current_website()
        no_cart = self.env["sale.order"].sudo()
        quantities = [
            combo._get_max_quantity(website, no_cart) for combo in self.sudo().combo_ids
        ]
        return any(quantity is not None and quantity <= 0 for quantity in quantities)
