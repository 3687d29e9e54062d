import random
import re

from odoo import Command
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .points_common import PointsPageCommon

SEEDS = range(40)


def figures(sentences):
    """Return the points that sentences name, largest last."""
    numbers = (re.search(r"earn ([\d,.]+) points", one).group(1) for one in sentences)
    return sorted(float(number.replace(",", "")) for number in numbers)


class HintCommon(PointsPageCommon):
    """The club gives a point for each unit spent; a lamp costs 200."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule(points=1)
        cls.hints = cls.env["member.point.hint"]

    def _ask_info(self, product, quantity=1, login="ann"):
        """Ask as the page does when quantity or variant change."""
        self.authenticate(login, login)
        self.env.flush_all()
        return self.make_jsonrpc_request(
            "/website_sale/get_combination_info",
            {
                "product_template_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "combination": product.product_template_attribute_value_ids.ids,
                "add_qty": quantity,
            },
        )


@tagged("post_install", "-at_install")
class TestPointHints(HintCommon):
    """What buyers read before they buy is what they get afterwards."""

    def test_the_product_page_says_what_the_product_earns(self):
        page = self._read(self.lamp.website_url)

        self.assertIn("You will earn 200 points.", page)

    def test_another_quantity_earns_another_figure(self):
        info = self._ask_info(self.lamp, 3)

        self.assertEqual(info["member_point_hints"], ["You will earn 600 points."])

    def test_another_variant_earns_another_figure(self):
        attribute = self.env["product.attribute"].create({"name": "Size"})
        small, large = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("S", "L")]
        )
        line = {
            "attribute_id": attribute.id,
            "value_ids": [Command.set((small | large).ids)],
        }
        template = self.env["product.template"].create(
            {
                "name": "Shelf",
                "type": "service",
                "list_price": 200,
                "taxes_id": False,
                "is_published": True,
                "attribute_line_ids": [Command.create(line)],
            }
        )
        values = template.attribute_line_ids.product_template_value_ids
        values[1].price_extra = 50
        big = template.product_variant_ids[-1]

        info = self._ask_info(big)

        self.assertEqual(info["member_point_hints"], ["You will earn 250 points."])

    def test_the_cart_says_what_the_cart_earns(self):
        self._log_in("ann")
        self._add_lamp()
        order = self._add_lamp()

        page = self._read("/shop/cart")
        order.action_confirm()

        self.assertIn("You will earn 400 points.", page)
        self.assertEqual(self.purse.points, 900)

    def test_the_checkout_says_so_too(self):
        self._log_in("ann")
        self._add_lamp()

        self.assertIn("You will earn 200 points.", self._read("/shop/checkout"))

    def test_a_visitor_reads_what_members_earn(self):
        self.program.enroll_on_order = True
        self._create_rule("first_order", points=1000)

        product_page = self._read(self.lamp.website_url, None)
        self.authenticate(None, None)
        self._add_lamp()
        cart = self._join(self.url_open("/shop/cart").text)

        self.assertIn("Members earn 200 points.", product_page)
        self.assertIn("Members earn 200 points.", cart)

    def test_a_visitor_who_cannot_become_a_member_reads_nothing(self):
        self.program.write({"enroll_on_order": False, "enroll_on_signup": False})

        self.assertNotIn("earn 200", self._read(self.lamp.website_url, None))

    def test_who_is_no_member_and_becomes_none_reads_nothing(self):
        self.program.write({"enroll_on_order": False, "enroll_on_signup": True})

        self.assertNotIn("earn 200", self._read(self.lamp.website_url, "bob"))

    def test_two_programs_are_named(self):
        circle = self._create_second_program()
        circle._enroll_partners(self.acme, "hand")
        self._create_rule(program=circle, points=3)

        page = self._read(self.lamp.website_url)

        self.assertIn("You will earn 200 points in Club.", page)
        self.assertIn("You will earn 600 points in Circle.", page)

    def test_the_tiers_price_earns_for_what_is_paid(self):
        self.membership._assign_tier(self.gold, "For the test")
        self.env["member.benefit"].create(
            {
                "program_id": self.program.id,
                "name": "5% off",
                "kind": "discount",
                "discount_percent": 5,
                "tier_ids": [Command.set(self.gold.ids)],
            }
        )

        self.assertIn("earn 190 points", self._read(self.lamp.website_url))

    def test_points_off_show_nothing_and_ask_nothing(self):
        self.program.wallet_id = False
        self.env.registry.clear_cache()
        self.hints._gives_points()
        before = self.env.cr.sql_log_count

        self.assertEqual(self.hints._get_product_hints(self.lamp), [])

        self.assertEqual(self.env.cr.sql_log_count, before)
        self.assertNotIn("o_member_point_hints", self._read(self.lamp.website_url))
        self.assertNotIn("member_point_hints", self._ask_info(self.lamp))

    def test_strange_quantities_break_nothing(self):
        for quantity in (0, -5, "7", 2.9, 10**9):
            info = self._ask_info(self.lamp, quantity)
            self.assertEqual(len(info["member_point_hints"]), 1, quantity)


@tagged("post_install", "-at_install")
class TestHintsEqualEntries(HintCommon):
    """Over random carts: the figure shown is the figure booked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.circle = cls._create_second_program()
        cls.circle._enroll_partners(cls.acme, "hand")
        cls.tax = cls.env["account.tax"].create(
            {"name": "19%", "amount": 19, "company_id": cls.website.company_id.id}
        )
        cls.foreign = cls._create_foreign_pricelist()
        cls.categories = cls.env["product.category"].create(
            [{"name": f"Category {number}"} for number in range(3)]
        )

    @classmethod
    def _create_foreign_pricelist(cls):
        """Return a price list in another currency than that of the programs."""
        currency = cls._enable_currency("CHF")
        currency.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 1.37}
        )
        return cls.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": currency.id}
        )

    def _draw_rules(self, draw, program):
        """Give a program random rules: limits, tiers, categories, multipliers."""
        program.earning_rule_ids.active = False
        program.points_rounding = draw.choice(
            ["whole_down", "whole_nearest", "hundredth_down"]
        )
        program.points_base_taxed = draw.random() < 0.5
        program.multiplier_policy = draw.choice(
            [key for key, _name in program._fields["multiplier_policy"].selection]
        )
        for _number in range(draw.randint(1, 4)):
            kind = draw.choice(["amount", "amount", "order", "first_order"])
            self._create_rule(kind, program, **self._draw_limits(draw, program))
        for _number in range(draw.randint(0, 2)):
            limits = self._draw_limits(draw, program)
            for name in ("cap_period", "cap_points"):
                limits.pop(name, None)
            self._create_rule(
                "multiplier", program, factor=draw.choice([1.5, 2, 3]), **limits
            )

    def _draw_limits(self, draw, program):
        values = {
            "points": draw.choice([1, 2.5, 10, 33]),
            "amount_step": draw.choice([1, 10, 7.5]),
        }
        if draw.random() < 0.3:
            values["minimum_amount"] = draw.choice([50, 300])
        if draw.random() < 0.3:
            category = draw.choice(self.categories)
            values["category_ids"] = [Command.set(category.ids)]
        if draw.random() < 0.3:
            tier = draw.choice(program.tier_ids)
            values["tier_ids"] = [Command.set(tier.ids)]
        if draw.random() < 0.3:
            values["cap_period"] = draw.choice(["day", "month", "ever"])
            values["cap_points"] = draw.choice([40, 150, 500])
        return values

    def _draw_products(self, draw):
        return self.env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "type": "service",
                    "list_price": round(draw.uniform(0.5, 300), 2),
                    "categ_id": draw.choice(self.categories).id,
                    "taxes_id": [
                        Command.set(self.tax.ids if draw.random() < 0.5 else [])
                    ],
                    "is_published": True,
                }
                for number in range(4)
            ]
        )

    def _draw_cart(self, draw, products):
        """Return a cart with lines, discounts, and perhaps a reward."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.ann.id,
                "website_id": self.website.id,
                "company_id": self.website.company_id.id,
                **({"pricelist_id": self.foreign.id} if draw.random() < 0.3 else {}),
                "order_line": [
                    Command.create(
                        {
                            "product_id": draw.choice(products).id,
                            "product_uom_qty": draw.randint(1, 7),
                        }
                    )
                    for _number in range(draw.randint(1, 4))
                ],
            }
        )
        for line in order.order_line:
            if draw.random() < 0.3:
                line.discount = draw.choice([5, 12.5, 50])
        order._update_programs_and_rewards()
        if draw.random() < 0.5:
            for card, rewards in order._get_claimable_rewards().items():
                order._apply_program_reward(rewards[:1], card)
            order._update_programs_and_rewards()
        return order

    def _get_booked(self, order):
        """Return what was booked as earned or waits, by program, largest last."""
        entries = self.env["member.point.entry"].search(
            [
                ("source_model", "=", "sale.order"),
                ("source_id", "=", order.id),
                ("rule_id", "!=", False),
            ]
        )
        waiting = self.env["member.point.pending"].search(
            [("order_id", "=", order.id), ("state", "=", "waiting")]
        )
        sums = {}
        for row in (*entries, *waiting):
            sums[row.program_id] = sums.get(row.program_id, 0) + row.points
        return sorted(round(points, 2) for points in sums.values() if points)

    def test_the_hint_is_the_entry(self):
        shown = 0
        for seed in SEEDS:
            draw = random.Random(seed)
            for program in (self.program, self.circle):
                self._draw_rules(draw, program)
                program.points_available = draw.choice(["confirmed", "paid"])
            tier = draw.choice(self.program.tier_ids)
            self.membership._assign_tier(tier, "For the test")
            products = self._draw_products(draw)
            for _order in range(2):
                order = self._draw_cart(draw, products)

                hints = figures(self.hints._get_cart_hints(order))
                order.action_confirm()

                self.assertEqual(hints, self._get_booked(order), f"seed {seed}")
                shown += len(hints)
        self.assertGreater(shown, len(SEEDS))

    def test_the_hint_of_a_product_is_that_of_a_cart_with_it(self):
        for seed in SEEDS:
            draw = random.Random(seed)
            for program in (self.program, self.circle):
                self._draw_rules(draw, program)
            product = self._draw_products(draw)[:1]
            quantity = draw.randint(1, 9)
            with MockRequest(
                self.env(user=self._get_user("ann")), website=self.website
            ) as request:
                cart = request.website._create_cart()
                cart._cart_add(product.id, quantity)
                hints = request.env["member.point.hint"]

                alone = hints._get_product_hints(product, quantity)

                self.assertEqual(alone, hints._get_cart_hints(cart), f"seed {seed}")

    def _get_user(self, login):
        return self.env["res.users"].search([("login", "=", login)])
