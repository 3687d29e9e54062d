from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .portrait_common import PortraitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPortraitRights(PortraitCommon):
    """Nobody reads more of a customer on the page than in the documents."""

    def test_a_salesperson_sees_own_documents_only(self):
        own = {"user_id": self.salesperson.id}
        foreign = {"user_id": self.seller_of_all.id}
        seen = self._order_products(self.company_customer, self.product, **own)
        hidden = self._order_products(self.company_customer, self.product, **foreign)
        for order in (seen, hidden):
            self._invoice(order).invoice_user_id = order.user_id
        lead = self._create_lead(self.person, **own)
        self._create_lead(self.person, "Secret", **foreign)

        sections = self._portray(self.company_customer, self.salesperson)["sections"]

        orders = sections["orders"]
        self.assertEqual([one["id"] for one in orders["orders"]], [seen.id])
        self.assertEqual(orders["count"], 1)
        self.assertEqual(
            [one["id"] for one in sections["inquiries"]["leads"]], [lead.id]
        )
        self.assertEqual(sections["inquiries"]["open"], 1)
        self.assertEqual(sections["invoices"]["count"], 1)
        self.assertEqual(sections["products"]["products"][0]["orders"], 1)

    def test_messages_and_activities_of_hidden_documents_are_left_out(self):
        hidden = self._create_lead(self.person, "Secret", user_id=self.seller_of_all.id)
        hidden.message_post(body="Secret price", message_type="comment")
        hidden.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.seller_of_all.id
        )

        mine = self._portray(self.company_customer, self.salesperson)["sections"]
        all_of_it = self._portray(self.company_customer)["sections"]

        self.assertNotIn("activities", mine)
        self.assertNotIn("dialogue", mine)
        self.assertEqual(len(all_of_it["activities"]["activities"]), 1)
        self.assertEqual(len(all_of_it["dialogue"]["messages"]), 1)

    def test_what_a_reader_has_no_right_to_is_left_out_quietly(self):
        member_reader = self._create_user("portrait_reader", "user")
        self._invoice(self._order_products(self.company_customer, self.product))
        self._create_lead(self.company_customer)

        sections = self._portray(self.company_customer, member_reader)["sections"]

        self.assertIn("tier", sections)
        for name in ("orders", "invoices", "inquiries"):
            self.assertNotIn(name, sections)

    def test_nobody_else_may_ask(self):
        strangers = (
            self._create_user("portrait_employee", "base.group_user"),
            self._create_user("portrait_portal", "base.group_portal"),
            self.env.ref("base.public_user"),
        )
        for user in strangers:
            Portrait = self.env["member.portrait"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    Portrait.get_portrait(self.company_customer.id)
                with self.assertRaises(AccessError):
                    Portrait.find_members("North")

    def test_a_customer_of_another_company_is_refused(self):
        company = self._create_company()
        customer = self._create_customer("Abroad", company_id=company.id)

        with self.assertRaises(AccessError):
            self._portray(customer)

    def test_documents_of_another_company_count_nowhere(self):
        company = self._create_company(currency=self.env.company.currency_id.name)
        self._create_program(company=company)
        self.env["crm.lead"].create(
            {
                "name": "Abroad",
                "partner_id": self.company_customer.id,
                "company_id": company.id,
            }
        )
        self._confirm_order(self.company_customer, 5000, company_id=company.id)
        self._order_products(self.company_customer, self.product)
        self.seller_of_all.company_ids |= company

        portrait = self._portray(
            self.company_customer,
            allowed_company_ids=[self.env.company.id, company.id],
        )

        sections = portrait["sections"]
        self.assertEqual(sections["orders"]["count"], 1)
        self.assertEqual(sections["rhythm"]["count"], 1)
        self.assertNotIn("inquiries", sections)
        [other] = sections["head"]["memberships"]
        self.assertEqual((other["company"], other["tier"]), (company.name, "Silver"))

    def test_memberships_of_companies_one_may_not_enter_are_not_listed(self):
        company = self._create_company()
        self._create_program(company=company)
        self._confirm_order(self.company_customer, 5000, company_id=company.id)

        self.assertEqual(self._get_section("head")["memberships"], [])

    def test_a_contact_that_is_gone_is_explained(self):
        gone = self._create_customer("Gone")
        gone_id = gone.id
        gone.unlink()

        with self.assertRaisesRegex(UserError, "no longer exists"):
            self.env["member.portrait"].with_user(self.salesperson).get_portrait(
                gone_id
            )

    def test_what_is_no_number_is_refused(self):
        Portrait = self.env["member.portrait"].with_user(self.salesperson)
        for wrong in ("1 OR 1=1", None, [1], {}, 0, -1):
            with self.subTest(wrong=repr(wrong)), self.assertRaises(UserError):
                Portrait.get_portrait(wrong)

    def test_reading_changes_nothing_and_goes_to_a_replica(self):
        Portrait = self.env.registry["member.portrait"]

        self.assertTrue(Portrait.get_portrait._readonly)
        self.assertTrue(Portrait.find_members._readonly)

    def test_the_buttons_open_the_customer_of_the_document(self):
        lead = self._create_lead(self.person, user_id=self.salesperson.id)
        order = self._create_order(self.person, 100, user_id=self.salesperson.id)
        membership = self._enroll(self.company_customer)
        opened = (
            (self.person, self.person),
            (lead, self.person),
            (order, self.person),
            (membership, self.company_customer),
        )
        for record, partner in opened:
            action = record.with_user(self.salesperson).action_open_portrait()
            with self.subTest(model=record._name):
                self.assertEqual(action["tag"], "member_portrait")
                self.assertEqual(action["params"], {"partner_id": partner.id})

    def test_the_card_opens_over_the_document(self):
        order = self._create_order(self.person, 100)

        action = order.with_user(self.seller_of_all).action_open_member_card()

        self.assertEqual(action["target"], "new")
        self.assertTrue(action["params"]["is_card"])

    def test_a_lead_without_a_customer_says_what_to_do(self):
        lead = self._create_lead(self.env["res.partner"])

        with self.assertRaisesRegex(UserError, "Choose the customer first"):
            lead.action_open_portrait()

    def test_a_button_of_a_hidden_document_opens_nothing(self):
        lead = self._create_lead(self.person, user_id=self.seller_of_all.id)

        with self.assertRaises(AccessError):
            lead.with_user(self.salesperson).action_open_portrait()

    def test_hostile_text_is_handed_over_as_it_is(self):
        hostile = "<img src=x onerror=alert(1)> {{ 7*7 }}"
        self.company_customer.name = hostile
        self._create_lead(self.company_customer, hostile)

        sections = self._portray(self.company_customer)["sections"]

        self.assertEqual(sections["head"]["name"], hostile)
        self.assertEqual(sections["inquiries"]["leads"][0]["name"], hostile)
