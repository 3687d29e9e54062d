from odoo import models


class ResPartner(models.Model):
    """A contact who uses the website."""

    _name = "res.partner"
    _inherit = ["res.partner", "member.interest.contact"]
