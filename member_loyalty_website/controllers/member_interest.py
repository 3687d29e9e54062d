from odoo.http import request, route

from odoo.addons.website_sale.controllers.main import WebsiteSale

from ..logic.product_interest import read_beacon


class MemberInterest(WebsiteSale):
    """Takes what pages of the shop report of their visitors.

    Pages report with ``navigator.sendBeacon``, which cannot set headers, so the token
    against forged requests comes in the form as anywhere else; who has none is
    refused. The answer is always empty and says nothing about what was noted.
    """

    @route(
        "/shop/member/interest",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def note_product_interest(self, **parameters):
        """Note that a product page was looked at, and for how long."""
        beacon = read_beacon(parameters)
        owner = beacon and self._find_noted_owner()
        if owner and self._is_shown_product(beacon.product_id):
            interests = request.env["member.product.interest"]
            interests._note_beacon(beacon, owner, request.website)
        return request.make_response("", status=204)

    @route(
        "/shop/member/search",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def note_product_search(self, words="", **_parameters):
        """Note what was searched for in the shop."""
        if owner := self._find_noted_owner():
            searches = request.env["member.product.search"]
            searches._note_search(words, owner, request.website)
        return request.make_response("", status=204)

    def _find_noted_owner(self):
        """Return whose interest is noted, unless there were too many notes today."""
        owner = request.website._find_interest_owner()
        if owner and request.website._take_interest_note(owner):
            return owner
        return None

    def _is_shown_product(self, product_id):
        """Tell whether the visitor can have seen the page of a product."""
        if not request.website.has_ecommerce_access():
            return False
        domain = [("id", "=", product_id), *request.website.sale_product_domain()]
        product = request.env["product.template"].search(domain, limit=1)
        return bool(product) and product.can_access_from_current_website()
