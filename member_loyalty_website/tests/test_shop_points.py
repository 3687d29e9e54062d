from odoo import Command, http
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon


@tagged("post_install", "-at_install")
class TestShopPoints(PaymentHttpCommon):
    """Contacts of Acme buy a lamp for 200 in the shop, with 500 points in the purse.

    A voucher of 20 costs 50 points.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["member.program"].search([]).active = False
        cls.env["loyalty.program"].search([]).active = False
        cls.website = cls.env.ref("website.default_website")
        cls.program = cls._create_program()
        cls.ordinary, cls.gold = cls.program.tier_ids
        cls.lamp = cls._create_lamp()
        cls.voucher = cls._create_voucher()
        cls.acme = cls._create_company("Acme")
        cls.ann = cls._create_buyer("ann", cls.acme)
        cls.purse = cls._give_points(cls.acme, 500)

    @classmethod
    def _create_program(cls):
        program = cls.env["member.program"].create(
            {
                "name": "Club",
                "company_id": cls.website.company_id.id,
                "tier_ids": [
                    Command.create({"name": "Guest", "sequence": 1}),
                    Command.create({"name": "Gold", "sequence": 2}),
                ],
            }
        )
        program._start_points()
        program.earning_rule_ids.active = False
        return program

    @classmethod
    def _create_lamp(cls):
        return cls.env["product.product"].create(
            {
                "name": "Lamp",
                "type": "service",
                "list_price": 200,
                "taxes_id": False,
                "is_published": True,
                "sale_ok": True,
            }
        )

    @classmethod
    def _create_voucher(cls):
        starter = cls.program.wallet_id.reward_ids
        voucher = cls.env["loyalty.reward"].create(
            {
                "program_id": cls.program.wallet_id.id,
                "discount_mode": "per_order",
                "discount": 20,
                "required_points": 50,
            }
        )
        starter.active = False
        return voucher

    @classmethod
    def _create_company(cls, name):
        return cls.env["res.partner"].create({"name": name, "is_company": True})

    @classmethod
    def _create_buyer(cls, login, company):
        user = new_test_user(cls.env, login, "base.group_portal", password=login)
        user.partner_id.write(
            {
                "parent_id": company.id,
                "email": f"{login}@example.com",
                "phone": "+32 12345678",
                "street": "Main street 1",
                "city": "Brussels",
                "zip": "1000",
                "country_id": cls.country_belgium.id,
            }
        )
        return user.partner_id

    @classmethod
    def _give_points(cls, company, points):
        cards = cls.env["loyalty.card"]
        card = cards._get_member_wallet(cls.program, company, create=True)
        card.points += points
        return card

    # What a buyer does

    def _log_in(self, login):
        self.authenticate(login, login)

    def _add_lamp(self):
        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.lamp.product_tmpl_id.id,
                "product_id": self.lamp.id,
                "quantity": 1,
            },
        )
        self.env.invalidate_all()
        return self.env["sale.order"].search(
            [("website_id", "=", self.website.id)], order="id desc", limit=1
        )

    def _claim(self, reward=None):
        data = {
            "reward_id": (reward or self.voucher).id,
            "csrf_token": http.Request.csrf_token(self),
        }
        response = self.url_open("/shop/claimreward", data=data)
        self.env.invalidate_all()
        return response.text

    def _begin_payment(self, order):
        answer = self._ask_for_payment(order)
        self.assertNotIn("error", answer)
        self.env.invalidate_all()
        return order.transaction_ids[:1]

    def _ask_for_payment(self, order):
        params = {
            "order_id": order.id,
            "access_token": order._portal_ensure_token(),
            "amount": order.amount_total,
            "provider_id": self.provider.id,
            "payment_method_id": self.payment_method.id,
            "flow": "direct",
            "token_id": None,
            "tokenization_requested": False,
            "landing_route": order.get_portal_url(),
        }
        self.env.flush_all()
        url = f"/shop/payment/transaction/{order.id}"
        return self.url_open(url, json={"params": params}).json()

    def _finish(self, payment):
        payment._set_done()
        payment._post_process()
        self.env.invalidate_all()

    def _begin_cart(self, login="ann"):
        self._log_in(login)
        order = self._add_lamp()
        self._claim()
        return order

    def test_a_contact_buys_with_the_points_of_the_company(self):
        order = self._begin_cart()
        self.assertRecordValues(
            order, [{"partner_id": self.ann.id, "amount_total": 180}]
        )

        payment = self._begin_payment(order)
        self.assertEqual(self.purse.points, 450)
        self._finish(payment)

        self.assertEqual(order.state, "sale")
        self.assertEqual(self.purse.points, 450)
        self.assertFalse(self._get_own_cards(self.ann))

    def test_the_cart_shows_points_and_the_price_for_the_buyers_tier(self):
        self._enroll_gold()
        self.env["member.reward.price"].create(
            {"reward_id": self.voucher.id, "tier_id": self.gold.id, "points": 35}
        )
        self._log_in("ann")
        self._add_lamp()

        page = self.url_open("/shop/cart").text

        self.assertIn("500", page)
        self.assertIn("35 Points", page)

    def test_a_reward_for_another_tier_is_neither_shown_nor_given(self):
        self.voucher.member_tier_ids = self.gold
        self._log_in("ann")
        order = self._add_lamp()

        page = self.url_open("/shop/cart").text
        self._claim()

        self.assertNotIn("o_loyalty_claim", page)
        self.assertEqual(order.amount_total, 200)

    def test_a_contact_who_may_not_spend_is_offered_nothing(self):
        self.program.purse_spenders = "chosen"
        order = self._begin_cart()
        self.assertEqual(order.amount_total, 200)

        self.ann.member_may_spend = True
        self._claim()

        self.assertEqual(order.amount_total, 180)

    def test_opening_the_cart_while_paying_keeps_the_reward(self):
        self.purse.points = 50
        order = self._begin_cart()
        self._begin_payment(order)
        self.assertEqual(self.purse.points, 0)

        self.url_open("/shop/cart")
        self.env.invalidate_all()

        self.assertEqual(order.amount_total, 180)
        self.assertEqual(self.purse.points, 0)

    def test_changing_the_cart_gives_the_points_back(self):
        order = self._begin_cart()
        self._begin_payment(order)
        self.assertEqual(self.purse.points, 450)

        self._add_lamp()

        self.assertEqual(self.purse.points, 500)
        self.assertEqual(order.amount_total, 380)

    @mute_logger("odoo.http")
    def test_a_buyer_whose_points_are_gone_is_told_before_paying(self):
        order = self._begin_cart()
        self.purse.points = 10

        answer = self._ask_for_payment(order)

        message = answer["error"]["data"]["message"]
        self.assertIn("cost 50 points, and 10 can be used", message)
        self.assertFalse(order.transaction_ids)

    def test_two_contacts_pay_with_the_same_points(self):
        self.purse.points = 50
        self._create_buyer("bob", self.acme)
        first = self._begin_cart("ann")
        payment = self._begin_payment(first)
        first._release_points()
        second = self._begin_cart("bob")

        self._finish(self._begin_payment(second))
        self._finish(payment)

        self.assertEqual((first.state, second.state), ("sale", "sale"))
        self.assertEqual((first.amount_total, second.amount_total), (180, 180))
        self.assertRecordValues(self.purse, [{"points": 0, "member_debt": 50}])

    def test_abandoned_carts_leave_the_purse_alone(self):
        order = self._begin_cart()
        self.env.flush_all()

        self.env["ir.config_parameter"].set_param(
            "website_sale_coupon.abandonned_coupon_validity", -1
        )
        order.applied_coupon_ids = self.purse
        order._gc_abandoned_coupons()

        self.assertEqual(self.purse.points, 500)
        self.assertEqual(order.amount_total, 180)

    def test_the_account_lists_the_purse_of_the_company(self):
        self._log_in("ann")

        page = self.url_open("/my/home").text

        self.assertIn(f'data-card_id="{self.purse.id}"', page)
        self.assertIn("500 Points", page)

    def test_the_dialog_shows_movements_and_rewards_of_the_purse(self):
        self._finish(self._begin_payment(self._begin_cart()))

        values = self._read_dialog()

        self.assertEqual(values["card"]["points_display"], "450 Points")
        self.assertEqual(values["history_lines"][0]["points"], "-50 Points")
        self.assertEqual(values["rewards"][0]["points"], "50 Points")

    def test_the_history_shows_the_movements_of_the_purse(self):
        self._finish(self._begin_payment(self._begin_cart()))

        page = self.url_open(f"/my/loyalty_card/{self.purse.id}/history").text

        self.assertIn("500 Points", page)
        self.assertIn("50 Points", page)

    @mute_logger("odoo.http")
    def test_a_buyer_never_sees_the_purse_of_another_company(self):
        self._create_buyer("eve", self._create_company("Bolt"))
        self._log_in("eve")

        home = self.url_open("/my/home").text
        history = self.url_open(f"/my/loyalty_card/{self.purse.id}/history")

        self.assertNotIn(f'data-card_id="{self.purse.id}"', home)
        self.assertTrue(history.url.endswith(("/my", "/my/home")))
        self.assertNotIn("500 Points", history.text)
        self.assertFalse(self._read_dialog())

    def _read_dialog(self):
        return self.make_jsonrpc_request(
            f"/my/loyalty_card/{self.purse.id}/values", {"card_id": self.purse.id}
        )

    def _enroll_gold(self):
        membership = self.program._enroll_partners(self.acme, "hand")
        membership._assign_tier(self.gold, "For the test")

    def _get_own_cards(self, partner):
        return self.env["loyalty.card"].search([("partner_id", "=", partner.id)])
