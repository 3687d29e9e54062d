from odoo import models


class MemberProgram(models.Model):
    """A program with a page for its members."""

    _inherit = "member.program"

    def _get_member_page(self):
        """Override of `member_loyalty`: members see their membership here."""
        return "/my/membership"
