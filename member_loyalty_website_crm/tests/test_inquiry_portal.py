from odoo import Command
from odoo.tests import tagged

from odoo.addons.member_loyalty_website.tests.inquiry_common import InquiryPageCommon
from odoo.addons.member_loyalty_website.tests.portal_common import PATIENCE

URL = "/my/membership/inquiries"


@tagged("post_install", "-at_install")
class TestInquiryPortal(InquiryPageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_inquiry(cls.ann)

    @classmethod
    def _create_inquiry(cls, partner, link="login", product=None, **values):
        """Make an inquiry that is known to be of a contact."""
        product = product or cls.lamp
        lead = cls.env["crm.lead"].create(
            {
                "name": "Secret project",
                "description": "<p>Secret remark</p>",
                "company_id": cls.website.company_id.id,
                "member_inquiry_partner_id": partner.id,
                "member_inquiry_link": link,
                "member_inquiry_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "name": "Secret words",
                            "quantity": 500,
                            "uom_id": product.uom_id.id,
                        }
                    )
                ],
                **values,
            }
        )
        lead.member_inquiry_link = link
        return lead

    def _create_order(self, partner, state):
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "opportunity_id": self.lead.id,
                "company_id": self.website.company_id.id,
                "order_line": [Command.create({"product_id": self.lamp.id})],
            }
        )
        order.state = state
        return order

    def test_contacts_of_the_company_see_what_was_asked_for(self):
        for login in ("ann", "amy"):
            page = self._read(URL, login)
            self.assertIn("Lamp", page)
            self.assertIn("500", page)
            self.assertIn("Received", page)

    def test_nothing_of_our_own_words_is_shown(self):
        self.lead.message_post(body="Secret note")

        for url in (URL, "/my/membership"):
            self.assertNotIn("Secret", self._read(url))

    def test_other_companies_see_nothing_of_it(self):
        self.assertNotIn("Lamp", self._read(URL, "bob"))
        self.assertNotIn("Lamp", self._read("/my/membership", "bob"))

    def test_a_shared_mail_domain_proves_nothing(self):
        self.lead.member_inquiry_link = "domain"

        self.assertNotIn("Lamp", self._read(URL))

    def test_visitors_have_to_sign_in(self):
        self.authenticate(None, None)

        self.assertIn("/web/login", self.url_open(URL, timeout=PATIENCE).url)

    def test_the_state_is_told_in_the_buyers_words(self):
        second = self.env["crm.stage"].search([], order="sequence, id")[1]
        self.lead.stage_id = second
        self.assertIn("In progress", self._read(URL))

        order = self._create_order(self.ann, "sent")
        page = self._read(URL)
        self.assertIn("Quotation sent", page)
        self.assertIn(f"/my/orders/{order.id}", page)

        order.state = "sale"
        self.assertIn("Ordered", self._read(URL))

    def test_a_lost_inquiry_is_closed_and_says_nothing_of_why(self):
        reason = self.env["crm.lost.reason"].create({"name": "Secret reason"})
        self.lead.action_set_lost(lost_reason_id=reason.id)

        page = self._read(URL)

        self.assertIn("Closed", page)
        self.assertNotIn("Secret", page)

    def test_drafts_and_orders_of_others_are_not_linked(self):
        draft = self._create_order(self.ann, "draft")
        of_bolt = self._create_order(self.bob, "sent")

        page = self._read(URL)

        self.assertNotIn(draft.name, page)
        self.assertNotIn(of_bolt.name, page)
        self.assertIn("Received", page)

    def test_odd_pages_do_no_harm(self):
        for page in ("0", "999999"):
            self.authenticate("ann", "ann")
            response = self.url_open(f"{URL}/page/{page}", timeout=PATIENCE)
            self.assertEqual(response.status_code, 200)

    def test_the_overview_shows_the_latest(self):
        self.assertIn("o_member_inquiries_card", self._read("/my/membership"))
        self.assertNotIn("o_member_inquiries_card", self._read("/my/membership", "bob"))

    def test_the_number_of_statements_does_not_grow_with_the_inquiries(self):
        leads = self.env["crm.lead"].sudo()
        company = self.website.company_id

        def ask():
            self.env.invalidate_all()
            found = leads._find_of_buyer(self.ann, company, 10)
            found._get_steps(found._get_open_orders(self.ann))
            return found

        ask()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(ask()), 1)
        of_one = self.env.cr.sql_log_count - before
        for _number in range(8):
            self._create_inquiry(self.amy)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(ask()), 9)

        self.assertLessEqual(self.env.cr.sql_log_count - before, of_one)
