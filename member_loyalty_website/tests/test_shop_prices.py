from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .shop_common import ShopCommon


@tagged("post_install", "-at_install")
class TestShopPrices(ShopCommon):
    """A lamp costs 200, and gold members pay 5% less in the shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["member.benefit"].search([]).active = False
        cls.env["product.pricelist"].search([]).active = False
        cls.benefit = cls.env["member.benefit"].create(
            {
                "program_id": cls.program.id,
                "name": "5% off",
                "kind": "discount",
                "discount_percent": 5,
                "tier_ids": [Command.set(cls.gold.ids)],
            }
        )
        cls.gold_list = cls.benefit.own_pricelist_id
        cls.env["product.pricelist"].search([]).filtered(
            lambda one: not one.is_member_pricelist
        ).active = False
        cls.public_list = cls.env["product.pricelist"].create(
            {
                "name": "Public",
                "selectable": True,
                "website_id": False,
                "company_id": cls.website.company_id.id,
                "sequence": 20,
            }
        )

    def _fall(self):
        membership = self.acme.member_membership_ids
        membership._assign_tier(self.ordinary, "For the test")
        self.env.flush_all()

    def _read_price(self):
        """Return the price that the lamp's page shows."""
        self.env.flush_all()
        page = self.url_open(self.lamp.website_url).text
        return "190.00" if "190.00" in page else "200.00" if "200.00" in page else page

    def _read_info(self):
        """Return the price by a request that reads only."""
        answer = self.make_jsonrpc_request(
            "/website_sale/get_combination_info",
            {
                "product_template_id": self.lamp.product_tmpl_id.id,
                "product_id": self.lamp.id,
                "combination": [],
                "add_qty": 1,
            },
        )
        return answer["price"]

    def test_a_gold_member_has_the_price_in_the_shop(self):
        self._enroll_gold()
        self._log_in("ann")

        self.assertEqual(self._read_price(), "190.00")
        self.assertEqual(self._add_lamp().amount_total, 190)

    def test_visitors_and_other_buyers_pay_the_normal_price(self):
        self._enroll_gold()
        self.gold_list.sequence = 1
        self.assertEqual(self._read_price(), "200.00")
        self._create_buyer("bob", self._create_company("Other"))
        self._log_in("bob")

        self.assertEqual(self._read_price(), "200.00")
        self.assertEqual(self._add_lamp().pricelist_id, self.public_list)

    def test_a_fall_is_effective_at_the_next_request(self):
        self._enroll_gold()
        self._log_in("ann")
        self.assertEqual(self._read_price(), "190.00")

        self._fall()

        self.assertEqual(self._read_price(), "200.00")

    def test_a_fall_re_prices_the_cart_at_the_next_request(self):
        self._enroll_gold()
        self._log_in("ann")
        order = self._add_lamp()
        self.assertEqual(order.amount_total, 190)

        self._fall()
        self.url_open("/shop/cart")
        self.env.invalidate_all()

        self.assertEqual(order.pricelist_id, self.public_list)
        self.assertEqual(order.amount_total, 200)

    def test_a_request_that_only_reads_shows_no_price_of_before(self):
        self._enroll_gold()
        self._log_in("ann")
        order = self._add_lamp()
        self.assertEqual(self._read_info(), 190)

        self._fall()

        self.assertEqual(self._read_info(), 200)
        self.url_open("/shop/cart")
        self.env.invalidate_all()
        self.assertEqual(order.amount_total, 200)

    def test_a_rise_is_effective_at_the_next_request(self):
        self._log_in("ann")
        self.assertEqual(self._read_price(), "200.00")
        order = self._add_lamp()

        self._enroll_gold()
        self.env.flush_all()

        self.assertEqual(self._read_price(), "190.00")
        self.url_open("/shop/cart")
        self.env.invalidate_all()
        self.assertEqual(order.amount_total, 190)

    def test_the_end_of_a_benefit_is_effective_at_the_next_request(self):
        self._enroll_gold()
        self._log_in("ann")
        self.assertEqual(self._read_price(), "190.00")

        self.benefit.action_archive()

        self.assertEqual(self._read_price(), "200.00")

    def test_nobody_takes_the_price_by_an_address(self):
        self._enroll_gold()
        for login in (None, "bob"):
            if login:
                self._create_buyer(login, self._create_company("Other"))
                self._log_in(login)
            for address in (
                f"/shop/change_pricelist/{self.gold_list.id}",
                f"{self.lamp.website_url}?pricelist={self.gold_list.id}",
                f"/shop/pricelist?promo={self.gold_list.name}",
            ):
                with self.subTest(login=login, address=address):
                    self.env.flush_all()
                    self.url_open(address)

                    self.assertEqual(self._read_price(), "200.00")

    def test_a_member_who_chose_another_price_list_keeps_it(self):
        self._enroll_gold()
        self._log_in("ann")
        self.assertEqual(self._read_price(), "190.00")

        self.url_open(f"/shop/change_pricelist/{self.public_list.id}")
        self.assertEqual(self._read_price(), "200.00")

        self.url_open(f"/shop/change_pricelist/{self.gold_list.id}")
        self.assertEqual(self._read_price(), "190.00")

    def test_a_selected_member_price_is_gone_after_a_fall(self):
        self._enroll_gold()
        self._log_in("ann")
        self.url_open(f"/shop/change_pricelist/{self.public_list.id}")
        self.url_open(f"/shop/change_pricelist/{self.gold_list.id}")
        order = self._add_lamp()
        self.assertEqual(order.amount_total, 190)

        self._fall()

        self.assertEqual(self._read_price(), "200.00")
        self.env.invalidate_all()
        self.assertEqual(order.amount_total, 200)

    def _add_welcome(self):
        self.benefit.copy(
            {
                "name": "Welcome",
                "kind": "first_order",
                "reduction_by": "amount",
                "reduction_amount": 30,
                "tier_ids": [Command.set(self.gold.ids)],
            }
        )

    def test_the_first_cart_is_cheaper_and_the_buyer_cannot_multiply_that(self):
        self._add_welcome()
        self._enroll_gold()
        self._log_in("ann")
        order = self._add_lamp()
        self.assertEqual(order.amount_total, 160)

        self.make_jsonrpc_request(
            "/shop/cart/update",
            {
                "line_id": order.order_line.filtered("member_benefit_part").id,
                "quantity": 5,
            },
        )
        self.env.invalidate_all()

        self.assertEqual(order.amount_total, 160)

    def test_it_holds_on_every_website_of_the_company(self):
        self._enroll_gold()
        second = self.env["website"].create(
            {"name": "Second", "company_id": self.website.company_id.id}
        )
        other = self.env["website"].create(
            {
                "name": "Foreign",
                "company_id": self.env["res.company"].create({"name": "Foreign"}).id,
            }
        )
        gold_list = self.gold_list.with_user(self.ann.user_ids)

        self.assertTrue(gold_list._is_available_on_website(self.website))
        self.assertTrue(gold_list._is_available_on_website(second))
        self.assertFalse(gold_list._is_available_on_website(other))

    def test_it_is_no_choice_of_the_shop(self):
        self.assertNotIn(self.gold_list, self.website.pricelist_ids)

    def test_what_is_cached_for_one_buyer_is_not_given_to_another(self):
        self._enroll_gold()
        website = self.website.with_user(self.ann.user_ids)
        self.assertIn(self.gold_list, website.get_pricelist_available())
        bob = self._create_buyer("bob", self._create_company("Other"))

        website = self.website.with_user(bob.user_ids)

        self.assertNotIn(self.gold_list, website.get_pricelist_available())

    def test_a_list_that_all_can_take_becomes_no_members_list(self):
        with self.assertRaisesRegex(ValidationError, "Anybody could take"):
            self.gold_list.selectable = True
        with self.assertRaisesRegex(ValidationError, "Anybody could take"):
            self.gold_list.code = "GOLD"
        with self.assertRaisesRegex(ValidationError, "Anybody could take"):
            self.env["member.benefit"].create(
                {
                    "program_id": self.program.id,
                    "name": "Public for gold",
                    "kind": "pricelist",
                    "pricelist_id": self.public_list.id,
                    "tier_ids": [Command.set(self.gold.ids)],
                }
            )
