from odoo.tests import tagged
from odoo.tools import mute_logger

from .catalogue_common import WORD, CatalogueCommon

PRICE = 4711.25
FIGURE = "4711"


@tagged("post_install", "-at_install")
class TestCataloguePrices(CatalogueCommon):
    """A call from outside tells no price under a lock: gold members buy, Ben may not.

    Odoo's own rights let portal users read all published products.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template.list_price = PRICE
        cls.rule = cls._create_rule(is_teaser=True)

    def _ask_for_price(self, model, number, name):
        """Return what each way to ask says of one price of a product."""
        mine = [("id", "=", number)]
        dear = [*mine, (name, ">", PRICE - 1)]
        return {
            "read": self._call_model(model, "read", [number], [name]),
            "web_read": self._call_model(model, "web_read", [number], {name: {}}),
            "search_read": self._call_model(model, "search_read", mine, [name]),
            "web_search_read": self._call_model(
                model, "web_search_read", mine, {name: {}}
            ),
            "sum": self._call_model(
                model, "formatted_read_group", mine, [], [f"{name}:sum"]
            ),
            "group": self._call_model(model, "formatted_read_group", mine, [name], []),
            "tree": self._call_model(model, "web_read_group", mine, [name], []),
            "found": self._call_model(model, "search", dear) and FIGURE,
            "counted": self._call_model(model, "search_count", dear) and FIGURE,
            "named": self._call_model(model, "name_search", "", dear) and FIGURE,
        }

    def _get_told(self, login):
        self.authenticate(login, login)
        told = set()
        for record in (self.template, self.novelty):
            for name in ("list_price", "lst_price", "tax_string", "standard_price"):
                if name not in record._fields:
                    continue
                for way, answer in self._ask_for_price(
                    record._name, record.id, name
                ).items():
                    if FIGURE in str(answer).replace(",", ""):
                        told.add((record._name, name, way))
        return told

    @mute_logger("odoo.http")
    def test_no_call_tells_a_price_under_a_lock(self):
        self.assertEqual(self._get_told("ben"), set())

    @mute_logger("odoo.http")
    def test_who_may_buy_is_told_the_price_as_ever(self):
        told = self._get_told("eve")

        self.assertIn(("product.template", "list_price", "read"), told)
        self.assertIn(("product.product", "lst_price", "search_read"), told)

    @mute_logger("odoo.http")
    def test_products_beside_keep_their_prices(self):
        self.authenticate("ben", "ben")
        other = self._create_lamp("Beside").product_tmpl_id

        [row] = self._call_model("product.template", "read", [other.id], ["list_price"])

        self.assertEqual(row["list_price"], other.list_price)

    @mute_logger("odoo.http")
    def test_nor_by_way_of_another_model(self):
        item = self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.env["product.pricelist"].create({"name": "P"}).id,
                "product_tmpl_id": self.template.id,
                "fixed_price": PRICE,
            }
        )
        self.authenticate("ben", "ben")
        mine = [("id", "=", item.id)]
        through = [
            ("product_tmpl_id", "=", self.template.id),
            ("product_tmpl_id.list_price", ">", PRICE - 1),
        ]

        rows = self._call_model("product.pricelist.item", "search_read", mine, [])
        found = self._call_model("product.product", "search", through)
        nested = self._call_model(
            "product.product",
            "web_read",
            self.novelty.ids,
            {"product_tmpl_id": {"fields": {"list_price": {}}}},
        )

        self.assertFalse(rows)
        self.assertFalse(found)
        self.assertNotIn(FIGURE, str(nested))

    def test_the_shops_filter_for_prices_does_not_find_it(self):
        self.env.ref("website_sale.filter_products_price").active = True

        for login in ("ben", None):
            with self.subTest(login=login):
                page = self._visit(login, f"/shop?search={WORD}").text
                self.assertIn(self.page, page)
                self.assertNotIn(FIGURE, page)
                page = self._visit(
                    login, f"/shop?min_price={PRICE - 1}&max_price={PRICE + 1}"
                ).text
                self.assertNotIn(self.page, page)
        page = self._visit("eve", f"/shop?search={WORD}").text
        self.assertIn(FIGURE, page.replace(",", ""))


@tagged("post_install", "-at_install")
class TestCatalogueWishes(CatalogueCommon):
    """A wish names no product that its owner may not see any more."""

    @mute_logger("odoo.http")
    def test_a_wish_for_a_product_that_is_hidden_later_does_not_name_it(self):
        if "product.wishlist" not in self.env:
            self.skipTest("Without wishlists there are no wishes.")
        self.authenticate("ben", "ben")
        self._call("/shop/wishlist/add", product_id=self.novelty.id)
        wished = self._call_model("product.wishlist", "search_read", [], ["product_id"])
        self._create_rule()
        self.env.flush_all()

        rows = self._call_model("product.wishlist", "search_read", [], ["product_id"])
        page = self._visit("ben", "/shop/wishlist").text

        self.assertIn(WORD, str(wished))
        self.assertFalse(rows)
        self.assertNotIn(WORD, page)

    @mute_logger("odoo.http")
    def test_nobody_wishes_to_learn_a_name(self):
        if "product.wishlist" not in self.env:
            self.skipTest("Without wishlists there are no wishes.")
        self._create_rule()
        self.authenticate("ben", "ben")
        wish = {
            "partner_id": self.ben.id,
            "product_id": self.novelty.id,
            "website_id": self.website.id,
        }

        self._call_model("product.wishlist", "create", wish)
        rows = self._call_model("product.wishlist", "search_read", [], ["product_id"])

        self.assertFalse(rows)
