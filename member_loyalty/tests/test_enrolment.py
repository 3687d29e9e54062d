from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestEnrolment(MemberCommon):
    """Who becomes a member, how, and who stays out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls.factory = cls._create_customer("Factory", is_company=True)
        cls.buyer = cls._create_customer("Buyer", parent_id=cls.factory.id)

    def _sign_up(self, login="ada@example.com", token=None):
        self.env["ir.config_parameter"].sudo().set_param(
            "auth_signup.invitation_scope", "b2c"
        )
        values = {"login": login, "name": "Ada", "password": "secret-Word-1"}
        self.env["res.users"].sudo().signup(values, token)
        return self.env["res.users"].search([("login", "=", login)])

    def _create_token(self, partner):
        partner.signup_prepare()
        return partner._generate_signup_token()

    def assertJoined(self, partner, by, program=None):
        self.assertRecordValues(
            self._get_membership(partner, program),
            [
                {
                    "tier_id": (program or self.program)._get_tiers()[0].id,
                    "joined_by": by,
                    "joined_on": date(2026, 3, 15),
                    "tier_since": date(2026, 3, 15),
                    "valid_until": False,
                }
            ],
        )
        joined = self._get_membership(partner, program).decision_ids
        self.assertEqual(joined.mapped("event"), ["join"])

    def test_who_signs_up_starts_in_the_lowest_tier(self):
        user = self._sign_up()

        self.assertJoined(user.partner_id, "signup")

    def test_who_was_invited_joins_on_signing_up(self):
        self.customer.email = "ada@example.com"
        user = self._sign_up(token=self._create_token(self.customer))

        self.assertEqual(user.partner_id, self.customer)
        self.assertJoined(self.customer, "signup")

    def test_the_contact_of_a_company_signs_the_company_up(self):
        self.buyer.email = "ada@example.com"
        self._sign_up(token=self._create_token(self.buyer))

        self.assertJoined(self.factory, "signup")
        self.assertFalse(self._get_membership(self.buyer))

    def test_without_the_switch_nobody_joins_by_signing_up(self):
        self.program.enroll_on_signup = False
        user = self._sign_up()

        self.assertFalse(self._get_membership(user.partner_id))

    def test_a_new_password_makes_no_member(self):
        user = self._create_user("ada@example.com", "base.group_portal")
        self.env["res.users.log"].with_user(user).sudo().create({"create_uid": user.id})
        user.invalidate_recordset()
        self.assertTrue(user.login_date)
        self._sign_up(token=self._create_token(user.partner_id))

        self.assertFalse(self._get_membership(user.partner_id))

    def test_who_bought_before_rises_on_signing_up(self):
        self.customer.email = "ada@example.com"
        self._book(self.customer, 1500)
        self._sign_up(token=self._create_token(self.customer))

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_colleagues_are_no_members(self):
        user = self._create_user("colleague", "base.group_user")
        self._sign_up("colleague", token=self._create_token(user.partner_id))

        self.assertFalse(self._get_membership(user.partner_id))

    def test_the_first_order_makes_a_member(self):
        self._confirm_order(self.customer, 1)
        self._confirm_order(self.customer, 1)

        self.assertJoined(self.customer, "order")

    def test_without_the_switch_an_order_makes_no_member(self):
        self.program.enroll_on_order = False
        self._confirm_order(self.customer, 5000)

        self.assertFalse(self._get_membership(self.customer))

    def test_a_quotation_makes_no_member(self):
        self._create_order(self.customer, 5000)

        self.assertFalse(self._get_membership(self.customer))

    def test_an_order_makes_a_member_in_every_program_that_takes_buyers(self):
        closed = self._create_program(sequence=98, enroll_on_order=False)
        other = self._create_program(sequence=99)
        self._confirm_order(self.customer, 1)

        self.assertJoined(self.customer, "order", other)
        self.assertFalse(self._get_membership(self.customer, closed))

    def test_by_hand_the_company_of_a_contact_joins(self):
        membership = self.env["member.membership"].create(
            {"partner_id": self.buyer.id, "program_id": self.program.id}
        )

        self.assertEqual(membership.partner_id, self.factory)
        self.assertJoined(self.factory, "hand")

    def test_by_hand_in_a_program_for_contacts_the_contact_joins(self):
        alone = self._create_program(member_level="contact", sequence=99)
        self.env["member.membership"].create(
            {"partner_id": self.buyer.id, "program_id": alone.id}
        )

        self.assertJoined(self.buyer, "hand", alone)

    def test_by_hand_from_the_contact(self):
        (self.customer | self.buyer).action_enroll()

        self.assertJoined(self.customer, "hand")
        self.assertJoined(self.factory, "hand")

    def test_who_joins_by_hand_has_the_tier_of_earlier_purchases_at_once(self):
        for partner in (self.customer, self.factory):
            self._book(partner, 1500)
        self.env["member.membership"].create(
            {"partner_id": self.customer.id, "program_id": self.program.id}
        )
        self.buyer.action_enroll()

        self.assertEqual(self._get_tier(self.customer), "Silver")
        self.assertEqual(self._get_tier(self.factory), "Silver")

    def test_a_program_that_takes_nobody_in_by_hand_says_so(self):
        self.program.enroll_by_hand = False

        with self.assertRaisesRegex(UserError, "by hand"):
            self.customer.action_enroll()
        with self.assertRaisesRegex(UserError, "by hand"):
            self.env["member.membership"].create(
                {"partner_id": self.customer.id, "program_id": self.program.id}
            )

    def test_a_company_without_a_program_says_so(self):
        self.program.active = False

        with self.assertRaisesRegex(UserError, "program"):
            self.customer.action_enroll()
        with self.assertRaisesRegex(UserError, "program"):
            self.env["member.membership"].create({"partner_id": self.customer.id})

    def test_joining_twice_is_joining_once(self):
        first = self._enroll(self.customer, self.customer)
        again = self._enroll(self.customer)

        self.assertEqual((len(first), len(again)), (1, 0))
        self.assertJoined(self.customer, "hand")

    def test_members_join_on_the_company_s_day(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        self._travel_to("2026-03-15 20:00:00")
        [membership] = self._enroll(self.customer)

        self.assertEqual(str(membership.joined_on), "2026-03-16")

    def test_whose_membership_was_ended_is_not_brought_back_by_an_order(self):
        [membership] = self._enroll(self.customer)
        membership.active = False
        self._confirm_order(self.customer, 5000)

        self.assertFalse(self._get_membership(self.customer))

    def test_who_comes_back_starts_anew_in_the_old_membership(self):
        [membership] = self._enroll(self.customer, tier=self.gold)
        membership.active = False
        self._travel_to("2026-04-20 10:00:00")

        [back] = self._enroll(self.customer)

        self.assertEqual(back, membership)
        self.assertEqual(back.tier_id, self.ordinary)
        self.assertEqual(str(back.joined_on), "2026-04-20")
        self.assertEqual(
            back.decision_ids.sorted("id").mapped("event"), ["join", "manual", "join"]
        )

    def test_a_membership_that_is_taken_out_of_the_archive_is_looked_at(self):
        [membership] = self._enroll(self.customer)
        membership.active = False
        self._confirm_order(self.customer, 5000)

        membership.active = True

        self.assertEqual(self._get_tier(self.customer), "Silver")
