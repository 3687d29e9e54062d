from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestActivityRecording(MemberCommon):
    """Officers record what no document tells."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(country_id=cls.env.ref("base.de").id)
        cls.membership = cls._enroll(cls.customer)
        cls.officer = cls._create_user("officer", "officer")

    def _open(self, **values):
        Wizard = self.env["member.activity.recording"].with_user(self.officer)
        return Wizard.create(
            {"partner_id": self.customer.id, "reason": "At the fair", **values}
        )

    def _find_recorded(self):
        return self.env["member.activity"].search([("kind", "=", "referral")])

    def test_a_referral_is_recorded_from_the_member(self):
        context = {
            "active_model": "member.membership",
            "active_id": self.membership.id,
        }
        Wizard = self.env["member.activity.recording"].with_user(self.officer)
        form = Form(Wizard.with_context(**context))
        form.reason = "Brought Bea along"
        form.save().action_record()

        self.assertRecordValues(
            self._find_recorded(),
            [
                {
                    "commercial_partner_id": self.customer.id,
                    "country_id": self.env.ref("base.de").id,
                    "event": "manual",
                    "date": fields.Date.to_date("2026-03-15"),
                    "quantity": 1,
                    "amount": 0,
                    "order_count": 0,
                    "reason": "Brought Bea along",
                }
            ],
        )

    def test_several_on_one_day_and_several_times_are_all_counted(self):
        self._open(quantity=3).action_record()
        self._open().action_record()

        self.assertEqual(sum(self._find_recorded().mapped("quantity")), 4)

    def test_it_counts_at_once(self):
        friends = self.env["member.program"].create(
            {
                "name": "Friends",
                "sequence": 99,
                "tier_ids": [
                    self._prepare_tier("Ordinary", 0),
                    self._prepare_tier("Friend", 1, 3, metric="referrals"),
                ],
            }
        )
        self._enroll(self.customer, program=friends)

        self._open(quantity=2).action_record()
        self.assertEqual(self._get_tier(self.customer, friends), "Ordinary")
        self._open().action_record()
        self.assertEqual(self._get_tier(self.customer, friends), "Friend")

    def test_it_can_be_reversed_like_any_other(self):
        self._open(quantity=3, date="2026-03-01").action_record()

        [reversal] = self._find_recorded()._reverse("Nobody came")

        self.assertEqual(reversal.quantity, -3)
        self.assertEqual(str(reversal.date), "2026-03-01")

    def test_the_future_is_refused(self):
        with self.assertRaisesRegex(UserError, "has not come yet"):
            self._open(date="2026-03-16").action_record()

    def test_no_times_at_all_is_refused(self):
        with self.assertRaisesRegex(UserError, "at least once"):
            self._open(quantity=0).action_record()

    def test_whoever_is_no_member_is_refused(self):
        stranger = self._create_customer("Bea")
        with self.assertRaisesRegex(UserError, "Bea is no member"):
            self._open(partner_id=stranger.id).action_record()

    def test_a_contact_of_a_member_may_have_done_it(self):
        contact = self._create_customer("Cleo", parent_id=self.customer.id)
        self._open(partner_id=contact.id).action_record()

        self.assertEqual(self._find_recorded().partner_id, contact)
        self.assertEqual(self._find_recorded().commercial_partner_id, self.customer)

    def test_a_reader_records_nothing(self):
        reader = self._create_user("reader", "user")
        Wizard = self.env["member.activity.recording"].with_user(reader)
        with self.assertRaises(AccessError):
            Wizard.create({"partner_id": self.customer.id, "reason": "Me"})
        with self.assertRaises(AccessError):
            self.env["member.activity"].with_user(reader)._record(
                self.env.company, self.customer, {}
            )
