from odoo import models


class MemberProgram(models.Model):
    """A program whose members have a page on the website."""

    _inherit = "member.program"

    def _get_member_page(self):
        """Override of `member_loyalty`: there is a page of the membership."""
        return "/my/membership"
