from odoo import http

from .portal_common import PATIENCE, MemberPageCommon

ADD, LIST = "/shop/inquiry/add", "/shop/inquiry"
SEND, SENT = "/shop/inquiry/send", "/shop/inquiry/sent"


class InquiryPageCommon(MemberPageCommon):
    """A shop with lamps and bolts, where lists can be sent by visitors and buyers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.member_inquiry_enabled = True
        cls.website.company_id.email = "shop@example.com"
        cls.lamp = cls._create_product("Lamp")
        cls.bolt_product = cls._create_product("Bolt M8")
        cls.lists = cls.env["member.inquiry.list"]

    @classmethod
    def _create_product(cls, name, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "list_price": 20,
                "is_published": True,
                "sale_ok": True,
                **values,
            }
        )

    def _enter(self, login=None):
        """Open the shop as a buyer, or as a visitor nobody knows."""
        self.authenticate(login, login)

    def _press(self, url, **data):
        """Press a button of a page of the session that is open."""
        data["csrf_token"] = http.Request.csrf_token(self)
        response = self.url_open(url, data=data, timeout=PATIENCE)
        self.env.invalidate_all()
        return response

    def _add(self, product=None, quantity="1", **data):
        product = product or self.lamp
        return self._press(
            ADD,
            product_template_id=product.product_tmpl_id.id,
            product_id=product.id,
            add_qty=quantity,
            **data,
        )

    def _get_page(self, url=LIST):
        """Return a page of the session that is open, as one line."""
        response = self.url_open(url, timeout=PATIENCE)
        self.assertEqual(response.status_code, 200)
        return " ".join(response.text.replace("\xa0", " ").split())

    def _get_list(self, **known):
        """Return the newest list."""
        domain = [(name, "=", value) for name, value in known.items()]
        return self.lists.search(domain, limit=1)

    def _send(self, found=None, **data):
        """Send the newest list, as a visitor called Vera would."""
        found = found or self._get_list()
        said = {
            "contact_name": "Vera",
            "email": "vera@visitor.example",
            "list_token": found.token,
            **data,
        }
        return self._press(SEND, **said)

    def _get_asked(self, found):
        """Return what is on a list, as pairs of name and quantity."""
        return [(one.product_id.name, one.quantity) for one in found.line_ids]
