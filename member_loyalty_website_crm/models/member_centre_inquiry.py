from odoo import api, models

from odoo.addons.member_loyalty_website.models.member_centre_base import Card, Tab


class MemberCentre(models.AbstractModel):
    """The inquiries of the buyer's company in the member centre."""

    _inherit = "member.centre"

    @api.model
    def _get_tabs(self):
        """Override of `member_loyalty_website` to add the page of inquiries."""
        return [
            *super()._get_tabs(),
            Tab(
                "membership_inquiries",
                "/my/membership/inquiries",
                self.env._("Inquiries"),
                "fa-question-circle-o",
            ),
        ]

    @api.model
    def _get_cards(self):
        """Override of `member_loyalty_website` to add the latest inquiries."""
        card = Card(100, "main", "member_loyalty_website_crm.inquiries_card")
        return [*super()._get_cards(), card]
