import random
import re
from contextlib import suppress

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .hint_common import HintCommon

SEEDS = range(30)


def figures(sentences):
    """Return the points that sentences name, largest last."""
    numbers = (re.search(r"earn ([\d,.]+) points", one).group(1) for one in sentences)
    return sorted(float(number.replace(",", "")) for number in numbers)


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
                # Odoo refuses what would take nothing off
                with suppress(UserError), self.env.cr.savepoint():
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
