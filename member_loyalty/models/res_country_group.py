from odoo import models


class ResCountryGroup(models.Model):
    _inherit = "res.country.group"

    def write(self, vals):
        """Override of `base` to measure by the countries that are in the group now."""
        result = super().write(vals)
        if "country_ids" in vals:
            self.env.registry.clear_cache()
        return result
