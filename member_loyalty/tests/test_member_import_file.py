import base64
import gzip
from datetime import date, datetime
from io import BytesIO
from unittest.mock import patch

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models import member_import_file
from .import_common import HEADER, ImportCommon


@tagged("post_install", "-at_install")
class TestMemberImportFile(ImportCommon):
    def _assert_refused(self, content, filename, message):
        with self.assertRaisesRegex(UserError, message):
            self._create_batch(content, filename=filename)

    def _pack_workbook(self, *rows, sheet="Orders"):
        book = openpyxl.Workbook()
        book.active.title = sheet
        for row in rows:
            book.active.append(row)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    def test_the_columns_are_guessed_and_shown_with_first_values(self):
        batch = self._create_batch(
            "1,2011-01-10,A1,,Ann,EIRE,,5.00", "2,2011-01-11,A1,,Ann,EIRE,,7.00"
        )

        self.assertEqual(
            batch.column_ids.mapped("target"),
            ["document", "date", "customer_ref", "customer_email", "customer_name",
             "country", "currency", "amount"],
        )  # fmt: skip
        self.assertEqual(batch.column_ids[0].sample, "1 · 2")
        self.assertEqual((batch.date_order, batch.decimal), ("ymd", "."))

    def test_a_workbook_with_real_dates_and_numbers_is_read(self):
        content = self._pack_workbook(
            ("Invoice", "InvoiceDate", "Customer ID", "Quantity", "Price", "Country"),
            (489434, datetime(2009, 12, 1, 7, 45), 13085.0, 12, 6.95, "United Kingdom"),
            (489434, datetime(2009, 12, 1, 7, 45), 13085.0, 2, 0.1, "United Kingdom"),
            (None, None, None, None, None, None),
            ("C489449", date(2009, 12, 2), 13085.0, -1, 6.95, "Atlantis"),
            ("C489450", date(2009, 12, 2), None, -1, 6.95, "France"),
        )

        batch = self._import(content, filename="retail.xlsx")

        self.assertRecordValues(
            self._get_activities(),
            [
                {"source_ref": "489434", "amount": 83.6},
                {"source_ref": "C489449", "amount": -6.95},
            ],
        )
        self.assertEqual(self._get_activities().partner_id.ref, "13085")
        self.assertEqual(
            self._get_problems(batch), [(5, "unknown_country"), (6, "missing_customer")]
        )

    def test_another_sheet_can_be_chosen(self):
        content = self._pack_workbook(("Invoice", "Date"), (1, 2), sheet="Old")
        batch = self._create_batch(content, filename="retail.xlsx", sheet="Old")

        with self.assertRaisesRegex(UserError, "no sheet New"):
            batch.sheet = "New"

    def test_semicolons_and_decimal_commas_in_an_old_encoding_are_read(self):
        content = (
            "Auftrag;Datum;Kunde;Netto\n"
            "1;31.12.2010;Müller;1.234,50\n"
            "2;01.01.2011;Müller;-0,50\n"
        ).encode("cp1252")
        batch = self._create_batch(content, filename="orders.csv")
        for column, target in zip(
            batch.column_ids,
            ("document", "date", "customer_name", "amount"),
            strict=True,
        ):
            column.target = target
        batch.write({"date_order": "dmy", "decimal": ","})

        batch.action_check()
        batch.action_import()

        self.assertEqual(self._get_activities().mapped("amount"), [1234.5, -0.5])
        self.assertEqual(self._get_activities().partner_id.name, "Müller")

    def test_a_packed_file_and_a_byte_order_mark_are_read(self):
        content = f"{HEADER}\n1,2011-01-10,A1,,Ann,,,5.00".encode("utf-8-sig")

        self._import(gzip.compress(content), filename="history.csv.gz")

        self.assertEqual(self._get_activities().amount, 5.0)

    def test_line_numbers_count_the_lines_of_the_file(self):
        batch = self._create_batch(
            '1,2011-01-10,A1,,"Ann\nof the\nshop",,,5.00',
            "",
            "2,2011-01-10,A1,,Ann,,,x",
            '3,2011-01-10,A1,,"Ann,,,5.00',
            "4,2011-01-10,A1,,Ann,,,5.00,more",
            "5,2011-01-10,A1,,Ann,,,5.00",
        )

        batch.action_check()

        self.assertEqual(
            self._get_problems(batch),
            [(6, "unreadable_number"), (7, "unreadable_line"), (8, "unreadable_line")],
        )
        self.assertEqual(batch.document_count, 2)

    def test_dates_that_can_be_read_both_ways_are_asked_about(self):
        batch = self._create_batch("1,01/02/2011,A1,,Ann,,,5.00")
        self.assertFalse(batch.date_order)

        with self.assertRaisesRegex(UserError, "day first"):
            batch.action_check()

        batch.date_order = "dmy"
        batch.action_check()
        self.assertEqual(batch.first_day, date(2011, 2, 1))

    def test_files_that_cannot_be_read_say_what_to_do(self):
        good = self._pack("1,2011-01-10,A1,,Ann,,,5.00")
        packed = gzip.compress(good)
        for content, filename, message in (
            (b"", "a.csv", "empty"),
            (gzip.compress(b""), "a.csv.gz", "empty"),
            (good, "a.pdf", "kind"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "a.xls", "kind"),
            (b"\x89PNG\r\n\x1a\n\0\0", "a.csv", "not a text"),
            (good, "a.xlsx", "not what its name says"),
            (self._pack_workbook(("a",)), "a.csv", "not what its name says"),
            (packed[:-12], "a.csv.gz", "damaged"),
            (b"PK\x03\x04" + b"x" * 200, "a.xlsx", "damaged"),
            (self._pack_workbook(("a", "b"))[:-900], "a.xlsx", "damaged"),
            (HEADER.encode(), "a.csv", "nothing below"),
            (b"x" * 3_000_000, "a.csv", "name the columns"),
            (b"\n\n\n", "a.csv", "name the columns"),
        ):
            with self.subTest(filename=filename, message=message):
                self._assert_refused(content, filename, message)

    def test_a_file_that_unpacks_to_too_much_is_refused(self):
        with patch.object(member_import_file, "MOST_UNPACKED_BYTES", 1_000_000):
            self._assert_refused(gzip.compress(b"0" * 5_000_000), "a.csv.gz", "larger")

    def test_a_line_of_megabytes_is_a_problem_and_stops_nothing(self):
        batch = self._create_batch(
            "1,2011-01-10,A1,,Ann,,,5.00",
            "2,2011-01-10,A1,," + "x" * 3_000_000 + ",,,5.00",
            "3,2011-01-10,A1,,Ann,,,5.00",
        )

        batch.action_check()

        self.assertEqual(self._get_problems(batch), [(3, "unreadable_line")])
        self.assertEqual(batch.document_count, 2)

    def test_missing_and_doubled_columns_are_named(self):
        batch = self._create_batch(b"Invoice,Thing\n1,2\n")
        with self.assertRaisesRegex(UserError, "the date, the amount.*the customer"):
            batch.action_check()

        batch.column_ids.target = "document"
        with self.assertRaisesRegex(UserError, "Invoice, Thing"):
            batch.action_check()

    def test_a_large_file_is_read_in_the_background_and_goes_on_after_a_stop(self):
        lines = [f"{n},2011-01-10,A{n % 7},,,,,1.00" for n in range(50)]
        with (
            patch.object(member_import_file, "LARGE_FILE_BYTES", 100),
            patch.object(type(self.env["member.import"]), "_leave_to_background"),
        ):
            batch = self._create_batch(*lines)
            batch.action_check()
            self.assertEqual(batch.state, "checking")
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                batch.action_check()

        with patch(
            "odoo.addons.member_loyalty.models.member_import_staging.STRETCH", 10
        ):
            stretches = batch._stage()
            next(stretches)
            stretches.close()
            self.assertEqual(batch.staged_line, 11)
            batch._stage_to_the_end()

        self.assertEqual((batch.state, batch.line_count), ("checked", 50))
        self.assertEqual(batch.document_count, 50)

    def test_a_new_file_takes_the_place_of_the_old_one(self):
        batch = self._create_batch("1,2011-01-10,A1,,Ann,,,5.00")
        batch.action_check()

        batch.write(
            {"file": base64.b64encode(b"Order;Total\n1;2,5\n"), "filename": "b.csv"}
        )

        self.assertEqual(batch.column_ids.mapped("name"), ["Order", "Total"])
        self.assertEqual((batch.state, batch.decimal), ("draft", ","))
