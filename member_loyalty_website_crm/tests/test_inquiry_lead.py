from odoo.tests import tagged

from odoo.addons.member_loyalty_website.tests.inquiry_common import (
    SENT,
    InquiryPageCommon,
)

EVIL = "<script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestInquiryLead(InquiryPageCommon):
    def _get_leads(self):
        return self.env["crm.lead"].search(
            [("member_inquiry_list_id", "!=", False)], order="id"
        )

    def _ask_as_visitor(self):
        """Have Vera ask for lamps and bolts; return the lead."""
        self._enter()
        self._add(quantity="12")
        self._add(self.bolt_product, quantity="2.5")
        bolt = self._get_list().line_ids[1]
        self._press("/shop/inquiry/update", **{f"note_{bolt.id}": "rust-free"})
        self._send(
            company_name="Visit Ltd",
            phone="+32 2",
            country_id=self.env.ref("base.be").id,
            wanted_date="2028-01-31",
            message="Please quote.",
        )
        return self._get_leads()

    def test_a_visitors_list_becomes_a_lead_like_that_of_any_form(self):
        self.assertRecordValues(
            self._ask_as_visitor(),
            [
                {
                    "contact_name": "Vera",
                    "partner_name": "Visit Ltd",
                    "email_from": "vera@visitor.example",
                    "phone": "+32 2",
                    "partner_id": False,
                    "company_id": self.website.company_id.id,
                    "country_id": self.env.ref("base.be").id,
                    "team_id": self.website.crm_default_team_id.id,
                    "medium_id": self.env.ref("utm.utm_medium_website").id,
                }
            ],
        )

    def test_the_products_become_lines_of_the_lead(self):
        lines = self._ask_as_visitor().member_inquiry_line_ids

        self.assertEqual(str(lines[0].wanted_date), "2028-01-31")
        expected = [(self.lamp, 12, False), (self.bolt_product, 2.5, "rust-free")]
        self.assertRecordValues(
            lines,
            [
                {
                    "product_id": product.id,
                    "quantity": quantity,
                    "uom_id": product.uom_id.id,
                    "customer_note": note,
                }
                for product, quantity, note in expected
            ],
        )

    def test_the_lead_takes_the_place_of_the_mail_to_the_salesperson(self):
        self._enter()
        self._add()
        self._send()

        mails = self.env["mail.mail"].search([("model", "=", "member.inquiry.list")])
        self.assertEqual(mails.mapped("email_to"), ["vera@visitor.example"])

    def test_the_lead_is_linked_to_the_visitor(self):
        self._enter()
        self._add()
        self._send()

        lead = self._get_leads()
        self.assertEqual(len(lead.visitor_ids), 1)

    def test_a_buyers_inquiry_is_theirs_by_login_and_graded(self):
        self._enter("ann")
        self._add(quantity="50")
        self._send(contact_name="Bob", email="bob@bolt.example")

        lead = self._get_leads()
        self.assertEqual(lead.partner_id, self.ann)
        self.assertEqual(lead.member_inquiry_partner_id, self.ann)
        self.assertEqual(lead.member_inquiry_link, "login")
        self.assertIn(lead.member_inquiry_state, ("ordinary", "quality"))
        self.assertTrue(lead.member_inquiry_grade)

    def test_a_typed_address_makes_nobody_the_customer_of_the_lead(self):
        self.ann.email = "ann@acme.example"
        self._enter()
        self._add()
        self._send(email="ann@acme.example", contact_name="Ann")

        lead = self._get_leads()
        self.assertFalse(lead.partner_id)
        # the rules of the CRM module know an address of a contact, and say so
        self.assertEqual(lead.member_inquiry_link, "mail")

    def test_what_visitors_write_is_text(self):
        self._enter()
        self._add()
        self._send(message=f"{EVIL}\nbye", contact_name=EVIL, company_name=EVIL)

        lead = self._get_leads()
        self.assertNotIn("<script", lead.description)
        self.assertIn("&lt;script&gt;", lead.description)
        self.assertIn("bye", lead.description)

    def test_pressing_twice_makes_one_lead(self):
        self._enter()
        self._add()
        found = self._get_list()

        self._send(found)
        response = self._send(found)

        self.assertTrue(response.url.endswith(SENT))
        self.assertEqual(len(self._get_leads()), 1)

    def test_the_same_few_words_make_no_copy_and_other_products_no_duplicate(self):
        words = "Please send us your best offer for these products."
        for product, mail in (
            (self.lamp, "one@one.example"),
            (self.bolt_product, "one@one.example"),
            (self.lamp, "two@two.example"),
            (self.lamp, "one@one.example"),
        ):
            self._enter()
            self._add(product, quantity="5")
            self._send(email=mail, message=words)

        states = self._get_leads().mapped("member_inquiry_state")
        self.assertNotIn("copy", states)
        self.assertEqual([state == "duplicate" for state in states], [0, 0, 0, 1])

    def test_the_quotation_starts_with_the_products_of_the_list(self):
        self._enter("ann")
        self._add(quantity="50")
        self._send()

        context = self._get_leads()._prepare_opportunity_quotation_context()

        self.assertEqual(
            [
                (line[2]["product_id"], line[2]["product_uom_qty"])
                for line in context["default_order_line"]
                if "product_id" in line[2]
            ],
            [(self.lamp.id, 50)],
        )
