from odoo import api, models

from .member_centre_base import Card, Tab
from .member_referral import REFERRALS_URL


class MemberCentre(models.AbstractModel):
    """The page of referrals, where the company's programs have them."""

    _name = "member.centre.referral"
    _inherit = ["member.centre.base"]
    _description = "Referrals in the Member Centre"

    @api.model
    def _get_tabs(self):
        """Override of `member_loyalty_website` to add the page of referrals."""
        tabs = super()._get_tabs()
        if self._has_referrals():
            label = self.env._("Referrals")
            tabs.append(
                Tab("membership_referrals", REFERRALS_URL, label, "fa-share-alt")
            )
        return tabs

    @api.model
    def _get_cards(self):
        """Override of `member_loyalty_website` to add the card of referrals."""
        cards = super()._get_cards()
        if self._has_referrals():
            cards.append(
                Card(120, "side", "member_loyalty_website.member_referral_card")
            )
        return cards

    @api.model
    def _has_referrals(self):
        """Tell whether members can refer others on this website, from memory."""
        company = self.env["website"].get_current_website().company_id
        return bool(self.env["member.program"]._get_referral_program_ids(company.id))
