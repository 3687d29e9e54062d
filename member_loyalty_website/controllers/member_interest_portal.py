from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..logic.product_interest import LARGEST_ID
from ..queries import behaviour as queries
from .member_portal import MemberPortal

URL = "/my/membership/interests"
PER_PAGE = 20
SEARCHES_SHOWN = 50
OPTIONS = {"type": "http", "auth": "user", "website": True, "sitemap": False}
COUNTERS = ("seconds", "view_count", "search_count", "inquiry_count", "cart_count")


class MemberInterestPortal(MemberPortal):
    """What was noted of the buyer's interest in products: to see and to delete."""

    def _prepare_overview_values(self, memberships):
        """Override of `member_loyalty_website` to recommend products."""
        values = super()._prepare_overview_values(memberships)
        values["member_recommendations"] = self._recommend()
        return values

    def _recommend(self):
        """Return products for the buyer; none where the shop recommends nothing."""
        website = request.website
        if not website.member_recommend_products or request.env.user._is_internal():
            return []
        recommender = request.env["member.recommender"]
        return recommender._recommend(request.env.user.partner_id, website)

    @route([URL, f"{URL}/page/<int:page>"], methods=["GET"], readonly=True, **OPTIONS)
    def my_membership_interests(self, page=1, **_parameters):
        """Show what was noted, product by product, the latest first."""
        contact = request.env.user.partner_id
        domain = [("partner_id", "=", contact.id)]
        interests = request.env["member.product.interest"].sudo()
        [[count]] = interests._read_group(
            domain, aggregates=["product_tmpl_id:count_distinct"]
        )
        pager = portal_pager(
            url=URL, total=count, page=self._get_page_number(page), step=PER_PAGE
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_interests",
            pager=pager,
            interests=self._prepare_interests(interests, domain, pager["offset"]),
            searches=request.env["member.product.search"]
            .sudo()
            ._read_group(
                domain,
                ["words"],
                ["search_count:sum", "day:max"],
                order="day:max desc, words",
                limit=SEARCHES_SHOWN,
            ),
            is_followed=request.website.member_follow_views,
            is_refused=contact._get_interest_consent() == "refused",
            is_profiling_refused=contact.sudo()._get_consent("profiling") == "refused",
            months_kept=request.website.member_interest_months,
        )
        return request.render("member_loyalty_website.portal_my_interests", values)

    @route(f"{URL}/forget", methods=["POST"], **OPTIONS)
    def forget_interests(self, **_parameters):
        """Delete all that was noted of the buyer."""
        request.env.user.partner_id._forget_interests()
        return request.redirect(URL)

    @route(f"{URL}/forget/<int:product_id>", methods=["POST"], **OPTIONS)
    def forget_product_interest(self, product_id, **_parameters):
        """Delete what was noted of the buyer's interest in one product."""
        if not 0 < product_id <= LARGEST_ID:
            raise request.not_found()
        condition = queries.of_product(request.env.user.partner_id.id, product_id)
        request.env["member.product.interest"].sudo()._forget(condition)
        return request.redirect(URL)

    @route(f"{URL}/follow", methods=["POST"], **OPTIONS)
    def allow_interest(self, allowed="", **_parameters):
        """Switch off, or on again, that interest is noted."""
        if allowed not in ("0", "1"):
            raise request.not_found()
        request.env.user.partner_id._allow_interest(allowed == "1")
        return request.redirect(URL)

    def _prepare_interests(self, interests, domain, offset):
        """Return what was noted of the products of one page of the list."""
        rows = interests._read_group(
            domain,
            ["product_tmpl_id"],
            [f"{name}:sum" for name in COUNTERS]
            + ["day:min", "day:max", "day:count_distinct"],
            order="day:max desc, product_tmpl_id",
            limit=PER_PAGE,
            offset=offset,
        )
        names = ("product", *COUNTERS, "first_day", "last_day", "days")
        return [dict(zip(names, row, strict=True)) for row in rows]
