from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.member_loyalty.logic.benefit_lines import Line

from .portal_common import MemberPageCommon


class MemberCartCommon(MemberPageCommon):
    """Ann puts a lamp for 200 into the cart; Acme has a benefit, which takes off 20."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.lamp = cls._create_product("Lamp", 200)
        cls.sample = cls._create_product("Sample", 30)
        cls.benefit = cls._create_benefit("First order reduction")

    @classmethod
    def _create_product(cls, name, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "taxes_id": False,
                "is_published": True,
                "sale_ok": True,
                **values,
            }
        )

    @contextmanager
    def _brings(self, *prices, benefit=None):
        """Have the benefit bring lines of these prices by itself."""
        benefit = benefit or self.benefit
        lines = [
            Line(benefit.id, f"part {number}", "Taken off", price)
            for number, price in enumerate(prices)
        ]
        order_class = type(self.env["sale.order"])
        with patch.object(order_class, "_get_benefit_lines_due", lambda order: lines):
            yield

    def _add(self, product=None, login="ann"):
        """Put one piece of a product into the cart; return the cart."""
        product = product or self.lamp
        self.authenticate(login, login)
        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "quantity": 1,
            },
        )
        return self._find_cart()

    def _find_cart(self):
        self.env.invalidate_all()
        return self.env["sale.order"].search(
            [("website_id", "=", self.website.id)], order="id desc", limit=1
        )

    def _update(self, line, quantity):
        answer = self.make_jsonrpc_request(
            "/shop/cart/update",
            {
                "line_id": line.id,
                "product_id": line.product_id.id,
                "quantity": quantity,
            },
        )
        self.env.invalidate_all()
        return answer

    def _read_cart(self):
        """Return the cart's page in two parts: products, and totals."""
        response = self.url_open("/shop/cart")
        self.assertEqual(response.status_code, 200)
        page = " ".join(response.text.replace("\xa0", " ").split())
        products, totals = page.split("o_wsale_shorter_cart_summary", 1)
        return products, totals
