from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .inquiry_common import InquiryCommon


@tagged("post_install", "-at_install")
class TestInquiryLine(InquiryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson = new_test_user(
            cls.env, "sales_of_lines", "sales_team.group_sale_salesman"
        )

    def test_what_is_corrected_by_hand_is_not_overwritten(self):
        lead = self._create_lead(user_id=self.salesperson.id)

        lead.with_user(self.salesperson).member_inquiry_line_ids.quantity = 450
        lead.action_read_inquiry()

        self.assertRecordValues(
            lead.member_inquiry_line_ids, [{"quantity": 450, "by_hand": True}]
        )

    def test_what_is_taken_off_does_not_come_back(self):
        lead = self._create_lead()

        lead.write({"member_inquiry_line_ids": [Command.clear()]})
        lead.action_read_inquiry()

        self.assertFalse(lead.member_inquiry_line_ids)

    def test_what_the_text_no_longer_says_goes(self):
        lead = self._create_lead("500 pcs of valve and 20 kg of grease")
        kept = lead.member_inquiry_line_ids[0]

        lead.description = "<p>500 pcs of valve</p>"

        self.assertEqual(lead.member_inquiry_line_ids, kept)

    def test_a_line_by_hand_counts_for_the_grade(self):
        lead = self._create_lead("Please call me about bearings, thank you.")
        before = lead.member_inquiry_grade

        self.env["member.inquiry.line"].create(
            {"lead_id": lead.id, "name": "Bearing", "quantity": 80, "unit": "pcs"}
        )

        # the quantity 35, the product 15
        self.assertEqual(lead.member_inquiry_grade, before + 50)

    def test_a_line_by_hand_is_entered_on_the_lead(self):
        lead = self._create_lead("Please call me about bearings, thank you.")

        with Form(lead) as form, form.member_inquiry_line_ids.new() as line:
            line.product_id = self.product
            line.quantity = 12

        self.assertRecordValues(
            lead.member_inquiry_line_ids,
            [{"product_id": self.product.id, "quantity": 12, "by_hand": True}],
        )

    def test_leads_that_are_merged_keep_their_lines_and_what_was_decided(self):
        first = self._create_lead("500 pcs of valve")
        second = self._create_lead("20 kg of grease", "b@other.example")
        second.action_inquiry_quality()

        merged = (first | second).merge_opportunity()

        self.assertEqual(
            sorted(merged.member_inquiry_line_ids.mapped("quantity")), [20, 500]
        )
        self.assertEqual(merged.member_inquiry_state, "quality")
        self.assertEqual(merged.member_inquiry_decided_by, "hand")

    def test_a_lead_that_is_copied_keeps_its_lines_and_is_a_duplicate(self):
        lead = self._create_lead()
        lead.member_inquiry_line_ids.quantity = 450

        copied = lead.copy()

        self.assertEqual(copied.member_inquiry_line_ids.mapped("quantity"), [450])
        self.assertEqual(copied.member_inquiry_state, "duplicate")

    @mute_logger("odoo.sql_db")
    def test_negative_figures_are_refused(self):
        line = self._create_lead().member_inquiry_line_ids
        for field in ("quantity", "target_price"):
            with (
                self.subTest(field=field),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                line[field] = -1
                line.flush_recordset()

    def test_lines_of_leads_one_may_not_see_are_hidden(self):
        theirs = self._create_lead(user_id=self.env.ref("base.user_admin").id)
        line = theirs.member_inquiry_line_ids.with_user(self.salesperson)
        lines = self.env["member.inquiry.line"].with_user(self.salesperson)

        self.assertNotIn(line, lines.search([]))
        for attempt in (
            lambda: line.read(["quote"]),
            lambda: line.write({"quantity": 1}),
            line.unlink,
            lambda: lines.create({"lead_id": theirs.id, "name": "Mine"}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_a_portal_user_reads_neither_lines_nor_criteria(self):
        portal = new_test_user(self.env, "portal_of_lines", "base.group_portal")
        for name in ("line", "criterion", "word", "trial"):
            with self.subTest(model=name), self.assertRaises(AccessError):
                self.env[f"member.inquiry.{name}"].with_user(portal).search([])

    def test_a_salesperson_changes_neither_criteria_nor_words(self):
        for name in ("criterion", "word"):
            record = self.env[f"member.inquiry.{name}"].search([], limit=1)
            with self.subTest(model=name), self.assertRaises(AccessError):
                record.with_user(self.salesperson).write({"active": False})

    def test_a_manager_tries_a_text_and_nothing_is_kept(self):
        before = self.env["crm.lead"].search_count([])

        with Form(self.env["member.inquiry.trial"]) as form:
            form.text = "Need 500 pcs of valve, CIF Hamburg, within 30 days"
            form.attachment_count = 1

        trial = form.record
        self.assertEqual(trial.line_ids.mapped("quantity"), [500])
        self.assertEqual(trial.term, "CIF Hamburg")
        # quantity 35, product 15, term 10, date 10, destination 5, attachment 5
        self.assertEqual((trial.grade, trial.state), (80, "quality"))
        self.assertEqual(self.env["crm.lead"].search_count([]), before)
