from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

HISTORY_LENGTH = 20
CONTACT_FIELDS = ("name", "phone", "email_normalized")


class MemberPortal(CustomerPortal):
    """What a buyer sees of the membership of their own company."""

    def _prepare_portal_layout_values(self):
        """Override of `portal` to count unread messages once for the whole page."""
        return {
            **super()._prepare_portal_layout_values(),
            "unread_count": request.env.user._get_member_unread_count(),
        }

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to show the tile to members."""
        values = super()._prepare_home_portal_values(counters)
        if "membership_count" in counters:
            values["membership_count"] = len(self._find_memberships())
        return values

    @route("/my/membership", type="http", auth="user", website=True, readonly=True)
    def my_membership(self, **_parameters):
        """Show the memberships of the buyer's company."""
        values = self._prepare_portal_layout_values()
        memberships = self._find_memberships()
        values.update(
            page_name="membership",
            member_contact=self._find_contact(memberships, values["sales_user"]),
            member_pages=[self._prepare_page(one) for one in memberships],
            member_cards=request.env["member.centre"]._arrange_cards(len(memberships)),
            **self._prepare_overview_values(memberships),
            joins_with_order=any(
                request.env["member.program"]
                ._get_company_programs(self._get_company())
                .mapped("enroll_on_order")
            ),
        )
        return request.render("member_loyalty_website.portal_my_membership", values)

    def _prepare_overview_values(self, memberships):
        """Return what the cards of the overview show, besides the memberships.

        Seam: each card adds its own values.

        :param memberships: those of the buyer, with rights; may be none
        """
        return {}

    def _prepare_order_history_values(self):
        """Return what the order history shows besides the orders.

        Seam: each part adds its own values.
        """
        return {}

    def _find_contact(self, memberships, salesperson):
        """Return who looks after the buyer.

        Whom a benefit gave as account manager comes first, then the salesperson of
        the buyer or of the buyer's company; without any, the seller is the contact.

        :param memberships: those of the buyer, with rights; may be none
        :param salesperson: the user whom Odoo's portal names; may be none
        :return: (role, contact): "manager" or "salesperson" of a person, "company"
        """
        for membership in memberships:
            manager = membership.manager_user_id
            is_in_charge = manager and manager == membership.partner_id.user_id
            if is_in_charge and (person := self._find_person(manager)):
                return "manager", person
        if salesperson and (person := self._find_person(salesperson)):
            return "salesperson", person
        return "company", self._get_company().sudo().partner_id

    def _find_person(self, user):
        """Return the contact of a user who still works here, read at once."""
        active = [("id", "=", user.id), ("active", "=", True)]
        return (
            request.env["res.partner"]
            .sudo()
            .search_fetch([("user_ids", "any", active)], CONTACT_FIELDS, limit=1)
        )

    def _find_memberships(self):
        """Return the memberships that the buyer's own company or contact holds."""
        partner, company = request.env.user.partner_id, self._get_company()
        partners = partner | partner.commercial_partner_id
        memberships = request.env["member.membership"].sudo()
        found = memberships.search_fetch(
            [
                ("partner_id", "in", partners.ids),
                ("company_id", "=", company.id),
                ("program_id.active", "=", True),
            ]
        )
        request.env["member.benefit"]._note_memberships(company, partners, found)
        return found.sorted(lambda one: (one.program_id.sequence, one.program_id.id))

    def _get_page_number(self, page):
        """Return the number of a page that an address asks for; 1 for nonsense.

        :param page: whatever came with the request
        :rtype: int
        """
        try:
            return max(1, int(page))
        except (TypeError, ValueError):
            return 1

    def _get_company(self):
        """Return the company whose website this is."""
        website = getattr(request, "website", None)
        return website.company_id if website else request.env.company

    def _prepare_page(self, membership):
        """Return what the page shows of one membership."""
        next_tier, percent, ways = membership._get_progress_lines()
        entitlements = membership._get_entitlements()
        return {
            "membership": membership,
            "next_tier": next_tier,
            "percent": percent,
            "ways": ways,
            "benefit_families": membership._get_benefit_families(entitlements),
            "added_benefits": membership._get_added_benefits(next_tier, entitlements),
            "claims": membership._get_claims(entitlements),
            "decisions": membership._get_history(HISTORY_LENGTH, next_tier),
        }
