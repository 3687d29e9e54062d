from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import member_lead_customer
from .inquiry_journal_common import InquiryJournalCommon


@tagged("post_install", "-at_install")
class TestInquiryCustomer(InquiryJournalCommon):
    """Whose inquiry a lead is, and how that is known."""

    def _sign_in(self, user):
        """Let the request of a signed-in user be at work until the end of the test."""
        env = self.env(user=user.id, su=False)
        patcher = patch.object(
            member_lead_customer, "request", SimpleNamespace(env=env)
        )
        patcher.start()
        self.addCleanup(patcher.stop)

    def _create_portal_user(self, partner, login="ann"):
        return self._create_user(login, "base.group_portal", partner_id=partner.id)

    def test_the_mail_of_any_contact_of_a_company_ties_it_to_that_contact(self):
        for mail, contact in (
            ("office@acme.test", self.acme),
            ('"Ann" <ANN@acme.TEST>', self.ann),
            ("pal@home.test", self.pal),
        ):
            with self.subTest(mail):
                lead = self._create_inquiry(email_from=mail)

                self.assertEqual(self._get_tie(lead), (contact, "mail"))
                self.assertFalse(lead.partner_id)

    def test_the_domain_of_one_member_company_ties_it_to_the_company(self):
        lead = self._create_inquiry(email_from="new.buyer@acme.test")

        self.assertEqual(self._get_tie(lead), (self.acme, "domain"))
        self.assertFalse(lead.partner_id)

    def test_a_domain_ties_nobody_who_is_no_member_company(self):
        self._create_customer("Bolt", is_company=True, email="a@bolt.test")
        self._enroll(self._create_customer("Person", email="me@person.test"))

        for mail in ("b@bolt.test", "you@person.test"):
            with self.subTest(mail):
                lead = self._create_inquiry(email_from=mail)

                self.assertFalse(lead.member_inquiry_partner_id)
                self.assertFalse(lead.member_inquiry_doubt)

    def test_a_domain_of_two_members_ties_neither_and_says_so(self):
        other = self._create_customer("Acme 2", is_company=True, email="x@acme.test")
        self._enroll(other)

        lead = self._create_inquiry(email_from="new@acme.test")

        self.assertFalse(lead.member_inquiry_partner_id)
        self.assertEqual(lead.member_inquiry_doubt, "several_domain")

    def test_free_mail_providers_and_our_own_domain_are_nobody_s(self):
        self.ann.email = "ann@gmail.com"
        self.pal.email = "pal@ours.test"
        self.env.company.partner_id.email = "info@ours.test"

        for mail in ("someone@gmail.com", "someone@ours.test"):
            with self.subTest(mail):
                lead = self._create_inquiry(email_from=mail)

                self.assertFalse(lead.member_inquiry_link)

    def test_of_several_with_one_mail_the_member_is_meant(self):
        self._create_customer("Stranger", email="ann@acme.test")

        lead = self._create_inquiry(email_from="ann@acme.test")

        self.assertEqual(self._get_tie(lead), (self.ann, "mail"))

    def test_two_members_with_one_mail_are_neither_meant(self):
        self._enroll(self._create_customer("Double", email="ann@acme.test"))

        lead = self._create_inquiry(email_from="ann@acme.test")

        self.assertFalse(lead.member_inquiry_partner_id)
        self.assertEqual(lead.member_inquiry_doubt, "several_mail")
        self.assertFalse(self._get_rows(lead))

    def test_archived_contacts_and_those_of_other_companies_are_left_out(self):
        self.pal.active = False
        northwind = self._create_company()
        self._create_customer("Far", email="far@home.test", company_id=northwind.id)

        for mail in ("pal@home.test", "far@home.test"):
            with self.subTest(mail):
                lead = self._create_inquiry(email_from=mail)

                self.assertFalse(lead.member_inquiry_partner_id)

    def test_our_own_people_are_never_the_customer(self):
        lead = self._create_inquiry(email_from="seller@ours.test")

        self.assertFalse(lead.member_inquiry_link)

    def test_who_is_signed_in_is_the_one_who_asks_whatever_the_form_says(self):
        self._sign_in(self._create_portal_user(self.ann))

        lead = self._create_inquiry(email_from="somebody@else.test")

        self.assertEqual(self._get_tie(lead), (self.ann, "login"))
        self.assertFalse(lead.partner_id)

    def test_an_employee_or_visitor_at_the_form_is_no_login(self):
        for user in (self.seller, self.env.ref("base.public_user")):
            with self.subTest(user.login):
                self._sign_in(user)

                lead = self._create_inquiry(email_from="somebody@else.test")

                self.assertFalse(lead.member_inquiry_link)

    def test_a_form_that_names_the_customer_by_its_mail_is_known_by_mail(self):
        lead = self._create_inquiry(partner_id=self.ann.id)

        self.assertEqual(self._get_tie(lead), (self.ann, "mail"))

    def test_a_salesperson_says_whose_it_is_by_the_customer_of_the_lead(self):
        lead = self._create_inquiry(user_id=self.seller.id)

        lead.with_user(self.seller).partner_id = self.pal

        self.assertEqual(self._get_tie(lead), (self.pal, "hand"))
        self.assertInquiries([lead], [("booked", "03-10", "Pal", 1)])

    def test_a_salesperson_corrects_whose_it_is_and_nothing_guesses_again(self):
        lead = self._create_inquiry(email_from="ann@acme.test", user_id=self.seller.id)
        bob = self._create_customer("Bob")

        lead.with_user(self.seller).member_inquiry_partner_id = bob
        lead.email_from = "pal@home.test"

        self.assertEqual(self._get_tie(lead), (bob, "hand"))
        self.assertFalse(lead.member_inquiry_doubt)

    def test_a_salesperson_says_that_it_is_nobody_s(self):
        lead = self._create_inquiry(email_from="ann@acme.test", user_id=self.seller.id)

        lead.with_user(self.seller).member_inquiry_partner_id = False
        lead.email_from = "ann@acme.test"

        self.assertFalse(lead.member_inquiry_partner_id)
        self.assertEqual(sum(self._get_rows(lead).mapped("quantity")), 0)

    def test_a_salesperson_names_nobody_whom_they_may_not_see(self):
        northwind = self._create_company()
        far = self._create_customer("Far", company_id=northwind.id)
        lead = self._create_inquiry(user_id=self.seller.id)

        for vals in (
            {"member_inquiry_partner_id": far.id},
            {"member_inquiry_partner_id": far.id, "member_inquiry_link": "login"},
        ):
            with self.subTest(str(sorted(vals))), self.assertRaises(AccessError):
                lead.with_user(self.seller).write(vals)

    def test_a_salesperson_corrects_own_leads_only(self):
        other = self._create_user("other", "sales_team.group_sale_salesman")
        lead = self._create_inquiry(user_id=other.id)

        for user in (self.seller, self._create_portal_user(self.ann)):
            with self.subTest(user.login), self.assertRaises(AccessError):
                lead.with_user(user).member_inquiry_partner_id = self.ann

    def test_a_wrong_customer_taken_off_the_lead_is_guessed_anew(self):
        bob = self._create_customer("Bob")
        lead = self._create_inquiry(email_from="ann@acme.test", user_id=self.seller.id)
        lead.with_user(self.seller).partner_id = bob

        lead.with_user(self.seller).write(
            {"partner_id": False, "email_from": "ann@acme.test"}
        )

        self.assertEqual(self._get_tie(lead), (self.ann, "mail"))

    def test_another_mail_is_looked_up_again(self):
        lead = self._create_inquiry(email_from="nobody@known.test")
        self.assertFalse(lead.member_inquiry_link)

        lead.email_from = "pal@home.test"

        self.assertEqual(self._get_tie(lead), (self.pal, "mail"))

    def test_a_lead_that_is_no_inquiry_asks_nothing(self):
        leads = self._create_inquiry("none", email_from="ann@acme.test")

        self.assertFalse(leads.member_inquiry_partner_id)
        self.env.flush_all()
        with patch.object(
            type(self.env["member.inquiry.journal"]), "_settle"
        ) as settle:
            leads.write({"user_id": self.seller.id, "email_from": "x@acme.test"})
        settle.assert_not_called()

    def test_many_leads_are_looked_up_together(self):
        def create(count):
            self.env["crm.lead"].create(
                [
                    {
                        "name": f"Inquiry {number}",
                        "company_id": self.env.company.id,
                        "user_id": False,
                        "email_from": f"buyer{number}@acme.test",
                        "member_inquiry_state": "ordinary",
                    }
                    for number in range(count)
                ]
            )
            self.env.flush_all()

        Lead = type(self.env["crm.lead"])
        with patch.object(
            Lead,
            "_collect_evidence",
            autospec=True,
            side_effect=Lead._collect_evidence,
        ) as collect:
            create(20)

        self.assertEqual(collect.call_count, 1)
