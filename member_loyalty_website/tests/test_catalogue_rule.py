import random
from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tests import tagged

from ..logic.catalogue import Product, is_buyable, is_shown
from .catalogue_common import CatalogueCommon

ROUNDS = 25


@tagged("post_install", "-at_install")
class TestCatalogueRule(CatalogueCommon):
    """A rule says the same as a search and as a decision, and is checked."""

    def _create_tree(self, model):
        """Return categories: a root, two below it, and one below the first of them."""
        Category = self.env[model]
        root = Category.create({"name": "Root"})
        left, right = Category.create(
            [{"name": name, "parent_id": root.id} for name in ("Left", "Right")]
        )
        deep = Category.create({"name": "Deep", "parent_id": left.id})
        return root | left | right | deep

    def _pick(self, dice, records, most=2):
        """Return some of the records, often none."""
        picked = dice.sample(list(records), dice.randint(0, most))
        return [Command.set([one.id for one in picked])]

    def _create_random_rule(self, dice, products, categories, shop_categories):
        today = self.program.company_id._member_today()
        days = [None, today - timedelta(days=1), today, today + timedelta(days=1)]
        first, last = dice.choice(days), dice.choice(days)
        if first and last and first > last:
            first, last = last, first
        named = {
            "product_tmpl_ids": self._pick(dice, products),
            "category_ids": self._pick(dice, categories, 1),
            "public_category_ids": self._pick(dice, shop_categories, 1),
        }
        if not any(commands[0][2] for commands in named.values()):
            named["product_tmpl_ids"] = [Command.set(products[:1].ids)]
        values = {"name": "Random", "date_from": first, "date_to": last, **named}
        if dice.random() < 0.5:
            tiers = self.program.tier_ids
            values.update(
                program_id=self.program.id,
                tier_ids=self._pick(dice, tiers),
                tag_ids=self._pick(dice, self.tag, 1),
                is_teaser=dice.random() < 0.3,
            )
        else:
            values.update(
                kind="market",
                is_excluded=dice.choice(["yes", "no"]),
                country_ids=[Command.set([self.germany.id])],
                lang_ids=self._pick(dice, self.env["res.lang"].search([]), 1),
            )
        return self.env["member.catalogue.rule"].create(values)

    def _prepare_product(self, template):
        def above(categories):
            paths = "".join(categories.mapped("parent_path"))
            return frozenset(int(one) for one in paths.split("/") if one)

        return Product(
            template.id, above(template.categ_id), above(template.public_categ_ids)
        )

    def _create_random_products(self, dice, categories, shop_categories):
        products = self.env["product.template"]
        for number in range(12):
            products |= self._create_lamp(
                f"Random {number}",
                categ_id=dice.choice(categories).id,
                public_categ_ids=self._pick(dice, shop_categories),
            ).product_tmpl_id
        return products

    def _compare(self, partner, products):
        """Compare search and decision for a contact; return how many are closed."""
        website, facts = self.website, self.website._get_catalogue_rules()
        today = website.company_id._member_today()
        visitor = website._prepare_visitor(website, facts, partner, None)
        closed = website._get_closed_rules(partner)
        buyable = website._get_catalogue_domain(closed)
        hiding = [rule for rule in closed if not rule.is_teaser]
        found = products.search(buyable & Domain("id", "in", products.ids))
        visible = products.filtered_domain(website._get_catalogue_domain(hiding))
        variants = self.env["product.product"].search(
            buyable & Domain("product_tmpl_id", "in", products.ids)
        )
        for product in products:
            one = self._prepare_product(product)
            decided = is_buyable(one, visitor, facts, today)
            self.assertEqual(product in found, decided)
            self.assertEqual(product in variants.product_tmpl_id, decided)
            self.assertEqual(product in visible, is_shown(one, visitor, facts, today))
        return len(products - found)

    def test_search_and_decision_agree_over_random_rules(self):
        dice = random.Random(20261128)
        trees = [
            self._create_tree(model)
            for model in ("product.category", "product.public.category")
        ]
        self.tag = self.env["member.tag"].create({"name": "Keen"})
        self.ben.member_tag_ids = self.tag
        self.acme.country_id = self.germany
        products = self._create_random_products(dice, *trees)
        closed = 0

        for _round in range(ROUNDS):
            self.env["member.catalogue.rule"].search([]).active = False
            for _number in range(dice.randint(1, 4)):
                self._create_random_rule(dice, products, *trees)
            for partner in (self.eve, self.ben, self.liz, self.env["res.partner"]):
                closed += self._compare(partner, products)

        self.assertGreater(closed, 100)

    def test_a_shop_without_rules_asks_nothing_more(self):
        public = self.website.with_user(self.env.ref("base.public_user"))
        public._get_on_sale_domain()
        self.template.with_env(public.env)._is_locked()

        with self.assertQueryCount(0):
            self.assertTrue(public._get_on_sale_domain().is_true())
            self.assertFalse(self.template.with_env(public.env)._is_locked())

    def test_what_says_nothing_is_refused(self):
        for values in (
            {"product_tmpl_ids": []},
            {"program_id": False},
            {"kind": "market"},
            {"date_from": date(2026, 3, 2), "date_to": date(2026, 3, 1)},
            {"company_id": self._create_company("Elsewhere").id},
        ):
            with self.subTest(wrong=str(values)), self.assertRaises(ValidationError):
                self._create_rule(**values)

    def test_only_managers_write_rules(self):
        rule = self._create_rule()
        users = {
            "officer": "member_loyalty.member_loyalty_group_officer",
            "seller": "sales_team.group_sale_salesman",
        }

        for login, group in users.items():
            user = self._create_user(login, group)
            with self.subTest(login=login), self.assertRaises(AccessError):
                rule.with_user(user).name = "Mine"
        portal = self.env["res.users"].search([("login", "=", "eve")])
        with self.assertRaises(AccessError):
            rule.with_user(portal).read(["name"])

    def test_feeds_leave_out_what_is_locked(self):
        self._create_rule(is_teaser=True)

        domain = self.website._get_basic_feed_product_domain()

        self.assertFalse(self.template.sudo().filtered_domain(domain))
