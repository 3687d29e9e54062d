from odoo.http import Controller, request, route

from ..models.member_referral_signup import CODE, COOKIE, COOKIE_DAYS

ATTEMPTS = 60
MINUTES = 10
LONGEST_ID = 9  # digits


class MemberReferralLink(Controller):
    """A member's personal link: remembers the code and shows the shop."""

    @route(
        "/m/r/<string:code>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def follow_referral(self, code, product="", **_parameters):
        """Remember who referred the visitor until they register.

        Whatever the code, the visitor is shown the shop: nobody learns which codes
        there are. It is kept for the session; longer with consent to such cookies.
        """
        visitor = request.httprequest.remote_addr or ""
        attempts = request.env["member.attempt"].sudo()
        found = attempts._take("referral_link", visitor, ATTEMPTS, MINUTES) and (
            request.env["member.referral.code"]._find(code, request.website.company_id)
        )
        response = request.redirect(self._get_landing(product), code=303)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        if found and request.env.user._is_public():
            request.session[CODE] = found.code
            response.set_cookie(
                COOKIE,
                found.code,
                max_age=COOKIE_DAYS * 24 * 60 * 60,
                httponly=True,
                samesite="Lax",
                secure=request.httprequest.scheme == "https",
                cookie_type="optional",
            )
        return response

    def _get_landing(self, product):
        """Return the page of a product that the visitor may see, else the shop."""
        if product.isdecimal() and product.isascii() and len(product) <= LONGEST_ID:
            template = request.env["product.template"].browse(int(product)).exists()
            if (
                template
                and template.has_access("read")
                and template.can_access_from_current_website()
            ):
                return template.website_url
        return "/shop"
