from odoo import Command
from odoo.tests import tagged

from .hint_common import HintCommon


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
