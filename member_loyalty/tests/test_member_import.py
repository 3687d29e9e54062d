from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestMemberImport(ImportCommon):
    def test_a_check_reports_and_books_nothing(self):
        batch = self._create_batch(
            "1,2011-01-10,A1,,Ann,EIRE,,100.00",
            "1,2011-01-10,A1,,Ann,EIRE,,50.25",
            "C2,2011-02-10,A1,,Ann,EIRE,,-20.00",
            "3,2011-03-10,,,,France,,5.00",
        )

        batch.action_check()

        self.assertRecordValues(
            batch,
            [
                {
                    "state": "checked",
                    "line_count": 4,
                    "refused_line_count": 1,
                    "document_count": 2,
                    "customer_new_count": 1,
                }
            ],
        )
        self.assertEqual(str(batch.first_day), "2011-01-10")
        self.assertEqual(str(batch.last_day), "2011-02-10")
        self.assertEqual(batch.currency_totals[0]["net"], "130.25")
        self.assertEqual(self._get_problems(batch), [(5, "missing_customer")])
        self.assertFalse(self._get_activities())
        self.assertFalse(self._find_customer("A1"))

    def test_a_document_is_one_activity_at_its_first_day(self):
        batch = self._import(
            "1,2011-01-11,A1,,Ann,EIRE,,100.00",
            "1,2011-01-10,A1,,Ann,EIRE,,50.25",
            "C2,2011-02-10,A1,,Ann,EIRE,,-20.00",
        )

        ann = self._find_customer("A1")
        self.assertRecordValues(
            self._get_activities(),
            [
                {"source_ref": "1", "amount": 150.25, "order_count": 1},
                {"source_ref": "C2", "amount": -20.0, "order_count": 0},
            ],
        )
        self.assertEqual(str(self._get_activities()[0].date), "2011-01-10")
        self.assertEqual(self._get_activities().commercial_partner_id, ann)
        self.assertRecordValues(
            ann,
            [
                {
                    "name": "Ann",
                    "is_company": True,
                    "country_id": self.env.ref("base.ie").id,
                }
            ],
        )
        self.assertEqual((batch.state, batch.booked_count), ("done", 2))

    def test_a_document_worth_nothing_is_counted_and_not_booked(self):
        batch = self._import(
            "1,2011-01-10,A1,,Ann,,,5.00",
            "2,2011-01-10,A2,,Bob,,,1.00",
            "2,2011-01-10,A2,,Bob,,,-1.00",
        )

        self.assertEqual(batch.empty_document_count, 1)
        self.assertEqual(self._get_activities().mapped("source_ref"), ["1"])
        self.assertEqual(batch.enrolled_count, 2)

    def test_the_same_documents_are_imported_once(self):
        lines = ("1,2011-01-10,A1,,Ann,,,5.00", "2,2011-01-10,A2,,Bob,,,7.00")
        self._import(*lines)

        again = self._create_batch(*lines)
        again.action_check()

        self.assertEqual((again.document_count, again.known_document_count), (0, 2))
        self.assertEqual(
            self._get_problems(again),
            [(2, "duplicate_document"), (3, "duplicate_document")],
        )
        with self.assertRaisesRegex(UserError, "nothing to import"):
            again.action_import()
        self.assertEqual(len(self._get_activities()), 2)

    def test_a_longer_file_adds_only_what_is_new(self):
        self._import("1,2011-01-10,A1,,Ann,,,5.00")

        self._import("1,2011-01-10,A1,,Ann,,,5.00", "2,2011-01-10,A1,,Ann,,,7.00")

        self.assertEqual(self._get_activities().mapped("amount"), [5.0, 7.0])

    def test_what_was_booked_after_the_check_is_not_booked_twice(self):
        early = self._create_batch("1,2011-01-10,A1,,Ann,,,5.00")
        early.action_check()
        self._import("1,2011-01-10,A1,,Ann,,,5.00")

        with self.assertRaises(UserError):
            early.action_import()

        self.assertEqual(len(self._get_activities()), 1)

    def test_a_prefix_keeps_two_sources_apart(self):
        self._import("1,2011-01-10,A1,,Ann,,,5.00")

        self._import("1,2011-01-10,A1,,Ann,,,7.00", document_prefix="WEB-")

        self.assertEqual(
            self._get_activities().mapped("source_key"), ["import,1", "import,WEB-1"]
        )

    def test_another_company_has_its_own_documents_and_the_same_customers(self):
        other = self._create_company("Other Shop")
        somebody = self._create_user("elsewhere", "officer", other)
        self._import("1,2011-01-10,A1,,Ann,,,5.00")

        batch = self._import("1,2011-01-10,A1,,Ann,,,5.00", user=somebody)

        self.assertEqual(batch.customer_by_ref_count, 1)
        self.assertEqual(len(self._find_customer("A1")), 1)
        self.assertEqual(len(self._get_activities(other)), 1)
        with self.assertRaises(AccessError):
            batch.with_user(self.officer).read(["name"])

    def test_a_document_is_converted_at_its_own_day(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        for day, rate in (("2011-01-01", 1.25), ("2011-02-01", 1.6)):
            self.env["res.currency.rate"].create(
                {
                    "name": day,
                    "rate": rate,
                    "currency_id": euro.id,
                    "company_id": self.company.id,
                }
            )

        self._import(
            "1,2011-01-10,A1,,Ann,,EUR,100.00", "2,2011-02-10,A1,,Ann,,EUR,100.00"
        )

        self.assertRecordValues(
            self._get_activities(),
            [
                {"amount": 80.0, "document_amount": 100.0, "document_rate": 0.8},
                {"amount": 62.5, "document_amount": 100.0, "document_rate": 0.625},
            ],
        )
        self.assertEqual(self._get_activities().document_currency_id, euro)

    def test_a_currency_without_a_rate_is_refused_not_taken_one_to_one(self):
        batch = self._create_batch(
            "1,2011-01-10,A1,,Ann,,JPY,100.00",
            "2,2011-01-10,A1,,Ann,,XXX,100.00",
        )

        batch.action_check()

        self.assertEqual(
            self._get_problems(batch), [(2, "missing_rate"), (3, "unknown_currency")]
        )

    def test_contradictory_documents_are_left_out_whole(self):
        batch = self._import(
            "1,2011-01-10,A1,,Ann,,,5.00",
            "1,2011-01-10,A2,,Bob,,,7.00",
            "2,2011-01-10,A1,,Ann,,,9.00",
        )

        self.assertEqual(
            self._get_problems(batch),
            [(2, "customer_conflict"), (3, "customer_conflict")],
        )
        self.assertEqual(self._get_activities().mapped("source_ref"), ["2"])
        self.assertFalse(self._find_customer("A2"))

    def test_where_each_line_is_a_document_the_second_one_is_refused(self):
        batch = self._import(
            "1,2011-01-10,A1,,Ann,,,5.00",
            "1,2011-01-10,A1,,Ann,,,5.00",
            layout="documents",
        )

        self.assertEqual(self._get_problems(batch), [(3, "repeated_document")])
        self.assertEqual(self._get_activities().amount, 5.0)

    def test_a_document_with_a_bad_line_comes_in_without_it_and_is_counted(self):
        batch = self._import(
            "1,2011-01-10,A1,,Ann,,,5.00", "1,2011-01-10,A1,,Ann,,,five"
        )

        self.assertEqual(batch.partial_document_count, 1)
        self.assertEqual(self._get_activities().amount, 5.0)

    def test_a_day_in_the_future_is_refused(self):
        today = self.company._member_today()
        batch = self._create_batch(
            f"1,{today},A1,,Ann,,,5.00",
            f"2,{today + timedelta(days=1)},A1,,Ann,,,5.00",
        )

        batch.action_check()

        self.assertEqual(self._get_problems(batch), [(3, "future_date")])

    def test_dates_can_be_moved_so_that_the_last_is_today(self):
        today = self.company._member_today()

        self._import(
            "1,2011-01-10,A1,,Ann,,,5.00",
            "2,2011-01-20,A1,,Ann,,,5.00",
            shift_to_today=True,
        )

        self.assertEqual(
            self._get_activities().mapped("date"), [today - timedelta(days=10), today]
        )

    def test_moving_dates_into_the_future_is_refused(self):
        batch = self._create_batch("1,2011-01-10,A1,,Ann,,,5.00", shift_days=99999)

        batch.action_check()

        self.assertEqual(self._get_problems(batch), [(2, "future_date")])

    def test_names_with_formulas_and_markup_are_just_text(self):
        self._import(
            '1,2011-01-10,=1+1,,"=HYPERLINK(""http://x"",""y"")",,,5.00',
            "2,2011-01-10,A2,,<script>alert(1)</script>,,,5.00",
        )

        self.assertEqual(self._find_customer("=1+1").name, '=HYPERLINK("http://x","y")')
        self.assertEqual(self._find_customer("A2").name, "<script>alert(1)</script>")

    def test_another_way_of_reading_asks_for_another_check(self):
        batch = self._create_batch("1,2011-01-10,A1,,Ann,,,5.00")
        batch.action_check()

        batch.column_ids.filtered(lambda column: column.target == "country").target = ""

        self.assertEqual(batch.state, "draft")

    def test_an_imported_batch_cannot_be_read_in_another_way(self):
        batch = self._import("1,2011-01-10,A1,,Ann,,,5.00")

        for values in ({"decimal": ","}, {"document_prefix": "X"}):
            with self.assertRaises(UserError):
                batch.write(values)
        with self.assertRaises(UserError):
            batch.column_ids[0].target = False

    def test_a_pattern_that_is_none_is_refused(self):
        with self.assertRaises(ValidationError):
            self._create_batch("1,2011-01-10,A1,,Ann,,,5.00", goods_only="[")

    def test_what_nobody_came_back_to_is_forgotten_after_a_while(self):
        batch = self._create_batch(
            "1,2011-01-10,A1,,Ann,,,5.00", "2,2011-01-10,,,,,,5.00"
        )
        batch.action_check()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE member_import SET write_date = write_date - interval '91 days'"
        )
        batch.invalidate_recordset()

        self.env["member.import.line"]._gc_old_problems()
        self.env["member.import.line"]._gc_forgotten_checks()

        self.assertFalse(batch.line_ids)
        self.assertEqual(batch.state, "draft")
        self.assertFalse(
            self.env["member.import.part"].search([("import_id", "=", batch.id)])
        )
