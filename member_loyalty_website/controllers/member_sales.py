from odoo.http import request, route

from ..models.member_centre_sales import CARD_LENGTH
from .member_portal import MemberPortal


class MemberSales(MemberPortal):
    """Shows members which sales are for them."""

    def _prepare_overview_values(self, memberships):
        """Override to add the sales that are or come."""
        values = super()._prepare_overview_values(memberships)
        values["member_sales"] = self._get_sales(memberships, CARD_LENGTH)
        return values

    @route(
        "/my/membership/sales",
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_membership_sales(self, **_parameters):
        """Show all sales that are or come for the member."""
        values = self._prepare_portal_layout_values()
        sales = self._get_sales()
        for sale in sales:
            sale["products"] = sale["event"]._find_shown_products()
        values.update(page_name="membership_sales", member_sales=sales)
        return request.render("member_loyalty_website.portal_my_sales", values)

    def _get_sales(self, memberships=None, limit=None):
        """Return what is said of the sales for the visitor."""
        return request.env["member.centre"]._get_sales(
            request.env.user.partner_id, request.website, memberships, limit
        )
