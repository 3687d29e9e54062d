from odoo import models, tools
from odoo.tools.image import image_data_uri


class MemberTier(models.Model):
    """A tier, as its members see it."""

    _inherit = "member.tier"

    def _get_look(self):
        """Return the picture of the tier as an address that carries it, if any."""
        self.ensure_one()
        return self._get_look_as_of(self.id, self.write_date)

    @tools.ormcache("tier_id", "written_at")
    def _get_look_as_of(self, tier_id, written_at):
        """Return the picture; kept until the tier is written."""
        image = self.sudo().browse(tier_id).image_128
        return image_data_uri(image) if image else ""
