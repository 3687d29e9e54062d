from odoo.tests import tagged
from odoo.tools import mute_logger

from .inquiry_common import LIST, SEND, SENT, InquiryPageCommon

EVIL = "<script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestInquirySending(InquiryPageCommon):
    def setUp(self):
        super().setUp()
        # what this module does by itself: the CRM module puts a lead in its place
        base = self.env.registry["member.inquiry.sending"]._deliver
        self.patch(self.env.registry["member.inquiry.list"], "_deliver", base)

    def _get_mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "member.inquiry.list")], order="id"
        )

    def test_a_visitor_sends_a_list_and_is_thanked(self):
        self._enter()
        self._add(quantity="3")

        response = self._send(
            company_name="Visit Ltd",
            phone="+32 1",
            country_id=self.env.ref("base.be").id,
            wanted_date="2099-01-01",
        )
        self.assertIn("a day from today on", response.text)
        response = self._send(company_name="Visit Ltd", message="Soon please")

        self.assertTrue(response.url.endswith(SENT))
        self.assertIn("Lamp", response.text)
        self.assertIn("Soon please", response.text)
        sent = self._get_list()
        self.assertTrue(sent.sent_at)
        self.assertEqual(sent.email, "vera@visitor.example")
        self.assertNotIn("Lamp", self._get_page())

    def test_without_crm_the_salesperson_and_the_sender_get_a_mail(self):
        self._enter()
        self._add(quantity="3")
        self._send(message=EVIL, company_name="Visit Ltd")

        to_seller, to_sender = self._get_mails()

        seller = self.website.salesperson_id.partner_id or (
            self.website.company_id.partner_id
        )
        self.assertIn(
            to_seller.recipient_ids, seller | self.website.company_id.partner_id
        )
        self.assertEqual(to_seller.reply_to, "vera@visitor.example")
        self.assertEqual(to_sender.email_to, "vera@visitor.example")
        self.assertEqual({to_seller.state, to_sender.state}, {"outgoing"})
        self.assertIn("Visit Ltd", to_seller.body_html)
        self.assertNotIn(EVIL, to_seller.body_html)
        self.assertIn("&lt;script&gt;", to_seller.body_html)
        self.assertIn("Lamp", to_sender.body_html)

    def test_the_confirmation_carries_no_words_of_whoever_typed_the_address(self):
        self._enter()
        self._add()
        line = self._get_list().line_ids
        self._press("/shop/inquiry/update", **{f"note_{line.id}": "buy pills"})
        self._send(message="buy pills", contact_name="buy pills")

        self.assertNotIn("pills", self._get_mails()[-1].body_html)

    def test_pressing_twice_sends_once(self):
        self._enter()
        self._add()
        found = self._get_list()

        self._send(found)
        response = self._send(found)

        self.assertTrue(response.url.endswith(SENT))
        self.assertEqual(len(self._get_mails()), 2)

    def test_who_is_signed_in_sends_as_themselves(self):
        self.ann.email = "ann@acme.example"
        self._enter("ann")
        self._add()

        self._send(contact_name="Bob", email="bob@bolt.example", company_name="Bolt")

        self.assertRecordValues(
            self._get_list(),
            [
                {
                    "partner_id": self.ann.id,
                    "contact_name": self.ann.name,
                    "company_name": "Acme",
                    "email": "ann@acme.example",
                }
            ],
        )

    def test_lists_of_others_cannot_be_sent(self):
        self._enter("ann")
        self._add()
        of_ann = self._get_list()
        self._enter("bob")
        self._add(self.bolt_product)

        for token in (of_ann.token, "forged", ""):
            response = self._send(of_ann, list_token=token)
            self.assertTrue(response.url.endswith(LIST))

        self.assertFalse(self.lists.search([("sent_at", "!=", False)]))

    def test_what_was_sent_is_shown_to_its_sender_only(self):
        self._enter()
        self._add()
        self._send()

        self._enter()

        self.assertNotIn("Lamp", self._get_page(SENT))

    def test_name_and_address_are_needed_and_nothing_that_was_typed_is_lost(self):
        self._enter()
        self._add()

        response = self._send(contact_name=" ", email="no address", message=EVIL)

        self.assertIn("Please say your name.", response.text)
        self.assertIn("Please give a mail address", response.text)
        self.assertNotIn(EVIL, response.text)
        self.assertIn("alert(1)", response.text)
        self.assertFalse(self._get_list().sent_at)

    def test_what_fills_in_hidden_fields_sends_nothing(self):
        self._enter()
        self._add()

        response = self._send(contact_website="https://spam.example")

        self.assertIn("do not see", response.text)
        self.assertFalse(self._get_list().sent_at)

    def test_nobody_sends_without_end(self):
        self._enter()
        for _number in range(5):
            self._add()
            self._send()

        self._add()
        response = self._send()

        self.assertIn("often in a short time", response.text)
        self.assertFalse(self._get_list().sent_at)

    def test_odd_values_do_no_harm(self):
        self._enter()
        self._add()

        response = self._send(
            contact_name="A\x00B" + "x" * 5000,
            country_id="99999999999999",
            phone="9" * 5000,
            message="\U0001f600 ok",
        )

        self.assertTrue(response.url.endswith(SENT))
        sent = self._get_list()
        self.assertEqual(len(sent.contact_name), 200)
        self.assertFalse(sent.country_id)

    @mute_logger("odoo.http")
    def test_sending_takes_the_button_of_the_page(self):
        self._enter()
        self._add()

        self.assertEqual(self.url_open(SEND).status_code, 405)
        data = {"list_token": self._get_list().token, "csrf_token": "forged"}
        self.assertEqual(self.url_open(SEND, data=data).status_code, 400)

        self.assertFalse(self._get_list().sent_at)

    @mute_logger("odoo.http")
    def test_sending_asks_the_captcha_of_website_forms(self):
        asked = []
        self.patch(
            self.env.registry["ir.http"],
            "_verify_request_recaptcha_token",
            lambda _http, action: asked.append(action),
        )
        self._enter()
        self._add()

        self._send()

        self.assertEqual(asked, ["website_form"])

    def test_a_list_that_was_sent_is_not_added_to(self):
        self._enter("ann")
        self._add()
        self._send()

        self._add(self.bolt_product)

        new, sent = self.lists.search([])
        self.assertEqual(self._get_asked(sent), [("Lamp", 1)])
        self.assertEqual(self._get_asked(new), [("Bolt M8", 1)])

    def test_employees_see_lists_that_were_sent_and_no_others(self):
        self._enter("ann")
        self._add()
        user = self.env.ref("base.user_admin")
        lists = self.lists.with_user(user)
        self.assertFalse(lists.search([]))

        self._send()

        self.assertEqual(lists.search([]).partner_id, self.ann)


@tagged("post_install", "-at_install")
class TestInquiryLogin(InquiryPageCommon):
    def _sign_in(self, login):
        """Sign in by the form, as who has been a visitor so far."""
        return self._press("/web/login", login=login, password=login)

    def test_the_visitors_list_becomes_the_buyers(self):
        self._enter()
        self._add(quantity="2")

        self._sign_in("ann")

        self.assertRecordValues(self.lists.search([]), [{"partner_id": self.ann.id}])
        self.assertIn("Lamp", self._get_page())

    def test_quantities_are_added_to_the_buyers_own_list_once(self):
        self._enter("ann")
        self._add(quantity="5")
        self._enter()
        self._add(quantity="2")
        self._add(self.bolt_product)

        self._sign_in("ann")
        self._sign_in("ann")

        self.assertEqual(len(self.lists.search([])), 1)
        self.assertEqual(
            self._get_asked(self._get_list()), [("Lamp", 7), ("Bolt M8", 1)]
        )
        self.assertIn('data-member-inquiry="2"', self._get_page())

    def test_merging_twice_adds_nothing_twice(self):
        own, of_visitor = self.lists.create(
            [
                {"website_id": self.website.id, "partner_id": self.ann.id},
                {"website_id": self.website.id},
            ]
        )
        for one in own | of_visitor:
            one._add(self.lamp, 3, self.lamp.uom_id)
        token = of_visitor.token

        self.lists._merge_at_login(token, self.ann)
        self.lists._merge_at_login(token, self.ann)

        self.assertEqual(self._get_asked(own), [("Lamp", 6)])

    def test_the_token_of_a_buyers_list_gives_it_to_nobody_else(self):
        own = self.lists.create(
            {"website_id": self.website.id, "partner_id": self.ann.id}
        )
        own._add(self.lamp, 3, self.lamp.uom_id)

        self.lists._merge_at_login(own.token, self.bob)

        self.assertEqual(own.partner_id, self.ann)

    def test_a_wrong_password_leaves_the_list_with_the_visitor(self):
        self._enter()
        self._add()

        self._press("/web/login", login="ann", password="wrong")

        self.assertFalse(self._get_list().partner_id)
        self.assertIn("Lamp", self._get_page())
