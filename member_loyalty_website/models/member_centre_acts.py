from odoo import api, models

from .member_centre_base import Card, Tab


class MemberCentreActs(models.AbstractModel):
    """Cards of what a member can do to earn points."""

    _name = "member.centre.acts"
    _inherit = ["member.centre.base"]
    _description = "Earning Acts in the Member Centre"

    @api.model
    def _get_cards(self):
        """Override of `member_loyalty_website` to add cards of earning acts."""
        own = "member_loyalty_website"
        return [
            *super()._get_cards(),
            Card(35, "side", f"{own}.member_check_in_card"),
            Card(64, "side", f"{own}.member_profile_card"),
            Card(86, "side", f"{own}.member_share_card"),
        ]

    @api.model
    def _get_tabs(self):
        """Override of `member_loyalty_website` to add links, where they earn points."""
        tabs = super()._get_tabs()
        company = self.env["website"].get_current_website().company_id
        if self._has_act("sharing", company):
            url, label = "/my/membership/sharing", self.env._("Sharing")
            tabs.append(Tab("membership_sharing", url, label, "fa-share-alt"))
        return tabs

    @api.model
    def _has_act(self, kind, company):
        """Tell whether a seller gives points for a kind of acts, from memory."""
        rules = self.env["member.earning.rule"]
        return any(
            rules._find_event_rules(program, kind)
            for program in self.env["member.program"]._get_company_programs(company)
        )
