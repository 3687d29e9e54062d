from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .point_rights_common import PointRightsCommon


@tagged("post_install", "-at_install")
class TestPointStatement(PointRightsCommon):
    """A statement says what a member has, and how it came about."""

    def _get_statement(self, owner=None):
        return self.env["member.point.statement"].search(
            [("owner_id", "=", (owner or self.customer).id)]
        )

    def test_a_statement_tells_usable_points_and_the_next_expiry(self):
        self._adjust(points=30, expiry="day", expires_on=date(2026, 3, 31))

        statement = self._get_statement()

        self.assertEqual(statement.usable_points, 1030)
        self.assertEqual(statement.next_expiry_points, 30)

    def test_points_are_no_longer_usable_from_the_minute_they_expire(self):
        self._adjust(points=30, expiry="day", expires_on=date(2026, 3, 31))
        self._travel_to("2026-04-02 00:00:00")

        statement = self._get_statement()

        self.assertEqual(statement.usable_points, 1000)
        self.assertEqual(self.customer.member_points, 1000)
        self.assertEqual(statement.points, 1030)

    def test_the_balance_runs_along_the_movements(self):
        self._adjust(points=30)
        self._adjust(kind="deduct", points=500)

        entries = self._get_statement().recent_entry_ids

        self.assertEqual(entries.mapped("balance"), [530, 1030, 1000])

    def test_a_contact_sees_the_points_of_its_company(self):
        company = self._create_customer("Acme", is_company=True)
        contact = self._create_contact(company)
        self._adjust(partner_ids=company.ids, points=70)

        self.assertEqual(contact.member_points, 70)
        action = contact.action_open_points()
        self.assertEqual(action["res_id"], self._get_card(company).id)

    def test_a_contacts_own_points_are_not_shown_on_its_company(self):
        self.program.purse = "contact"
        company = self._create_customer("Acme", is_company=True)
        contact = self._create_contact(company)
        self._adjust(partner_ids=contact.ids, points=70)

        self.assertEqual((contact.member_points, company.member_points), (70, 0))

    def test_statements_are_found_by_member_and_by_card_number(self):
        Statement = self.env["member.point.statement"].with_user(self.salesperson)
        for name in ("Ada", self.card.code):
            self.assertEqual(
                [number for number, _name in Statement.name_search(name)],
                self.card.ids,
            )

    def test_entries_are_grouped_by_member(self):
        groups = (
            self.env["member.point.entry"]
            .with_user(self.salesperson)
            ._read_group([("card_id", "=", self.card.id)], ["owner_id"], ["points:sum"])
        )

        self.assertEqual(groups, [(self.customer, 1000)])

    def test_screens_open_for_those_who_only_see_members(self):
        viewer = self._create_user("viewer", "user")
        for model in ("member.point.entry", "member.point.statement"):
            record = self.env[model].with_user(viewer).search([], limit=1)
            Form(record)

    def test_the_workbook_tells_all_and_text_stays_text(self):
        self._adjust(points=30, reason='=HYPERLINK("http://evil","x")')
        statement = self._get_statement().with_user(self.manager)

        book = load_workbook(BytesIO(statement._open_workbook().read()))

        rows = list(book.worksheets[0].iter_rows(values_only=True))
        self.assertEqual([row[2] for row in rows[1:]], [1000, 30])
        self.assertEqual([row[3] for row in rows[1:]], [1000, 1030])
        cell = book.worksheets[0].cell(row=3, column=7)
        self.assertEqual((cell.data_type, cell.value[:10]), ("s", "=HYPERLINK"))

    def test_whoever_may_not_export_gets_no_workbook(self):
        self.manager.group_ids -= self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            self._get_statement().with_user(self.manager).action_export()

    def test_the_page_of_a_member_asks_few_questions(self):
        for _turn in range(30):
            self._adjust(points=1)
        statement = self._get_statement()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            Form(statement)
