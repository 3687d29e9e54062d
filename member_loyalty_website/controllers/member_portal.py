from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

HISTORY_LENGTH = 20


class MemberPortal(CustomerPortal):
    """What a buyer sees of the membership of their own company."""

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
            member_pages=[self._prepare_page(one) for one in memberships],
            member_cards=sorted(request.env["member.centre"]._get_cards()),
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
        return {
            "member_claims": request.env.user._get_member_claims(),
            "unread_count": request.env.user._get_member_unread_count(),
        }

    def _find_memberships(self):
        """Return the memberships that the buyer's own company or contact holds."""
        partner = request.env.user.partner_id
        return (
            request.env["member.membership"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", (partner | partner.commercial_partner_id).ids),
                    ("company_id", "=", self._get_company().id),
                    ("program_id.active", "=", True),
                ]
            )
            .sorted(lambda one: (one.program_id.sequence, one.program_id.id))
        )

    def _get_company(self):
        """Return the company whose website this is."""
        website = getattr(request, "website", None)
        return website.company_id if website else request.env.company

    def _prepare_page(self, membership):
        """Return what the page shows of one membership."""
        next_tier, percent, ways = membership._get_progress_lines()
        return {
            "membership": membership,
            "next_tier": next_tier,
            "percent": percent,
            "ways": ways,
            "benefit_families": membership._get_benefit_families(),
            "added_benefits": membership._get_added_benefits(next_tier),
            "decisions": membership.decision_ids[:HISTORY_LENGTH],
        }
