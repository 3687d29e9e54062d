from odoo import api, models

from .member_centre_base import Card


class MemberCentreBehaviour(models.AbstractModel):
    """The card of recommended products on the overview."""

    _name = "member.centre.behaviour"
    _inherit = ["member.centre.base"]
    _description = "Recommendations in the Member Centre"

    @api.model
    def _get_cards(self):
        """Override of `member_loyalty_website` to add recommended products."""
        template = "member_loyalty_website.member_recommendations_card"
        return [*super()._get_cards(), Card(80, "main", template)]
