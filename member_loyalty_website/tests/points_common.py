import re

from odoo import Command, http

from .shop_common import ShopCommon

PATIENCE = 60  # seconds: the first page of a shop makes its style sheets


class PointsPageCommon(ShopCommon):
    """Ann and Amy buy for Acme, which has 500 points; Bob buys for Bolt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amy = cls._create_buyer("amy", cls.acme)
        cls.bolt = cls._create_company("Bolt")
        cls.bob = cls._create_buyer("bob", cls.bolt)
        cls.membership = cls.program._enroll_partners(cls.acme, "hand")

    @classmethod
    def _create_reward(cls, points, **values):
        return cls.env["loyalty.reward"].create(
            {
                "program_id": cls.program.wallet_id.id,
                "discount_mode": "per_order",
                "discount": 5,
                "required_points": points,
                **values,
            }
        )

    @classmethod
    def _create_gift(cls, points=100, name="Mug", **values):
        product = cls.env["product.product"].create(
            {"name": name, "type": "service", "list_price": 8, "taxes_id": False}
        )
        return cls._create_reward(
            points, reward_type="product", reward_product_id=product.id, **values
        )

    @classmethod
    def _create_rule(cls, kind="amount", program=None, **values):
        return cls.env["member.earning.rule"].create(
            {
                "program_id": (program or cls.program).id,
                "name": kind.capitalize(),
                "kind": kind,
                **values,
            }
        )

    @classmethod
    def _create_second_program(cls):
        program = cls.env["member.program"].create(
            {
                "name": "Circle",
                "company_id": cls.website.company_id.id,
                "tier_ids": [Command.create({"name": "Friend", "sequence": 1})],
            }
        )
        program._start_points()
        program.earning_rule_ids.active = False
        return program

    def _visit(self, url, login="ann"):
        """Open an address as a user, or as a visitor when ``login`` is None."""
        self.authenticate(login, login)
        self.env.flush_all()
        response = self.url_open(url, timeout=PATIENCE)
        self.env.invalidate_all()
        return response

    def _read(self, url, login="ann"):
        """Return a page as one line of text and tags."""
        response = self._visit(url, login)
        self.assertEqual(response.status_code, 200)
        return self._join(response.text)

    def _post(self, url, login="ann", **data):
        """Press a button of a page."""
        self.authenticate(login, login)
        self.env.flush_all()
        data.setdefault("csrf_token", http.Request.csrf_token(self))
        response = self.url_open(url, data=data, timeout=PATIENCE)
        self.env.invalidate_all()
        return response

    def _find_cart(self, partner=None):
        self.env.invalidate_all()
        return self.env["sale.order"].search(
            [
                ("website_id", "=", self.website.id),
                ("partner_id", "=", (partner or self.ann).id),
                ("state", "=", "draft"),
            ],
            order="id desc",
            limit=1,
        )

    @staticmethod
    def _join(text):
        return " ".join(text.replace("\xa0", " ").split())

    @staticmethod
    def _get_text(page):
        """Return a page without its tags."""
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())
