from odoo import models


class ProductCategory(models.Model):
    _inherit = "product.category"

    def write(self, vals):
        """Override of `product`: earning rules remember what is below a category."""
        if "parent_id" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)
