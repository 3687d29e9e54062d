from odoo import api, models
from odoo.tools import formatLang

from .member_centre_base import Card, Tab


class MemberCentre(models.AbstractModel):
    """Points in the member centre: their pages and their card.

    Nothing of them is there as long as no program of the company gives points.
    """

    _name = "member.centre.points"
    _inherit = ["member.centre.base"]
    _description = "Points in the Member Centre"

    @api.model
    def _get_tabs(self):
        """Add the pages about points."""
        tabs = super()._get_tabs()
        if not self._get_point_programs():
            return tabs
        return [
            *tabs,
            Tab(
                "membership_points",
                "/my/membership/points",
                self.env._("Points"),
                "fa-database",
            ),
            Tab(
                "membership_rewards",
                "/my/membership/rewards",
                self.env._("Points Shop"),
                "fa-gift",
            ),
        ]

    @api.model
    def _get_cards(self):
        """Add what the buyer has in points."""
        cards = super()._get_cards()
        if not self._get_point_programs():
            return cards
        return [*cards, Card(20, "side", "member_loyalty_website.member_points_card")]

    @api.model
    def _get_point_programs(self):
        """Return the programs of this website's company that give points.

        It asks memory, not the database.
        """
        company = self.env["website"].get_current_website().company_id
        programs = self.env["member.program"]._get_company_programs(company)
        return programs.filtered(lambda one: one._get_points_policy().wallet_id)

    @api.model
    def _show_points(self, points):
        """Return points as a reader of this language writes them: "1,250" or "12.50".

        :param points: float or ``Decimal``
        :rtype: str
        """
        value = round(float(points), 2)
        return formatLang(self.env, value, digits=0 if value == int(value) else 2)
