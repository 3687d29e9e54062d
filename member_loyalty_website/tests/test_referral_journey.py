from datetime import timedelta

from odoo import fields, http
from odoo.tests import tagged

from .referral_common import ReferralPageCommon


@tagged("post_install", "-at_install")
class TestReferralJourney(ReferralPageCommon):
    """A visitor comes by a link, registers, orders, pays: both are rewarded once."""

    def _end_window(self, referral):
        referral.due_on = referral.company_id._member_today()

    def _get_given(self):
        entries = self.env["member.point.entry"].search(
            [("source_model", "=", "member.referral")], order="id"
        )
        return entries.mapped(lambda one: (one.owner_id.name, one.points))

    def test_from_the_link_to_the_reward(self):
        self._follow_link()
        self.assertIn(self.code.shown_code, self.url_open("/web/signup").text)
        eve = self._sign_up(referral_code=self.code.shown_code)

        [referral] = self._get_referrals()
        self.assertRecordValues(
            referral,
            [
                {
                    "state": "bound",
                    "referrer_id": self.ann.id,
                    "membership_id": self.membership.id,
                    "contact_id": eve.partner_id.id,
                }
            ],
        )
        self._buy(eve.partner_id)
        self._follow_orders()
        self.assertEqual(referral.state, "waiting")
        self.assertEqual(self._get_given(), [])
        self.assertIn("Paid: waiting", self._read("/my/membership/referrals"))

        self._end_window(referral)
        self._follow_orders()

        self.assertEqual(referral.state, "rewarded")
        self.assertEqual(self._get_given(), [("Acme", 50), ("Eve", 20)])
        page = self._read("/my/membership/referrals")
        self.assertIn("Rewarded", page)
        self.assertIn("50 points", page.lower())

    def test_the_session_binds_where_no_form_asks(self):
        """As registrations by OAuth do: they come by ``signup`` alone."""
        self._follow_link()
        eve = self._sign_up()

        self.assertEqual(self._get_referrals().contact_id, eve.partner_id)

    def test_the_code_typed_wins_over_the_link(self):
        other = self.env["member.referral.code"]._make(self.amy, self.program)
        self._follow_link()
        self._sign_up(referral_code=other.code.lower())

        self.assertEqual(self._get_referrals().referrer_id, self.amy)

    def test_an_emptied_field_means_nobody(self):
        self._follow_link()
        self.assertTrue(self._sign_up(referral_code=" "))

        self.assertFalse(self._get_referrals())

    def test_the_browser_forgets_a_code_that_was_used(self):
        self._follow_link()
        self._sign_up()

        self.assertNotIn(self.code.shown_code, self.url_open("/web/signup").text)
        self.assertNotIn("member_referral", self.opener.cookies.get_dict())

    def test_a_colleague_who_registers_is_refused_and_ann_reads_why(self):
        self.ann.email = "ann@lumen.example"
        self._sign_up("carl@lumen.example", referral_code=self.code.code)

        self.assertEqual(self._get_referrals().state, "refused")
        page = self._read("/my/membership/referrals")
        self.assertIn("It has the same company mail domain as yours.", page)
        self.assertNotIn("carl", page.lower())

    def test_a_customer_who_is_invited_was_no_referral(self):
        customer = self.env["res.partner"].create(
            {"name": "Old", "email": "old@oak.example"}
        )
        order = self._buy(customer)
        order.date_order -= timedelta(days=5)
        customer.signup_prepare()
        token = customer._generate_signup_token()
        self._follow_link()
        self._sign_up("old@oak.example", token=token)

        self.assertEqual(self._get_referrals().state, "refused")
        self.assertIn("existing", self._get_referrals()._get_reason_codes())

    def test_a_new_password_binds_nobody(self):
        """Odoo signs up for that, too."""
        self.authenticate("bob", "bob")
        self._leave()
        self._follow_link()
        self.bob.signup_prepare("reset")
        self.url_open(
            "/web/reset_password",
            data={
                "token": self.bob._generate_signup_token(),
                "login": "bob",
                "password": "another password",
                "confirm_password": "another password",
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.env.invalidate_all()

        self.assertFalse(self._get_referrals())

    def test_every_registered_visitor_becomes_an_ordinary_member(self):
        eve = self._sign_up()
        membership = eve.partner_id.member_membership_ids

        self.assertRecordValues(
            membership,
            [
                {
                    "program_id": self.program.id,
                    "tier_id": self.guest.id,
                    "joined_by": "signup",
                    "joined_on": fields.Date.context_today(membership),
                }
            ],
        )

    def test_nobody_becomes_a_member_where_the_program_says_so(self):
        self.program.enroll_on_signup = False

        self.assertFalse(self._sign_up().partner_id.member_membership_ids)

    def test_a_visitor_joins_the_program_of_the_websites_company(self):
        """However a request may be about another company."""
        other = self.env["res.company"].create({"name": "Northwind"})
        theirs = self.program.copy({"company_id": other.id, "name": "Northern Club"})
        website = self.env["website"].create(
            {"name": "North", "company_id": other.id, "auth_signup_uninvited": "b2c"}
        )
        users = self.env["res.users"].with_context(website_id=website.id)
        users.signup({"login": "n@n.example", "name": "N", "password": "password123"})

        user = users.search([("login", "=", "n@n.example")])
        self.assertEqual(user.partner_id.member_membership_ids.program_id, theirs)

    def test_a_code_of_another_company_binds_nobody(self):
        other = self.env["res.company"].create({"name": "Northwind"})
        theirs = self.program.copy({"company_id": other.id, "name": "Northern Club"})
        theirs.referral_active = True
        theirs._enroll_partners(self.bolt, "hand")
        code = self.env["member.referral.code"]._make(self.bob, theirs)
        self._follow_link(code.code)
        self._sign_up()

        self.assertFalse(self._get_referrals())
