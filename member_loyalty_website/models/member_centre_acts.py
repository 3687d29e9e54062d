from odoo import api, models

from .member_centre import Card


class MemberCentreActs(models.AbstractModel):
    """Cards of what a member can do to earn points."""

    _inherit = "member.centre"

    @api.model
    def _get_cards(self):
        """Override of `member_loyalty_website` to add cards of earning acts."""
        own = "member_loyalty_website"
        return [
            *super()._get_cards(),
            Card(25, "side", f"{own}.member_check_in_card"),
            Card(26, "side", f"{own}.member_profile_card"),
        ]

    @api.model
    def _has_act(self, kind, company):
        """Tell whether a seller gives points for a kind of acts, from memory."""
        rules = self.env["member.earning.rule"]
        return any(
            rules._find_event_rules(program, kind)
            for program in self.env["member.program"]._get_company_programs(company)
        )
