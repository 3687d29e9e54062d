from werkzeug.exceptions import TooManyRequests

from odoo import fields
from odoo.http import request, route
from odoo.tools import format_date

from .member_portal import MemberPortal

OVERVIEW = "/my/membership"
COMMENTS = "website_sale.product_comment"
CHECK_INS_AN_HOUR = 20


def refuse_for_now():
    """Answer those who try too often; raising would forget that they did."""
    return TooManyRequests(
        request.env._("You tried this too often. Please wait an hour and try again.")
    ).get_response()


class MemberActPortal(MemberPortal):
    """What a buyer can do to earn points: check in, complete the profile."""

    @route(
        f"{OVERVIEW}/check-in",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def check_in_member(self, **_parameters):
        """Check the buyer in for today; once a day, however often it is pressed."""
        partner, company = request.env.user.partner_id, self._get_company()
        if not self._find_memberships() or not self._has_act("check_in"):
            raise request.not_found()
        attempts = request.env["member.attempt"].sudo()
        if not attempts._take("check_in", str(partner.id), CHECK_INS_AN_HOUR, 60):
            return refuse_for_now()
        request.env["member.check.in"]._check_in(partner, company)
        return request.redirect(f"{OVERVIEW}#member_check_in")

    def _prepare_overview_values(self, memberships):
        """Override of `member_loyalty_website` to add what can be earned by acting."""
        values = super()._prepare_overview_values(memberships)
        values.update(
            check_in=memberships and self._prepare_check_in(),
            missing_profile=memberships and self._prepare_missing_profile(),
            share_offer=memberships and request.env["member.share"]._say_offer(),
        )
        return values

    def _prepare_order_history_values(self):
        """Override of `member_loyalty_website` to invite to review what was bought."""
        return {
            **super()._prepare_order_history_values(),
            "review_invitations": self._prepare_reviews(),
        }

    def _has_act(self, kind):
        return request.env["member.centre"]._has_act(kind, self._get_company())

    def _prepare_check_in(self):
        """Return what the card of the check-in shows, None when nothing is given."""
        if not self._has_act("check_in"):
            return None
        env, now = request.env, fields.Datetime.now()
        verdict, offer, last = env["member.check.in"]._get_standing(
            env.user.partner_id, self._get_company(), now
        )
        if not offer.is_open:
            return None
        return {
            "may": verdict.may,
            "streak": verdict.streak - 1,
            "next_day": format_date(env, verdict.day.date),
            "next_points": self._say_points(offer.points),
            "last_day": last and format_date(env, last[0]),
            "last_points": last and self._say_points(last[1]),
        }

    def _prepare_missing_profile(self):
        """Return what is missing of the buyer's profile or of the company's.

        :return: None when nothing is missing, or nothing given for it
        """
        if not self._has_act("profile"):
            return None
        partner = request.env.user.partner_id.sudo()
        rules = request.env["member.earning.rule"].with_company(self._get_company())
        for owner in partner | partner.commercial_partner_id:
            missing = owner._get_missing_from_profile()
            if missing:
                offer = rules._get_event_offer("profile", owner, owner.id)
                if offer.points:
                    labels = request.env["res.partner"].fields_get(missing, ["string"])
                    return {
                        "names": [labels[name]["string"] for name in missing],
                        "points": self._say_points(offer.points),
                        "is_own": owner == partner,
                    }
        return None

    def _prepare_reviews(self):
        """Return the products to review, None when there are none or nothing is given.

        Nobody is asked for reviews where the shop has none.
        """
        website = request.website
        if not self._has_act("review") or not website.is_view_active(COMMENTS):
            return None
        partner, company = request.env.user.partner_id, self._get_company()
        rules = request.env["member.earning.rule"].with_company(company)
        points = rules._get_event_offer("review", partner).points
        if not points:
            return None
        products = request.env["member.review"]._find_invitations(partner, company)
        if not products:
            return None
        return {"products": products, "points": self._say_points(points)}

    def _say_points(self, points):
        """Return a number of points in words, nothing for no points."""
        if not points:
            return ""
        return request.env["member.earning.rule"]._say_points(float(points))
