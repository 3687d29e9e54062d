from odoo import models


class Website(models.Model):
    """A shop that follows the buyer's membership at every request."""

    _name = "website"
    _inherit = [
        "member.website.catalogue",
        "member.website.price",
        "member.website.early.access",
        "member.website.inquiry",
        "member.website.interest",
        "website",
    ]
