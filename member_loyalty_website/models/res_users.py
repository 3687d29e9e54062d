from odoo import models


class ResUsers(models.Model):
    """A buyer who is logged in on the website."""

    _inherit = "res.users"

    def _get_member_unread_count(self):
        """Return how many messages of the membership are unread on this website."""
        self.ensure_one()
        if self._is_public():
            return 0
        company = self.env["website"].get_current_website().company_id
        messages = self.env["member.notification"]
        return messages._count_unread(self.sudo().partner_id, company)
