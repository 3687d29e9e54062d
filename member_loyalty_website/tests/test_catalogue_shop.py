from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .catalogue_common import WORD, CatalogueCommon

ALL = {
    *("list", "search", "page", "number", "suggestion"),
    *("combination", "configurator", "cart"),
}


@tagged("post_install", "-at_install")
class TestCatalogueShop(CatalogueCommon):
    """What is for members, or for a market, is in the shop for nobody else."""

    def test_what_is_for_gold_is_there_for_gold_alone(self):
        self._create_rule()

        self.assertEqual(self._try_every_way("eve"), ALL)
        for login in ("ben", "liz", None):
            with self.subTest(login=login):
                self.assertEqual(self._try_every_way(login), set())

    def test_what_is_for_france_is_there_from_france_alone(self):
        self._create_market_rule(self.france)

        with self._coming_from("FR"):
            self.assertEqual(self._try_every_way(None), ALL)
        with self._coming_from("DE"):
            self.assertEqual(self._try_every_way(None), set())

    def test_a_customer_goes_by_the_country_of_delivery(self):
        self._create_market_rule(self.germany, is_excluded="yes")
        self.ben.country_id = self.germany
        self.env["res.partner"].create(
            {
                "name": "Depot",
                "type": "delivery",
                "parent_id": self.acme.id,
                "country_id": self.france.id,
            }
        )
        self.acme.country_id = self.germany

        with self._coming_from("FR"):
            self.assertEqual(self._try_every_way("ben"), set())
            self.assertEqual(self._try_every_way("eve"), ALL)

    def test_a_language_hides_it_on_pages_in_others(self):
        language = self.env["res.lang"]._activate_lang("fr_FR")
        self.website.language_ids |= language
        self._create_rule(kind="market", lang_ids=[Command.set(language.ids)])

        self.assertEqual(self._visit(None, f"/fr{self.page}").status_code, 200)
        self.assertEqual(self._visit(None, self.page).status_code, 404)

    def test_a_hidden_category_is_not_there_with_all_below_it(self):
        self._create_rule(public_category_ids=[Command.set(self.secrets.ids)])
        slug = self.env["ir.http"]._slug

        for category in (self.secrets, self.below):
            address = f"/shop/category/{slug(category)}"
            with self.subTest(category=category.name):
                self.assertEqual(self._visit("eve", address).status_code, 200)
                self.assertEqual(self._visit("ben", address).status_code, 404)
                self.assertNotIn(address, self._visit(None, "/sitemap.xml").text)
        self.assertNotIn("Secrets", self._visit("ben", "/shop").text)
        self.assertIn("Secrets", self._visit("eve", "/shop").text)
        self.assertEqual(self._try_every_way("ben"), set())
        self.assertEqual(self._try_every_way("eve"), ALL)

    def test_the_search_finds_no_hidden_category(self):
        self._create_rule(public_category_ids=[Command.set(self.secrets.ids)])

        answers = {}
        for login in ("eve", "ben"):
            self.authenticate(login, login)
            answers[login] = self._call(
                "/website/snippet/autocomplete",
                search_type="product_categories_only",
                term="Innermost",
                options={"displayDescription": False, "allowFuzzy": False},
            )["results"]

        self.assertTrue(answers["eve"])
        self.assertFalse(answers["ben"])

    def test_calls_from_outside_tell_nothing_of_it(self):
        self._create_rule()
        asked = (
            ("product.template", self.template),
            ("product.product", self.novelty),
        )

        for login, told in (("eve", True), ("ben", False)):
            self.authenticate(login, login)
            for model, record in asked:
                named = [["name", "=", WORD]]
                self.assertEqual(
                    bool(self._call_model(model, "search_read", named, ["name"])), told
                )
                self.assertEqual(
                    bool(self._call_model(model, "read", record.ids, ["name"])), told
                )
                self.assertEqual(
                    bool(self._call_model(model, "web_read", record.ids, {"name": {}})),
                    told,
                )

    def test_it_has_no_picture_for_others(self):
        self.template.image_1920 = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
            "hgGAWjR9awAAAABJRU5ErkJggg=="
        )
        self._create_rule()

        shown, closed = (self._call_picture(login).content for login in ("eve", "ben"))

        self.assertNotEqual(shown, closed)

    def test_employees_see_everything(self):
        self._create_rule()
        self._create_market_rule(self.france)

        self.assertEqual(self._visit("clerk", self.page).status_code, 200)

    def test_salespeople_sell_everything(self):
        self._create_rule()

        order = self.env["sale.order"].create(
            {
                "partner_id": self.ben.id,
                "order_line": [Command.create({"product_id": self.novelty.id})],
            }
        )
        order.action_confirm()

        self.assertEqual(order.state, "sale")

    def test_a_fall_takes_it_off_the_cart_with_a_word(self):
        self._create_rule()
        self.authenticate("eve", "eve")
        self._call_cart()
        self._get_membership(self.acme)._assign_tier(self.silver, "For the test")

        page = self._visit("eve", "/shop/cart").text

        self.assertIn("taken off the cart: Xylograph", page)
        self.assertFalse(self._get_cart().order_line)

    def test_after_a_fall_neither_checkout_nor_payment_take_it(self):
        self._create_rule()
        self.authenticate("eve", "eve")
        self._call_cart()
        cart = self._get_cart().with_user(self.env.ref("base.public_user")).sudo()
        self._get_membership(self.acme)._assign_tier(self.silver, "For the test")

        for refuse in (cart._check_cart_is_ready_to_be_paid, cart._reserve_points):
            with self.assertRaisesRegex(ValidationError, "not sold to you"):
                refuse()

    def test_an_address_abroad_takes_it_off_the_cart(self):
        self._create_market_rule(self.germany, is_excluded="yes")
        self.authenticate("eve", "eve")
        self._call_cart()
        cart = self._get_cart()
        cart.partner_shipping_id = self.env["res.partner"].create(
            {
                "name": "Berlin",
                "type": "delivery",
                "parent_id": self.acme.id,
                "country_id": self.germany.id,
            }
        )

        self._visit("eve", "/shop/cart")

        self.assertFalse(self._get_cart().order_line)

    def test_others_see_a_lock_and_no_price(self):
        self.novelty.list_price = 4321
        self._create_rule(is_teaser=True)

        for login in ("ben", None):
            with self.subTest(login=login):
                page = self._visit(login, self.page).text
                self.assertIn("o_member_lock", page)
                self.assertIn("Gold", page)
                for text in (page, self._visit(login, "/shop").text):
                    self.assertIn(WORD, text)
                    self.assertNotIn("4,321", text)
                    self.assertNotIn("4321", text)
                self.authenticate(login, login)
                self.assertFalse(self._call_cart())
                self.assertNotIn("4321", str(self._call_combination()))
                self.assertNotIn("4,321", str(self._call_suggestions()))
                self.assertFalse(self._call_configurator())
        self.assertIn("4,321", self._visit("eve", self.page).text)
