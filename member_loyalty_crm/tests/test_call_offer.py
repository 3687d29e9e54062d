from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .call_common import TODAY, CallCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestCallOffer(CallCommon):
    """A call suggests what to offer, and the caller can act on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls.product
        cls.desk = cls._create_product("Desk", 300)
        cls.chair = cls._create_product("Chair", 50)

    def _create_offer(self, **values):
        return self.env["member.call.offer"].create(
            {
                "name": "Back",
                "text": "Welcome back, 2 % off",
                "program_id": self.program.id,
                **values,
            }
        )

    def _create_coupons(self, **values):
        return self.env["loyalty.program"].create(
            {
                "name": "2 % off",
                "program_type": "coupons",
                "applies_on": "current",
                "trigger": "with_code",
                "rule_ids": False,
                "communication_plan_ids": False,
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 2,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                            "required_points": 1,
                        }
                    )
                ],
                **values,
            }
        )

    def test_silver_that_fell_silent_is_offered_what_is_for_them(self):
        gil = self._create_member("Gil", tier=self.silver)
        offer = self._create_offer(
            kind="silent", tier_ids=[Command.set(self.silver.ids)]
        )

        self.assertEqual(self._call(gil, kind="silent").offer_id, offer)
        self.assertFalse(self._call(self.ada, kind="silent").offer_id)
        eve = self._create_member("Eve", tier=self.silver)
        self.assertFalse(self._call(eve, kind="complaint").offer_id)

    def test_an_offer_of_a_region_is_for_members_there(self):
        europe = self.env.ref("base.europe")
        offer = self._create_offer(country_group_ids=[Command.set(europe.ids)])
        self.ada.country_id = self.env.ref("base.de")
        self.bob.country_id = self.env.ref("base.us")

        self.assertEqual(self._call(self.ada).offer_id, offer)
        self.assertFalse(self._call(self.bob).offer_id)

    def test_the_first_offer_that_fits_is_suggested(self):
        self._create_offer(name="Second", sequence=20)
        first = self._create_offer(name="First", sequence=5)

        self.assertEqual(self._call(self.ada).offer_id, first)

    def test_tiers_of_another_program_are_refused(self):
        other = self._create_program(name="Other")

        with self.assertRaises(ValidationError):
            self._create_offer(tier_ids=[Command.set(other.tier_ids.ids)])

    def test_products_are_what_the_signal_names_then_the_offers_then_favourites(self):
        self._buy(self.ada, self.lamp)
        self._create_offer(product_ids=[Command.set(self.chair.ids)])

        call = self._call(self.ada, facts={"product_ids": [self.desk.id]})

        self.assertEqual(
            call._get_signal_products() | call.offer_id.product_ids,
            self.desk | self.chair,
        )
        self.assertEqual(call.product_ids, self.desk | self.chair | self.lamp)
        self.assertIn("Desk", call.activity_id.note)

    def _buy(self, customer, product, days_ago=0, times=1):
        for _number in range(times):
            order = self._create_order(customer)
            order.order_line = [self._prepare_line(product_id=product.id)]
            order.action_confirm()
            order.date_order = TODAY - timedelta(days=days_ago)

    def test_favourites_begin_with_what_was_bought_repeatedly_but_not_lately(self):
        self._buy(self.ada, self.lamp, times=3)
        self._buy(self.ada, self.desk, days_ago=200, times=2)
        self._buy(self.ada, self.chair, days_ago=300)
        call = self._call(self.ada)

        found = call._get_favourites(TODAY)[self.ada.id]

        self.assertEqual(list(found), [self.desk, self.lamp, self.chair])

    def test_facts_that_are_no_products_are_left_out(self):
        archived = self._create_product("Old")
        archived.active = False
        facts = {"product_ids": [archived.id, 2**31 - 1, "1; DROP", None, self.lamp.id]}

        self.assertEqual(self._call(self.ada, facts=facts).product_ids, self.lamp)
        self.assertFalse(self._call(self.bob, facts={"product_ids": 7}).product_ids)

    def test_the_quotation_has_the_products_and_belongs_to_the_call(self):
        call = self._call(self.ada, facts={"product_ids": self.lamp.ids})

        action = call.with_user(self.sam).action_make_quotation()

        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.partner_id, self.ada)
        self.assertEqual(order.order_line.product_id, self.lamp)
        self.assertEqual(order.user_id, self.sam)
        self.assertEqual(call.with_user(self.sam).order_count, 1)

    def test_the_quotation_has_the_free_product_that_is_left(self):
        self.ada.member_membership_ids._assign_tier(self.silver, "For the test")
        benefit = self._create_benefit(
            kind="product", quota=1, product_ids=[Command.set(self.chair.ids)]
        )
        self._create_offer(benefit_id=benefit.id)
        call = self._call(self.ada, facts={"product_ids": self.lamp.ids})

        for expected in (1, 0):
            action = call.with_user(self.sam).action_make_quotation()
            order = self.env["sale.order"].browse(action["res_id"])
            free = order.order_line.filtered("member_benefit_id")
            self.assertEqual(len(free), expected)

    def test_the_coupon_is_given_once_and_is_on_the_quotation(self):
        offer = self._create_offer(
            coupon_program_id=self._create_coupons().id, coupon_days=10
        )
        call = self._call(self.ada, facts={"product_ids": self.lamp.ids})
        mine = call.with_user(self.sam)

        self.assertTrue(mine.can_give_coupon)
        mine.action_give_coupon()

        self.assertEqual(call.coupon_id.partner_id, self.ada)
        self.assertEqual(call.coupon_id.program_id, offer.coupon_program_id)
        self.assertEqual(str(call.coupon_id.expiration_date), "2026-03-25")
        with self.assertRaises(UserError):
            mine.action_give_coupon()
        order = self.env["sale.order"].browse(mine.action_make_quotation()["res_id"])
        self.assertAlmostEqual(order.amount_untaxed, 98)

    def test_without_a_coupon_there_is_none_to_give(self):
        self._create_offer()
        call = self._call(self.ada)

        self.assertFalse(call.can_give_coupon)
        with self.assertRaises(UserError):
            call.with_user(self.sam).action_give_coupon()

    def test_only_coupon_programs_give_coupons(self):
        with self.assertRaises(ValidationError):
            self._create_offer(
                coupon_program_id=self._create_coupons(program_type="promotion").id
            )
