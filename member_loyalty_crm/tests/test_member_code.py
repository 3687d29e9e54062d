from odoo.tests import freeze_time, tagged

from .portrait_common import PortraitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMemberCode(PortraitCommon):
    """Members are found by the code of the card with their points."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._enroll(cls.company_customer)
        cls.card = cls._open_card(cls.company_customer)
        cls.card.code = "CLUB-7Q2X"
        cls.other = cls._create_customer("Other")
        cls._enroll(cls.other)
        cls._open_card(cls.other).code = "ELSE-1111"

    def _find(self, model, code, user=None, operator="ilike"):
        records = self.env[model].with_user(user or self.seller_of_all)
        return records.search([("member_code", operator, code)])

    def test_a_code_or_how_it_begins_finds_its_holder(self):
        for typed in ("CLUB-7Q2X", "club-7q2x", " CLUB-7Q2X ", "CLUB", "club-7"):
            with self.subTest(typed=typed):
                found = self._find("res.partner", typed)
                self.assertEqual(found, self.company_customer)

    def test_less_than_four_characters_and_wildcards_find_nobody(self):
        for typed in ("CLU", "%%%%", "____", "CLUB_7Q2X", "7Q2X", "CLUB-7Q2XX"):
            with self.subTest(typed=typed):
                self.assertFalse(self._find("res.partner", typed))

    def test_whole_codes_are_found_as_they_are(self):
        found = self._find("res.partner", "CLUB-7Q2X", operator="=")

        self.assertEqual(found, self.company_customer)
        self.assertFalse(self._find("res.partner", "CLUB", operator="="))

    def test_contacts_without_a_code_can_be_listed(self):
        without = self.env["res.partner"].search([("member_code", "=", False)])

        self.assertIn(self.person, without)
        self.assertNotIn(self.company_customer, without)

    def test_the_name_search_takes_codes_from_staff(self):
        Partner = self.env["res.partner"]

        found = Partner.with_user(self.salesperson).name_search("CLUB-7Q2X")
        by_name = Partner.with_user(self.salesperson).name_search("Northwind")

        self.assertEqual([one[0] for one in found], [self.company_customer.id])
        self.assertIn(self.company_customer.id, [one[0] for one in by_name])

    def test_a_name_is_searched_for_as_without_us(self):
        Partner = self.env["res.partner"].with_user(self.salesperson)

        domain = Partner._search_display_name("ilike", "Northwind")

        self.assertNotIn("'id'", str(domain))

    def test_others_find_nobody_by_code(self):
        employee = self._create_user("code_employee", "base.group_user")

        found = self.env["res.partner"].with_user(employee).name_search("CLUB-7Q2X")

        self.assertEqual(found, [])

    def test_leads_orders_and_members_are_found_by_their_customer(self):
        lead = self._create_lead(self.person)
        order = self._create_order(self.person, 100)
        self._create_lead(self.other)
        self._create_order(self.other, 100)

        self.assertEqual(self._find("crm.lead", "CLUB"), lead)
        self.assertEqual(self._find("sale.order", "CLUB-7Q2X"), order)
        self.assertEqual(
            self._find("member.membership", "club-7q2x").partner_id,
            self.company_customer,
        )
        self.assertEqual(order.member_code, "CLUB-7Q2X")

    def test_a_code_shows_no_documents_that_are_hidden(self):
        self._create_lead(self.person, user_id=self.seller_of_all.id)

        self.assertFalse(self._find("crm.lead", "CLUB", self.salesperson))

    def test_codes_of_another_company_are_unknown(self):
        company = self._create_company()
        program = self._create_program(company=company)
        program._start_points()
        customer = self._create_customer("Abroad")
        self._enroll(customer, program=program)
        self._open_card(customer, program).code = "FAR-9999"

        self.assertFalse(self._find("res.partner", "FAR-9999"))
        self.seller_of_all.company_ids |= company
        found = (
            self.env["res.partner"]
            .with_user(self.seller_of_all)
            .with_context(allowed_company_ids=[self.env.company.id, company.id])
            .search([("member_code", "ilike", "FAR-9999")])
        )
        self.assertEqual(found, customer)

    def test_the_page_finds_the_holder_of_a_code_first(self):
        self._create_customer("Club CLUB friends")

        matches = self._search("CLUB")

        self.assertEqual(matches[0]["id"], self.company_customer.id)
        self.assertEqual([one["is_code"] for one in matches], [True, False])
        self.assertEqual(matches[0]["tier"], "Ordinary")

    def _search(self, text, user=None):
        self.env.flush_all()
        Portrait = self.env["member.portrait"].with_user(user or self.salesperson)
        return Portrait.find_members(text)

    def test_the_page_finds_by_name_mail_and_phone(self):
        self.person.write({"email": "erin@northwind.example", "phone": "+32470123456"})

        for typed in ("Erin", "erin@northwind", "+32470123456", "0470 12 34 56"):
            with self.subTest(typed=typed):
                found = [one["id"] for one in self._search(typed)]
                self.assertIn(self.person.id, found)

    def test_the_page_shows_nobody_who_is_hidden(self):
        company = self._create_company()
        self.company_customer.company_id = company
        self.person.company_id = company

        self.assertEqual(self._search("CLUB-7Q2X"), [])

    def test_anything_can_be_typed(self):
        for typed in (
            "",
            "  ",
            "%",
            "'; DROP TABLE",
            "\\",
            "((((",
            "0" * 500,
            None,
            12,
        ):
            with self.subTest(typed=repr(typed)[:20]):
                self.assertIsInstance(self._search(typed), list)

    def test_an_index_answers_how_a_code_begins(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'loyalty_card'"
            " AND indexdef LIKE '%lower((code)%text_pattern_ops%'"
        )

        self.assertTrue(self.env.cr.fetchall())
