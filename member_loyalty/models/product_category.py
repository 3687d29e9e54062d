from odoo import api, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    def write(self, vals):
        """Override of `product`: earning rules remember what is below a category."""
        if "parent_id" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_it_narrows_benefits(self):
        below = self.search([("id", "child_of", self.ids)])
        self.env["member.benefit"]._check_stay_narrow("category_ids", below)
