import base64
from datetime import date
from io import BytesIO
from unittest.mock import patch

import xlsxwriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import member_point_import
from .point_rights_common import PointRightsCommon

FILE = """Customer ID;E-mail;Name;Points;Valid until;Note
C1;;;1.250,50;31.12.2026;Old shop
;bea@example.com;;100;;
;;Cy Only;7;;
C404;;;50;;
;;;50;;
C1;;;-5;;
C1;;;about 12;;
C1;;;10;31.12.2025;
"""


@tagged("post_install", "-at_install")
class TestPointOpening(PointRightsCommon):
    """Balances of another system are checked, booked to the point, and undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._create_customer("Anna", ref="C1")
        cls.bea = cls._create_customer("Bea", email="bea@example.com")
        cls.cy = cls._create_customer("Cy Only")

    def _create_batch(self, text=FILE, filename="balances.csv", **values):
        content = text if isinstance(text, bytes) else text.encode()
        return self.env["member.point.import"].create(
            {
                "program_id": self.program.id,
                "file": base64.b64encode(content),
                "filename": filename,
                **values,
            }
        )

    def _problems(self, batch):
        return {line.number: line.problem for line in batch.line_ids if line.problem}

    def _book(self, text, **values):
        batch = self._create_batch(text, **values)
        batch.action_book()
        return batch

    def test_a_check_books_nothing_and_says_what_is_wrong_with_each_row(self):
        batch = self._create_batch()
        entries = self.env["member.point.entry"].search_count([])
        batch.action_check()

        self.assertEqual(
            self._problems(batch),
            {
                5: "unknown_member",
                6: "missing_member",
                7: "negative",
                8: "unreadable_number",
                9: "expired",
            },
        )
        self.assertEqual(batch.state, "checked")
        self.assertEqual(self.env["member.point.entry"].search_count([]), entries)

    def test_what_is_booked_and_left_out_is_what_the_file_says(self):
        batch = self._create_batch()
        batch.action_book()

        self.assertEqual(batch.total_points, 1462.5)
        self.assertEqual(batch.booked_points, 1357.5)
        self.assertEqual(batch.refused_points, 105)
        self.assertEqual(batch.difference, 0)
        self.assertEqual(self._get_points(self.first), 1250.5)
        self.assertEqual(self._get_points(self.bea), 100)
        self.assertEqual(self._get_points(self.cy), 7)

    def test_entries_are_opening_balances_with_the_day_and_the_note(self):
        self._book(FILE)

        entry = self.env["member.point.entry"].search(
            [("card_id", "=", self._get_card(self.first).id)]
        )
        self.assertRecordValues(
            entry, [{"kind": "opening", "points": 1250.5, "reason": "Old shop"}]
        )
        self.assertIn(entry.expires_at.date(), (date(2026, 12, 31), date(2027, 1, 1)))

    def test_rows_of_one_member_add_up_and_repetitions_are_left_out(self):
        batch = self._book("ref,points\nC1,10\nC1,20\nC1,10\n")

        self.assertEqual(self._problems(batch), {4: "repeated"})
        self.assertEqual(self._get_points(self.first), 30)

    def test_repetitions_add_up_when_told(self):
        self._book("ref,points\nC1,10\nC1,10\n", repeated="add")

        self.assertEqual(self._get_points(self.first), 20)

    def test_a_row_that_fits_two_customers_is_left_out(self):
        self._create_customer("Twin", ref="C1")
        batch = self._create_batch("ref,points\nC1,10\n")
        batch.action_check()

        self.assertEqual(self._problems(batch), {2: "ambiguous_member"})

    def test_a_row_whose_reference_and_mail_disagree_is_left_out(self):
        batch = self._create_batch("ref,email,points\nC1,bea@example.com,10\n")
        batch.action_check()

        self.assertEqual(self._problems(batch), {2: "ambiguous_member"})

    def test_contacts_of_one_company_bring_their_points_into_one_purse(self):
        company = self._create_customer("Acme", is_company=True)
        self._create_contact(company, "Dee", ref="D1")
        self._create_contact(company, "Eli", ref="D2")
        self._book("ref,points\nD1,10\nD2,20\n")

        self.assertEqual(self._get_points(company), 30)

    def test_a_member_is_found_by_card_number(self):
        self._book(f"card number,points\n{self.card.code},10\n")

        self.assertEqual(self.card.points, 1010)

    def test_a_workbook_is_read_as_well(self):
        content = BytesIO()
        book = xlsxwriter.Workbook(content)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Ref", "Points"])
        sheet.write_row(1, 0, ["C1", 12.5])
        book.close()
        self._book(content.getvalue(), filename="balances.xlsx")

        self.assertEqual(self._get_points(self.first), 12.5)

    def test_booking_goes_on_where_it_stopped_and_books_nothing_twice(self):
        batch = self._create_batch("ref,points\nC1,10\nC1,20\nC1,30\n")
        batch.action_check()
        batch._begin_booking()
        with patch.object(type(batch), "_get_slice_size", lambda _self: 1):
            batch._book_slice()
            batch.line_ids.filtered(lambda line: line.number == 2)
            self.env.cr.execute(
                "UPDATE member_point_import_line SET state = 'good'"
                " WHERE import_id = %s",
                [batch.id],
            )
            self.env.invalidate_all()
            batch._book_to_the_end()

        self.assertEqual(self._get_points(self.first), 60)
        self.assertEqual((batch.booked_count, batch.difference), (3, 0))

    def test_large_files_are_booked_in_the_background(self):
        batch = self._create_batch("ref,points\nC1,10\nC1,20\nC1,30\n")
        with patch.object(member_point_import, "BACKGROUND_LINES", 1):
            batch.action_book()
        self.assertEqual(batch.state, "booking")

        with patch.object(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *_args, **_values: float("inf"),
        ):
            self.env["member.point.import"]._cron_book()

        self.assertEqual(batch.state, "done")
        self.assertEqual(self._get_points(self.first), 60)

    def test_undoing_takes_back_what_is_unspent(self):
        batch = self._book("ref,points\nC1,100\n")
        batch.action_undo()

        self.assertEqual(self._get_points(self.first), 0)
        self.assertEqual((batch.undone_points, batch.spent_points), (100, 0))
        self.assertEqual(
            self._kinds(self.first), [("opening", 100), ("reversed", -100)]
        )

    def test_undoing_reports_what_was_spent_and_never_goes_below_zero(self):
        batch = self._book("ref,points\nC1,100\n")
        self._adjust(partner_ids=self.first.ids, kind="deduct", points=60)
        batch.action_undo()

        card = self._get_card(self.first)
        self.assertEqual((card.points, card.member_debt), (0, 0))
        self.assertEqual((batch.undone_points, batch.spent_points), (40, 60))
        self.assertEqual(batch.line_ids.undone_points, 40)

    def test_undoing_takes_nothing_from_other_points(self):
        batch = self._book("ref,points\nC1,100\n")
        self._adjust(partner_ids=self.first.ids, kind="deduct", points=60)
        self._adjust(partner_ids=self.first.ids, points=500)
        batch.action_undo()

        self.assertEqual(self._get_points(self.first), 500)

    def test_undoing_makes_a_debt_when_told(self):
        batch = self._book("ref,points\nC1,100\n")
        self._adjust(partner_ids=self.first.ids, kind="deduct", points=60)
        batch.may_owe = True
        batch.action_undo()

        card = self._get_card(self.first)
        self.assertEqual((card.points, card.member_debt), (0, 60))

    def test_what_is_booked_can_neither_be_changed_booked_again_nor_deleted(self):
        batch = self._book("ref,points\nC1,100\n")
        for work in (
            batch.action_book,
            batch.action_check,
            batch.unlink,
            lambda: batch.write({"decimal": ","}),
        ):
            with self.assertRaises(UserError):
                work()

    def test_points_out_of_nothing_are_for_managers(self):
        for user in (self.salesperson, self.officer):
            with self.assertRaises(AccessError):
                self.env["member.point.import"].with_user(user).create(
                    {"program_id": self.program.id}
                )

    def test_a_file_without_points_says_what_to_choose(self):
        batch = self._create_batch("ref,colour\nC1,red\n")
        with self.assertRaisesRegex(
            UserError, "which column of the file is the points"
        ):
            batch.action_check()
