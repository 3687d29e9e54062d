import inspect

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException

from odoo.addons.website.models.ir_http import IrHttp
from odoo.addons.website_sale.models.product_product import ProductProduct
from odoo.addons.website_sale.models.product_template import ProductTemplate
from odoo.addons.website_sale.models.website import Website

from .document_shop_common import DocumentShopCommon


@tagged("post_install", "-at_install")
class TestEarlyAccessShop(DocumentShopCommon):
    """Before its day, a product is in the shop for those who may buy it, and for
    nobody else.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_benefit(kind="early_access", tiers=cls.gold, days_early=5)
        cls.novelty = cls._create_lamp("Xylograph", member_public_on="2026-03-20")
        cls.template = cls.novelty.product_tmpl_id
        cls.page = f"/shop/{cls.env['ir.http']._slug(cls.template)}"

    def _add(self, login):
        self.authenticate(login, login)
        self.env.flush_all()
        return self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.template.id,
                "product_id": self.novelty.id,
                "quantity": 1,
            },
        )

    def _look_around(self, login):
        """Return what of the product a user sees: list, search, map, suggestions."""
        self.authenticate(login, login)
        self.env.flush_all()
        suggestions = self.make_jsonrpc_request(
            "/website/snippet/autocomplete",
            {
                "search_type": "products",
                "term": "Xylograph",
                "order": "name asc",
                "limit": 5,
                "max_nb_chars": 999,
                "options": {
                    "displayImage": False,
                    "displayDescription": False,
                    "displayExtraLink": False,
                    "displayDetail": False,
                    "allowFuzzy": False,
                },
            },
        )
        return [
            "Xylograph" in self._visit(login, "/shop").text,
            self.page in self._visit(login, "/shop?search=Xylograph").text,
            bool(suggestions["results"]),
            self._visit(login, self.page).status_code == 200,
        ]

    def test_before_its_day_it_is_there_for_entitled_members_alone(self):
        self.assertEqual(self._look_around("eve"), [True] * 4)

        for login in ("ben", "liz", None):
            with self.subTest(login=login):
                self.assertEqual(self._look_around(login), [False] * 4)

    def test_from_its_day_on_it_is_there_for_everybody(self):
        self._travel_to("2026-03-20 00:00:00")

        self.assertEqual(self._look_around(None), [True] * 4)

    def test_the_page_says_that_it_is_for_members(self):
        self.assertIn("o_member_only_badge", self._visit("eve", self.page).text)

    def test_the_site_map_leaves_it_out(self):
        with self.subTest("before"):
            self.assertNotIn(self.page, self._visit(None, "/sitemap.xml").text)

    def test_only_who_may_buy_it_puts_it_in_the_cart(self):
        added = self._add("eve")

        self.assertEqual(added["quantity"], 1)
        for login in ("ben", None):
            with self.subTest(login=login), self.assertRaises(JsonRpcException) as one:
                self._add(login)
            self.assertRegex(str(one.exception), "UserError|AccessError")

    def test_no_address_tells_of_it(self):
        self.authenticate("ben", "ben")
        with self.assertRaises(JsonRpcException) as refused:
            self.make_jsonrpc_request(
                "/website_sale/get_combination_info",
                {
                    "product_template_id": self.template.id,
                    "product_id": self.novelty.id,
                    "combination": [],
                    "add_qty": 1,
                },
            )
        self.assertNotIn("Xylograph", str(refused.exception))

    def test_after_a_fall_the_cart_cannot_be_paid(self):
        self._add("eve")
        cart = self.env["sale.order"].search([], order="id desc", limit=1)
        self._get_membership(self.acme)._assign_tier(self.silver, "For the test")

        with self.assertRaisesRegex(ValidationError, "not on sale for"):
            cart._check_cart_is_ready_to_be_paid()

    def test_blocks_and_feeds_leave_it_out(self):
        public = self.env.ref("base.public_user")
        website = self.website.with_user(public)

        for domain in (
            website._get_on_sale_domain(),
            self.website._get_basic_feed_product_domain(),
            website.sale_product_domain(),
        ):
            self.assertFalse(self.template.sudo().filtered_domain(domain))

    def test_the_shop_asks_nothing_more_when_no_product_waits(self):
        self.novelty.member_public_on = False
        website = self.website.with_user(self.env.ref("base.public_user"))
        website._get_on_sale_domain()

        with self.assertQueryCount(0):
            self.assertTrue(website._get_on_sale_domain().is_true())

    def test_odoo_still_asks_where_we_answer(self):
        for method, name in (
            (IrHttp._pre_dispatch, "can_access_from_current_website"),
            (Website.sale_product_domain, "_product_domain"),
            (ProductTemplate._search_get_detail, "sale_product_domain"),
            (ProductTemplate._can_be_added_to_cart, "_product_domain"),
            (ProductProduct._is_add_to_cart_allowed, "_product_domain"),
        ):
            self.assertIn(name, inspect.getsource(method))
