from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .cart_common import MemberCartCommon

URL = "/shop/member/claim"


@tagged("post_install", "-at_install")
class TestMemberClaim(MemberCartCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.free = cls._create_free("Sample of the year", cls.sample)

    @classmethod
    def _create_free(cls, name, products, **values):
        values = {"kind": "product", "quota": 1, **values}
        return cls._create_benefit(
            name, product_ids=[Command.set(products.ids)], **values
        )

    def _claim(self, benefit=None, login="ann", **data):
        benefit = benefit or self.free
        return self._post(URL, login, benefit_id=benefit.id, **data)

    def _get_free_lines(self):
        return self.env["sale.order.line"].search(
            [("member_benefit_id", "!=", False), ("order_id.website_id", "!=", False)]
        )

    def test_a_cart_can_begin_with_a_free_product(self):
        response = self._claim()

        self.assertTrue(response.url.endswith("/shop/cart"))
        line = self._get_free_lines()
        self.assertEqual(line.product_id, self.sample)
        self.assertEqual(line.order_id.partner_id, self.ann)
        self.assertEqual(line.order_id.amount_total, 0)
        self.assertEqual(line.order_id.cart_quantity, 1)

    def test_a_free_product_joins_the_cart_that_is_there(self):
        cart = self._add()

        self._claim()

        self.assertEqual(self._get_free_lines().order_id, cart)
        self.assertEqual(cart.amount_total, 200)

    def test_a_quota_of_one_is_claimed_once_by_all_contacts_together(self):
        self._claim()

        self.assertEqual(self._claim().status_code, 404)
        self.assertEqual(self._claim(login="amy").status_code, 404)

        self.assertEqual(len(self._get_free_lines()), 1)

    def test_a_free_product_that_is_taken_off_can_be_claimed_again(self):
        self._claim()
        self._update(self._get_free_lines(), 0)
        self.assertFalse(self._get_free_lines())

        self._claim()

        self.assertEqual(len(self._get_free_lines()), 1)

    def test_the_buyer_chooses_among_several_products(self):
        other = self._create_product("Other sample", 20)
        benefit = self._create_free("Choice", self.sample | other)

        self._claim(benefit, product_id=other.id)

        self.assertEqual(self._get_free_lines().product_id, other)

    def test_a_product_of_no_benefit_is_not_found(self):
        response = self._claim(product_id=self.lamp.id)

        self.assertEqual(response.status_code, 404)
        self.assertFalse(self._get_free_lines())

    def test_without_a_choice_among_several_the_cart_asks_for_one(self):
        other = self._create_product("Other sample", 20)
        benefit = self._create_free("Choice", self.sample | other)

        response = self._claim(benefit)

        self.assertIn("Choose one of the products", response.text)
        self.assertFalse(self._get_free_lines())

    def test_benefits_of_others_are_not_found_and_begin_no_cart(self):
        of_patrons = self._create_free("For patrons", self.sample, tiers=self.patron)
        carts = self.env["sale.order"].search_count([])

        for benefit_id in (of_patrons.id, self.benefit.id, 999999, "x", "", "-1"):
            response = self._post(URL, benefit_id=benefit_id)
            self.assertEqual(response.status_code, 404)
        self.assertEqual(self._claim(login="bob").status_code, 404)

        self.assertEqual(self.env["sale.order"].search_count([]), carts)

    @mute_logger("odoo.http")
    def test_claiming_takes_a_button_of_this_shop(self):
        self.authenticate("ann", "ann")

        self.assertEqual(self.url_open(URL).status_code, 405)
        forged = {"benefit_id": self.free.id, "csrf_token": "forged"}
        self.assertEqual(self.url_open(URL, data=forged).status_code, 400)

        self.assertFalse(self._get_free_lines())

    def test_visitors_have_to_log_in(self):
        self.authenticate(None, None)

        response = self.url_open(URL, data={"benefit_id": self.free.id})

        self.assertNotIn("/shop/cart", response.url)
        self.assertFalse(self._get_free_lines())

    def test_cart_and_membership_page_offer_what_can_be_claimed(self):
        self._add()

        self.assertIn("claim_member_benefit", self._read_cart()[0])
        self.assertIn("claim_member_benefit", self._read("/my/membership"))

        self._claim()
        self.assertNotIn("claim_member_benefit", self._read_cart()[0])
        self.assertNotIn("claim_member_benefit", self._read("/my/membership"))

    def test_who_is_no_member_is_offered_nothing(self):
        self._add(login="bob")

        self.assertNotIn("claim_member_benefit", self._read_cart()[0])

    def test_after_a_fall_the_free_product_is_taken_off_with_a_word(self):
        benefit = self._create_free("For patrons", self.sample, tiers=self.patron)
        self.membership._assign_tier(self.patron, "For the test")
        cart = self._add()
        self._claim(benefit)
        self.membership._assign_tier(self.guest, "For the test")

        products, _totals = self._read_cart()

        self.assertIn("No longer among your benefits", products)
        self.assertFalse(self._get_free_lines())
        self.assertEqual(cart.amount_total, 200)

    def test_nobody_pays_with_a_free_product_that_was_lost(self):
        benefit = self._create_free("For patrons", self.sample, tiers=self.patron)
        self.membership._assign_tier(self.patron, "For the test")
        cart = self._add()
        self._claim(benefit)
        self.membership._assign_tier(self.guest, "For the test")

        with self.assertRaisesRegex(Exception, "no longer among your benefits"):
            cart._check_cart_is_ready_to_be_paid()

    def test_names_are_text_and_no_markup(self):
        evil = "<script>alert(1)</script>"
        self._create_free(evil, self.sample)
        self._add()

        self.assertNotIn(evil, "".join(self._read_cart()))
