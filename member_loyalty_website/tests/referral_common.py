from unittest.mock import patch

from odoo import Command, http

from odoo.addons.base.models.ir_cron import IrCron

from .portal_common import PATIENCE, MemberPageCommon


class ReferralPageCommon(MemberPageCommon):
    """Ann of Acme refers others: 50 points for her, 20 for them; all may sign up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.auth_signup_uninvited = "b2c"
        cls.website.domain = False
        cls.program._start_points()
        cls.program.write({"referral_active": True, "referral_window_days": 14})
        for kind, points in (("referral", 50), ("referred", 20)):
            cls.env["member.earning.rule"].create(
                {
                    "program_id": cls.program.id,
                    "name": kind.capitalize(),
                    "kind": kind,
                    "points": points,
                }
            )
        cls.code = cls.env["member.referral.code"]._make(cls.ann, cls.program)
        cls.env["member.attempt"].search([]).unlink()

    def setUp(self):
        super().setUp()
        self._leave()

    def _leave(self):
        """Be a visitor with a new browser."""
        self.authenticate(None, None)

    def _follow_link(self, code=None, query=""):
        code = self.code.code if code is None else code
        return self.url_open(
            f"/m/r/{code}{query}", timeout=PATIENCE, allow_redirects=False
        )

    def _sign_up(self, login="eve@elm.example", **values):
        """Register as a visitor would; return the user, if there is one then."""
        self.page = self.url_open(
            "/web/signup",
            data={
                "login": login,
                "name": "Eve",
                "password": "correct horse battery",
                "confirm_password": "correct horse battery",
                "csrf_token": http.Request.csrf_token(self),
                **values,
            },
            timeout=PATIENCE,
        )
        self.env.invalidate_all()
        return self.env["res.users"].search([("login", "=", login)])

    def _get_referrals(self):
        return self.env["member.referral"].search([])

    def _follow_orders(self):
        """Let the scheduled action run twice."""
        endless = patch.object(
            IrCron, "_commit_progress", lambda *_args, **_values: float("inf")
        )
        for _time in range(2):
            self.env.flush_all()
            with endless:
                self.env["member.referral"]._cron_follow()
            self.env.invalidate_all()

    def _buy(self, partner, amount=100):
        """Let somebody order, and pay the invoice."""
        product = self.env["product.product"].create(
            {"name": "Lamp", "type": "service", "invoice_policy": "order"}
        )
        line = {"product_id": product.id, "price_unit": amount, "tax_ids": False}
        order = self.env["sale.order"].create(
            {"partner_id": partner.id, "order_line": [Command.create(line)]}
        )
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        return order
