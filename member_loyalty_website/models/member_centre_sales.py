from datetime import timedelta

from odoo import api, models

from .member_centre_base import Card

AHEAD = timedelta(days=30)
CARD_LENGTH = 3


class MemberCentreSales(models.AbstractModel):
    """Member days and flash sales in the member centre."""

    _name = "member.centre.sales"
    _inherit = ["member.centre.base"]
    _description = "Sales in the Member Centre"

    @api.model
    def _get_cards(self):
        """Override to show the sales that are or come for the member."""
        card = Card(90, "main", "member_loyalty_website.member_sales_card")
        return [*super()._get_cards(), card]

    @api.model
    def _get_sales(self, partner, website, memberships=None, limit=None):
        """Return the sales for a contact that run, and those of the next days.

        :param memberships: those of the contact and its company, where they are known
        :return: list of what is said of each, those that end first in front
        """
        offered = self.env["member.sale.event"]._find_for(
            partner, website, memberships, ahead=AHEAD
        )
        offered.sort(key=lambda one: (one[0].state == "coming", one[0].ends_at))
        shown = offered[:limit]
        had = self.env["member.sale.taking"].sudo()._get_quantities(shown)
        return [
            event._prepare_words(membership, had.get((event.id, membership.id)))
            for event, membership in shown
        ]
