from odoo import api, models

from .member_centre_base import Card, Tab


class MemberCentre(models.AbstractModel):
    _name = "member.centre.consent"
    _inherit = ["member.centre.base"]
    _description = "Settings and Documents in the Member Centre"

    @api.model
    def _get_tabs(self):
        """Override to add documents, where there are any, appeals and settings."""
        tabs = super()._get_tabs()
        if self.env["product.document"]._is_any_locked():
            label = self.env._("Documents")
            url = "/my/membership/documents"
            tabs.append(Tab("membership_documents", url, label, "fa-file-text-o"))
        tabs.append(
            Tab(
                "membership_settings",
                "/my/membership/settings",
                self.env._("Settings"),
                "fa-cog",
            )
        )
        return tabs

    @api.model
    def _get_cards(self):
        """Override to add documents and appeals."""
        own = "member_loyalty_website"
        return [
            *super()._get_cards(),
            Card(110, "side", f"{own}.member_documents_card"),
            Card(130, "side", f"{own}.member_appeal_card", each=True),
        ]
