from odoo.http import request, route
from odoo.tools import hmac

from ..logic.inquiry_list import read_id
from ..logic.share_visit import Visitor
from .member_act_portal import MemberActPortal, refuse_for_now

URL = "/my/membership/sharing"
SHOWN = 50
LINKS_AN_HOUR = 60
VISITS_AN_HOUR = 60


def get_device():
    """Return a hash of the visitor's address and browser."""
    asked = request.httprequest
    known = (asked.remote_addr, asked.user_agent.string)
    return hmac(request.env(su=True), "member_device", known)


class MemberSharePortal(MemberActPortal):
    """Links that members give to others, and who comes by them."""

    @route(URL, type="http", auth="user", website=True, readonly=True, sitemap=False)
    def my_membership_sharing(self, **_parameters):
        """Show the buyer's own links and what came of them."""
        offer = request.env["member.share"]._say_offer()
        domain = [
            ("partner_id", "=", request.env.user.partner_id.id),
            ("company_id", "=", self._get_company().id),
        ]
        shares = request.env["member.share"].sudo().search(domain, limit=SHOWN)
        if not offer and not shares:
            raise request.not_found()
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_sharing",
            shares=shares,
            offer=offer,
            base=request.httprequest.host_url.rstrip("/"),
        )
        return request.render("member_loyalty_website.portal_my_sharing", values)

    @route(
        "/my/membership/share",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def share_product(self, product_id="", **_parameters):
        """Give the buyer a link of their own to a product."""
        partner, company = request.env.user.partner_id, self._get_company()
        shares = request.env["member.share"]
        attempts = request.env["member.attempt"].sudo()
        if not shares._say_offer():
            raise request.not_found()
        if not attempts._take("share", str(partner.id), LINKS_AN_HOUR, 60):
            return refuse_for_now()
        product = self._find_product(product_id)
        if not product:
            raise request.not_found()
        share = shares._open(partner, product, company, get_device())
        return request.redirect(f"{URL}#member_share_{share.id}")

    @route(
        "/m/s/<string:token>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def follow_share(self, token, **_parameters):
        """Lead to the product of a link; nothing is counted by opening it."""
        share = self._find_share(token)
        product = self._find_product(str(share.product_tmpl_id.id)) if share else share
        if not product:
            raise request.not_found()
        return request.redirect(f"{product.website_url}?member_share={token}")

    @route(
        "/m/s/<string:token>/visit",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def count_visit(self, token, **_parameters):
        """Count a visit by a link, told by the page after it was seen for a while.

        The answer does not say whether it counted.
        """
        share, address = self._find_share(token), request.httprequest.remote_addr
        if not share:
            raise request.not_found()
        attempts = request.env["member.attempt"].sudo()
        if not attempts._take("share_visit", address, VISITS_AN_HOUR, 60):
            return refuse_for_now()
        user = request.env.user
        visitor = Visitor(
            get_device(),
            None if user._is_public() else user.partner_id.id,
            None if user._is_public() else user.partner_id.commercial_partner_id.id,
            is_bot=request.env["ir.http"].is_a_bot(),
            is_employee=user._is_internal(),
        )
        request.env["member.share.visit"]._count(share, visitor, address)
        return request.make_response("", status=204)

    def _find_share(self, token):
        shares = request.env["member.share"]
        return shares._find_by_token(token, self._get_company())

    def _find_product(self, product_id):
        """Return a product that the visitor may see here, as the shop decides."""
        products = request.env["product.template"]
        number = read_id(product_id)
        product = products.sudo().browse(number or ()).exists().sudo(False)
        may_see = (
            product
            and product.has_access("read")
            and product.sudo().is_published
            and product.can_access_from_current_website()
        )
        return product if may_see else products
