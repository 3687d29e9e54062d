from unittest.mock import patch

from odoo import Command
from odoo.tests.common import JsonRpcException

from odoo.addons.website_sale.models.website import Website

from .document_shop_common import DocumentShopCommon
from .portal_common import PATIENCE

WORD = "Xylograph"


class CatalogueCommon(DocumentShopCommon):
    """A xylograph in the shop's category Secrets, and a lamp in none.

    Eve is gold, Ben is silver, Liz a member of another company's club, the clerk an
    employee; the visitor has not signed in.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["member.catalogue.rule"].search([]).active = False
        Category = cls.env["product.public.category"]
        cls.secrets = Category.create({"name": "Secrets"})
        cls.below = Category.create({"name": "Innermost", "parent_id": cls.secrets.id})
        cls.novelty = cls._create_lamp(
            WORD, public_categ_ids=[Command.set(cls.below.ids)]
        )
        cls.template = cls.novelty.product_tmpl_id
        cls.page = f"/shop/{cls.env['ir.http']._slug(cls.template)}"
        cls.germany = cls.env.ref("base.de")
        cls.france = cls.env.ref("base.fr")

    @classmethod
    def _create_rule(cls, **values):
        if values.get("kind") != "market":
            values.setdefault("program_id", cls.program.id)
            values.setdefault("tier_ids", [Command.set(cls.gold.ids)])
        if not values.get("public_category_ids") and not values.get("category_ids"):
            values.setdefault("product_tmpl_ids", [Command.set(cls.template.ids)])
        return cls.env["member.catalogue.rule"].create({"name": "Rule", **values})

    @classmethod
    def _create_market_rule(cls, *countries, is_excluded="no", **values):
        ids = [country.id for country in countries]
        return cls._create_rule(
            kind="market",
            is_excluded=is_excluded,
            country_ids=[Command.set(ids)],
            **values,
        )

    def _visit(self, login, url, **values):
        return super()._visit(login, url, timeout=PATIENCE, **values)

    def _coming_from(self, country):
        """Have visitors come from a country, as the network's address tells."""
        return patch.object(Website, "_get_geoip_country_code", lambda self: country)

    def _call(self, url, **params):
        """Return the answer of a call, False when it was refused."""
        try:
            return self.make_jsonrpc_request(url, params)
        except JsonRpcException as refusal:
            self.assertNotIn(WORD, str(refusal))
            return False

    def _call_combination(self):
        return self._call(
            "/website_sale/get_combination_info",
            product_template_id=self.template.id,
            product_id=self.novelty.id,
            combination=[],
            add_qty=1,
        )

    def _call_cart(self):
        return self._call(
            "/shop/cart/add",
            product_template_id=self.template.id,
            product_id=self.novelty.id,
            quantity=1,
        )

    def _call_suggestions(self):
        answer = self._call(
            "/website/snippet/autocomplete",
            search_type="products",
            term=WORD,
            order="name asc",
            limit=5,
            max_nb_chars=999,
            options={
                "displayImage": False,
                "displayDescription": False,
                "displayExtraLink": False,
                "displayDetail": True,
                "allowFuzzy": False,
            },
        )
        return answer["results"]

    def _call_configurator(self):
        return self._call(
            "/website_sale/product_configurator/get_values",
            product_template_id=self.template.id,
            quantity=1,
            so_date="2026-03-15",
        )

    def _call_picture(self, login):
        return self._visit(
            login, f"/web/image/product.template/{self.template.id}/image_1920"
        )

    def _call_model(self, model, method, *args):
        return self._call(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs={},
        )

    def _get_cart(self):
        self.env.invalidate_all()
        orders = self.env["sale.order"]
        return orders.search([("website_id", "!=", False)], order="id desc", limit=1)

    def _try_every_way(self, login):
        """Return the ways by which somebody gets at the product."""
        self.authenticate(login, login)
        self.env.flush_all()
        address = f"/shop/{self.template.id}"
        ways = {
            "list": WORD in self._visit(login, "/shop").text,
            "search": self.page in self._visit(login, f"/shop?search={WORD}").text,
            "page": self._visit(login, self.page).status_code == 200,
            "number": self._visit(login, address).status_code == 200,
            "map": login is None
            and self.page in self._visit(None, "/sitemap.xml").text,
            "suggestion": bool(self._call_suggestions()),
            "combination": bool(self._call_combination()),
            "configurator": bool(self._call_configurator()),
            "cart": bool(self._call_cart()),
        }
        return {way for way, is_open in ways.items() if is_open}
