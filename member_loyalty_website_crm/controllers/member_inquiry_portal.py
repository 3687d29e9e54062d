from odoo.http import request, route

from odoo.addons.member_loyalty_website.controllers.member_portal import MemberPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

URL = "/my/membership/inquiries"
PER_PAGE = 10
ON_OVERVIEW = 3
STEP_ICONS = {
    "received": "fa-inbox",
    "working": "fa-refresh",
    "quoted": "fa-file-text-o",
    "ordered": "fa-check",
    "closed": "fa-archive",
}


class MemberInquiryPortal(MemberPortal):
    """What the buyer's own company asked for, and what became of it."""

    @route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_membership_inquiries(self, page=1, **_parameters):
        """Show the inquiries, the newest first."""
        leads = request.env["crm.lead"].sudo().with_context(active_test=False)
        partner, company = request.env.user.partner_id.sudo(), self._get_company()
        total = leads.search_count(leads._get_buyer_domain(partner, company))
        pager = portal_pager(
            url=URL, total=total, page=self._get_page_number(page), step=PER_PAGE
        )
        found = leads._find_of_buyer(partner, company, PER_PAGE, pager["offset"])
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_inquiries",
            pager=pager,
            member_inquiries=self._prepare_inquiries(found, partner),
            offers_inquiries=request.website._offers_inquiries(),
        )
        return request.render("member_loyalty_website_crm.portal_my_inquiries", values)

    def _prepare_overview_values(self, memberships):
        """Override of `member_loyalty_website` to add the latest inquiries."""
        partner = request.env.user.partner_id.sudo()
        leads = request.env["crm.lead"].sudo()
        found = leads._find_of_buyer(partner, self._get_company(), ON_OVERVIEW)
        return {
            **super()._prepare_overview_values(memberships),
            "member_inquiries": self._prepare_inquiries(found, partner),
        }

    def _prepare_inquiries(self, leads, partner):
        """Return what the pages show of some inquiries.

        Nothing else of the leads: names, notes, grades and chances are our own.
        """
        if not leads:
            return []
        orders = leads._get_open_orders(partner)
        of_lead, steps = orders.grouped("opportunity_id"), leads._get_steps(orders)
        lines = leads._find_inquiry_lines()
        lines.product_id.mapped("display_name")  # of all at once, for what follows
        asked = lines.grouped("lead_id")
        words = self._get_step_words()
        company = self._get_company()
        return [
            {
                "id": lead.id,
                "day": lead.member_inquiry_on
                or company._get_member_day(lead.create_date),
                "step_icon": STEP_ICONS[steps[lead]],
                "step_words": words[steps[lead]],
                "title": self._say_lines(asked.get(lead, lines.browse())),
                "lines": asked.get(lead, lines.browse()),
                "orders": of_lead.get(lead, orders.browse()),
            }
            for lead in leads
        ]

    def _say_lines(self, lines):
        """Return in a few words what was asked for."""
        name = lines[:1].product_id.display_name
        if not name:
            return request.env._("As described in your message")
        if len(lines) == 1:
            return name
        return request.env._(
            "%(product)s and %(count)s more", product=name, count=len(lines) - 1
        )

    def _get_step_words(self):
        """Return how the steps are called, in the buyer's words."""
        return {
            "received": request.env._("Received"),
            "working": request.env._("In progress"),
            "quoted": request.env._("Quotation sent"),
            "ordered": request.env._("Ordered"),
            "closed": request.env._("Closed"),
        }
