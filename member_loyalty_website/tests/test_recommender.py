import math
import random
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .interest_common import MemberInterestCommon

CATALOGUES = 4


@tagged("post_install", "-at_install")
class TestRecommender(MemberInterestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.member_recommend_products = True
        cls.company = cls.website.company_id
        cls.env["product.template"].search(
            [("id", "not in", (cls.lamp | cls.shade).ids)]
        ).is_published = False
        cls.env["sale.order"].search([("state", "=", "sale")]).write(
            {"state": "cancel"}
        )
        cls.bulb = cls._create_product("Bulb")
        cls.plug = cls._create_product("Plug")
        cls.stranger = cls._create_company("Stranger")
        cls.pairs = cls.env["member.product.pair"]

    def _refresh(self):
        self.pairs._refresh(self.company)

    def _recommend(self, login="ann", **options):
        """Return what is recommended to a buyer: names, with the reason."""
        user = self.env["res.users"].search([("login", "=", login)])
        website = self.website.with_user(user).with_context(website_id=self.website.id)
        recommender = website.env["member.recommender"]
        found = recommender._recommend(user.partner_id, website, **options)
        return {one.product.name: one.reason for one in found}

    def test_pairs_are_the_cosine_over_orders(self):
        lamp, shade, bulb = self.lamp, self.shade, self.bulb
        for products in (lamp | shade, lamp | shade, lamp | bulb, lamp, shade | bulb):
            self._order(self.stranger, products)

        self._refresh()

        pairs = self.pairs.search([("company_id", "=", self.company.id)])
        scores = {(p.product_tmpl_id, p.other_tmpl_id): p.score for p in pairs}
        expected = 2 / math.sqrt(4 * 3)
        self.assertEqual(set(scores), {(lamp, shade), (shade, lamp)})
        self.assertAlmostEqual(scores[lamp, shade], expected)

    def test_pairs_equal_a_count_by_hand_over_random_orders(self):
        draw = random.Random(7)
        products = [self._create_product(f"P{number}") for number in range(6)]
        orders = []
        for _order in range(30):
            basket = draw.sample(products, draw.randint(1, 4))
            orders.append({one.id for one in basket})
            self._order(self.stranger, basket)

        self._refresh()

        expected = {}
        for one in products:
            for two in products:
                both = sum({one.id, two.id} <= basket for basket in orders)
                if one != two and both >= 2:
                    sizes = [
                        sum(p.id in basket for basket in orders) for p in (one, two)
                    ]
                    expected[one.id, two.id] = both / math.sqrt(sizes[0] * sizes[1])
        found = {
            (pair.product_tmpl_id.id, pair.other_tmpl_id.id): pair.score
            for pair in self.pairs.search([("company_id", "=", self.company.id)])
        }
        self.assertEqual(set(found), set(expected))
        for pair, score in expected.items():
            self.assertAlmostEqual(found[pair], score)

    def test_what_is_no_longer_bought_together_goes_and_the_rest_is_not_rewritten(self):
        orders = [self._order(self.stranger, self.lamp | self.shade) for _n in "12"]
        orders += [self._order(self.stranger, self.lamp | self.bulb) for _n in "12"]
        self._refresh()
        kept = self.pairs.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(kept), 4)

        orders[0].state = "cancel"
        self._refresh()

        left = self.pairs.search([("company_id", "=", self.company.id)])
        self.assertEqual(left.other_tmpl_id, self.lamp | self.bulb)
        self.assertLessEqual(left, kept)

    def test_old_orders_and_very_large_ones_make_no_pairs(self):
        limit = "odoo.addons.member_loyalty_website.queries.product_pairs.LARGEST_ORDER"
        for _again in range(2):
            self._order(self.stranger, self.lamp | self.shade, days_ago=740)
            self._order(self.stranger, self.lamp | self.bulb | self.plug)

        with patch(limit, 2):
            self._refresh()

        self.assertFalse(self.pairs.search([("company_id", "=", self.company.id)]))

    def test_recommended_with_the_reason_that_weighs_most(self):
        for _again in range(2):
            self._order(self.stranger, self.lamp | self.shade)
            self._order(self.stranger, self.bulb | self.plug)
        self._refresh()
        self._note(self.ann, self.lamp, view_count=5)
        self._order(self.amy, self.bulb)
        self.env.flush_all()

        found = self._recommend()

        self.assertEqual(found["Shade"], "Because you looked at Lamp")
        self.assertEqual(found["Plug"], "Often bought with Bulb")
        self.assertEqual(found["Lamp"], "You looked at this lately")
        self.assertNotIn("Bulb", found)

    def test_what_a_buyer_looked_at_is_not_told_to_a_colleague(self):
        self._note(self.ann, self.lamp)
        self.env.flush_all()

        self.assertNotIn("Lamp", self._recommend("amy"))

    def test_a_buyer_of_whom_little_is_known_gets_best_sellers_and_is_told_so(self):
        light = self.env["product.public.category"].create({"name": "Light"})
        (self.lamp | self.shade).public_categ_ids = [Command.set(light.ids)]
        for products in (self.shade, self.bulb, self.bulb, self.bulb):
            self._order(self.stranger, products)
        self._refresh()
        self.assertEqual(self._recommend("bob")["Bulb"], "Best seller in this shop")

        self._order(self.bolt, self.lamp)
        self.env.flush_all()

        found = self._recommend("bob")
        self.assertEqual(found["Shade"], "Best seller in Light")
        self.assertEqual(list(found), ["Shade", "Bulb"])

    def test_who_refused_gets_no_recommendation(self):
        self._note(self.ann, self.lamp)
        self.ann.member_refuses_interest = True
        self.env.flush_all()

        self.assertFalse(self._recommend())

    def test_a_reason_names_no_product_that_is_hidden_from_the_buyer(self):
        for _again in range(2):
            self._order(self.stranger, self.lamp | self.shade)
        self._refresh()
        self._note(self.ann, self.lamp)
        self.lamp.is_published = False
        self.env.flush_all()

        self.assertEqual(
            self._recommend(), {"Shade": "Goes with what you buy and look at"}
        )

    def test_what_was_bought_long_ago_may_come_again(self):
        for _again in range(2):
            self._order(self.stranger, self.lamp | self.shade)
        self._refresh()
        self._note(self.ann, self.lamp)
        self._order(self.amy, self.shade, days_ago=200)
        self.env.flush_all()

        self.assertIn("Shade", self._recommend())

    def test_random_catalogues_never_recommend_what_is_excluded(self):
        for seed in range(CATALOGUES):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                allowed = self._make_catalogue(random.Random(seed))

                found = self._recommend(limit=50)

                self.assertLessEqual(set(found), allowed)
                self.assertTrue(found)
                savepoint.rollback()
                self.env.invalidate_all()

    def _get_spoilers(self):
        """Return what keeps products from being recommended, by its name."""
        company = self.env["res.company"].create({"name": "Another seller"})
        other = self.env["website"].create({"name": "Other"})
        has_stock = "allow_out_of_stock_order" in self.env["product.template"]._fields
        spoilers = {
            "hidden": {"is_published": False},
            "no sale": {"sale_ok": False},
            "elsewhere": {"website_id": other.id},
            "of another seller": {"company_id": company.id},
            "archived": {"active": False},
            "bought": {},
            "in the cart": {},
            "fine": {},
        }
        if has_stock:
            gone = {"type": "consu", "is_storable": True}
            spoilers["sold out"] = {**gone, "allow_out_of_stock_order": False}
            spoilers["fine, on order"] = {**gone, "allow_out_of_stock_order": True}
        return spoilers

    def _make_catalogue(self, draw):
        """Make products that all go together, and return the names of those allowed."""
        spoilers = self._get_spoilers()
        kinds = [*spoilers, *draw.choices(list(spoilers), k=8)]
        products = {}
        for number, kind in enumerate(kinds):
            products[self._create_product(f"{number} {kind}")] = kind
        sold = [one for one, kind in products.items() if kind != "of another seller"]
        for _again in range(3):
            basket = draw.sample(sold, draw.randint(len(sold) // 2, len(sold)))
            self._order(self.stranger, [self.lamp, *basket])
        self._refresh()
        for product, kind in products.items():
            product.write(spoilers[kind])
            if kind == "bought":
                self._order(draw.choice([self.acme, self.amy]), product, days_ago=30)
            elif kind == "in the cart":
                cart = {"website_id": self.website.id, "confirm": False}
                self._order(self.ann, product, **cart)
            elif draw.random() < 0.4:
                self._note(self.ann, product, view_count=draw.randint(1, 9))
        self._note(self.ann, self.lamp)
        self.env.flush_all()
        self.env.invalidate_all()
        fine = {one.name for one, kind in products.items() if kind.startswith("fine")}
        return fine | {"Lamp"}

    def test_the_card_shows_products_and_reasons_and_a_link_to_what_is_known(self):
        self._note(self.ann, self.lamp)
        self.env.flush_all()

        page = self._read("/my/membership")

        self.assertIn("Recommended for you", page)
        self.assertIn("You looked at this lately", page)
        self.assertIn("/my/membership/interests", page)
        self.website.member_recommend_products = False
        self.assertNotIn("Recommended for you", self._read("/my/membership"))

    def test_statements_do_not_grow_with_what_is_known(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._recommend()
            return self.env.cr.sql_log_count - before

        self._note(self.ann, self.lamp)
        self._refresh()
        self.env.flush_all()
        count()
        few = count()
        products = [self._create_product(f"P{number}") for number in range(20)]
        for days in range(1, 20):
            self._order(self.stranger, products)
            for product in products:
                self._note(self.ann, product, days_ago=days)
        self._refresh()
        self.env.flush_all()
        count()  # new products emptied caches

        self.assertLessEqual(count(), few)
