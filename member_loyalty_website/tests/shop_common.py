from odoo import Command, http
from odoo.tests import new_test_user

from odoo.addons.payment.tests.http_common import PaymentHttpCommon


class ShopCommon(PaymentHttpCommon):
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

    def _read_dialog(self):
        return self.make_jsonrpc_request(
            f"/my/loyalty_card/{self.purse.id}/values", {"card_id": self.purse.id}
        )

    def _enroll_gold(self):
        membership = self.program._enroll_partners(self.acme, "hand")
        membership._assign_tier(self.gold, "For the test")

    def _get_own_cards(self, partner):
        return self.env["loyalty.card"].search([("partner_id", "=", partner.id)])
