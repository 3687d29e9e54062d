import json

from odoo import fields, http

from .portal_common import PATIENCE, MemberPageCommon

BEACON = "/shop/member/interest"
SEARCH = "/shop/member/search"
PAGE = "/my/membership/interests"


class MemberInterestCommon(MemberPageCommon):
    """A shop that follows views, for those who accept its optional cookies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.website.write({"member_follow_views": True, "cookies_bar": True})
        cls.lamp = cls._create_product("Lamp")
        cls.shade = cls._create_product("Shade")
        cls.interests = cls.env["member.product.interest"]
        cls.searches = cls.env["member.product.search"]
        cls.interests.search([]).unlink()

    @classmethod
    def _create_product(cls, name, **values):
        return cls.env["product.template"].create(
            {
                "name": name,
                "type": "service",
                "list_price": 10,
                "taxes_id": False,
                "is_published": True,
                "sale_ok": True,
                **values,
            }
        )

    @classmethod
    def _order(cls, partner, products, days_ago=0, confirm=True, **values):
        """Let a contact order products, some days ago."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    (0, 0, {"product_id": one.product_variant_id.id})
                    for one in products
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
            placed = fields.Datetime.subtract(fields.Datetime.now(), days=days_ago)
            order.date_order = placed
        return order

    def _note(self, partner=None, product=None, days_ago=0, **counters):
        """Leave a row, as if it had been noted; returns it."""
        today = self.website.company_id._member_today()
        return self.interests.create(
            {
                "partner_id": partner and partner.id,
                "visitor_key": False if partner else "a visitor",
                "website_id": self.website.id,
                "product_tmpl_id": (product or self.lamp).id,
                "day": fields.Date.subtract(today, days=days_ago),
                "view_count": 1,
                **counters,
            }
        )

    def _answer_cookies(self, optional=True):
        """Answer the cookies bar; None takes the answer away."""
        self.opener.cookies.pop("website_cookies_bar", None)
        if optional is not None:
            answer = json.dumps({"required": True, "optional": optional})
            self.opener.cookies.set("website_cookies_bar", answer)

    def _send(self, url=BEACON, token=None, **values):
        """Report as a page does, with its token."""
        if url == BEACON:
            values = {"product_id": self.lamp.id, "seconds": 5, "first": 1, **values}
        data = {"csrf_token": token or http.Request.csrf_token(self), **values}
        response = self.url_open(url, data=data, timeout=PATIENCE)
        self.env.invalidate_all()
        return response

    def _visit(self, login="ann", optional=True):
        """Begin to visit the shop, logged in or as nobody."""
        self.authenticate(login, login)
        self._answer_cookies(optional)

    def _get_rows(self, partner=None):
        domain = [("partner_id", "=", partner.id)] if partner else []
        return self.interests.search(domain)
