from odoo import Command
from odoo.tests import tagged

from .cart_common import MemberCartCommon


@tagged("post_install", "-at_install")
class TestMemberPrice(MemberCartCommon):
    """What Ann reads of the lamp for 200, of which Patrons get 10 % off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_benefit(
            "Ten percent off", cls.patron, kind="discount", discount_percent=10
        )

    def _read_product(self, login="ann"):
        page = self._read(self.lamp.website_url, login)
        return page.split('id="product_details"')[1].split('id="o_wsale_cta')[0]

    def _read_shop(self, login="ann"):
        page = self._read("/shop?search=Lamp", login)
        return page.split("o_wsale_product_sub")[1].split("o_wsale_product_btn")[0]

    def _rise(self):
        self.membership._assign_tier(self.patron, "For the test")

    def test_the_product_page_shows_the_price_of_the_tier_beside_the_normal_one(self):
        self._rise()

        page = self._read_product()

        self.assertIn("180.00", page)
        self.assertIn("200.00", page)
        self.assertIn("Your Patron price", page)

    def test_the_shop_shows_the_price_of_the_tier_beside_the_normal_one(self):
        self._rise()

        page = self._read_shop()

        self.assertIn("180.00", page)
        self.assertIn("200.00", page)
        self.assertIn("Your Patron price", page)

    def test_others_read_the_normal_price_only(self):
        self._rise()

        for page in (self._read_product("bob"), self._read_shop("bob")):
            self.assertIn("200.00", page)
            self.assertNotIn("180.00", page)
            self.assertNotIn("Your Patron price", page)

    def test_fixed_prices_of_a_price_list_show_the_normal_price_too(self):
        self.env["member.benefit"].search([("kind", "=", "discount")]).active = False
        special = self.env["product.pricelist"].create(
            {
                "name": "Patrons",
                "website_id": False,
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 150})
                ],
            }
        )
        self._create_benefit(
            "Special prices", self.patron, kind="pricelist", pricelist_id=special.id
        )
        self._rise()

        for page in (self._read_product(), self._read_shop()):
            self.assertIn("150.00", page)
            self.assertIn("200.00", page)
            self.assertIn("Your Patron price", page)

    def test_after_a_fall_the_next_page_shows_the_normal_price(self):
        self._rise()
        self.assertIn("180.00", self._read_product())

        self.membership._assign_tier(self.guest, "For the test")

        response = self.url_open(self.lamp.website_url)
        self.assertNotIn("180.00", response.text)
        self.assertNotIn("Your Patron price", response.text)

    def test_the_price_that_odoo_compares_with_stays_for_others(self):
        self.env["res.config.settings"].create(
            {"group_product_price_comparison": True}
        ).execute()
        self.lamp.compare_list_price = 250

        self.assertIn("250.00", self._read_product("bob"))
        self._rise()
        page = self._read_product("ann")

        self.assertIn("200.00", page)
        self.assertNotIn("250.00", page)

    def test_a_chosen_variant_says_whether_its_price_is_the_tiers(self):
        self._rise()
        self.authenticate("ann", "ann")

        info = self.make_jsonrpc_request(
            "/website_sale/get_combination_info",
            {
                "product_template_id": self.lamp.product_tmpl_id.id,
                "product_id": self.lamp.id,
                "combination": [],
                "add_qty": 1,
            },
        )

        self.assertEqual(info["member_price_label"], "Your Patron price")
        self.assertEqual((info["price"], info["list_price"]), (180, 200))
