from odoo import Command, fields

from .point_common import PointsCommon


class ReferralCommon(PointsCommon):
    """Ann of Lumen, a member, refers Bob of Bolt: 50 points for her, 20 for him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"referral_active": True, "notify_members": True})
        cls._create_rule("referral", 50)
        cls._create_rule("referred", 20)
        cls.lumen, cls.ann = cls._create_firm("Lumen", "Ann")
        cls.bolt, cls.bob = cls._create_firm("Bolt", "Bob")
        cls.membership = cls._enroll(cls.lumen)
        cls.code = cls.env["member.referral.code"]._make(cls.ann, cls.program)

    @classmethod
    def _create_firm(cls, name, contact, **values):
        """Make a company and a contact who buys for it."""
        firm = cls._create_customer(name, is_company=True, **values)
        mail = f"{contact}@{name}.example".lower()
        return firm, cls._create_customer(contact, parent_id=firm.id, email=mail)

    @classmethod
    def _refer(cls, contact=None, code=None):
        return cls.env["member.referral"]._bind(code or cls.code, contact or cls.bob)

    def _pay(self, order):
        """Invoice an order and pay the invoice; return the invoice."""
        invoice = self._invoice(order)
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({})._create_payments()
        return invoice

    def _follow(self, day=None):
        """Let the scheduled action run twice, on another day if one is given."""
        if day:
            self._travel_to(f"{day} 08:00:00")
        for _time in range(2):
            self.env.flush_all()
            with self._without_commits():
                self.env["member.referral"]._cron_follow()
            self.env.invalidate_all()

    def _refer_and_buy(self, contact=None, amount=100):
        """Return a referral whose order is paid, and the invoice, on 15 March."""
        referral = self._refer(contact)
        invoice = self._pay(self._confirm_order(referral.contact_id, amount))
        self._follow()
        return referral, invoice

    def _give_coupons(self):
        """Let both sides be given a coupon."""
        coupons = self.env["loyalty.program"].create(
            {
                "name": "Present",
                "program_type": "coupons",
                "applies_on": "current",
                "trigger": "with_code",
                "rule_ids": False,
                "reward_ids": [
                    Command.create({"reward_type": "discount", "required_points": 1})
                ],
            }
        )
        for occasion in ("referral", "referred"):
            self.env["member.benefit"].create(
                {
                    "program_id": self.program.id,
                    "name": f"Coupon for {occasion}",
                    "kind": "gift",
                    "gift_occasion": occasion,
                    "gift_gives": "coupon",
                    "gift_coupon_program_id": coupons.id,
                    "tier_ids": [Command.set(self.program.tier_ids.ids)],
                }
            )

    def _get_rewards(self):
        """Return the points that both sides were given for referrals."""
        entries = self.env["member.point.entry"].search(
            [("source_model", "=", "member.referral")], order="id"
        )
        return [(entry.owner_id.name, entry.kind, entry.points) for entry in entries]

    def _get_counted(self, partner=None):
        """Return how many referrals the journal holds of a member."""
        activities = self.env["member.activity"].search(
            [
                ("kind", "=", "referral"),
                ("commercial_partner_id", "=", (partner or self.lumen).id),
            ]
        )
        return sum(activities.mapped("quantity"))

    def _get_told(self, partner):
        """Return what somebody was told of referrals, as codes of kinds."""
        messages = self.env["member.notification"].search(
            [("partner_id", "=", partner.id), ("kind", "like", "refer")], order="id"
        )
        return messages.mapped("kind")

    def _days_later(self, days):
        return fields.Date.add(fields.Date.to_date("2026-03-15"), days=days)
