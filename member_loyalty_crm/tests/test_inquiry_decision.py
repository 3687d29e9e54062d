from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .inquiry_common import BEARING, InquiryCommon

VAGUE = "Please send us your catalogue of ball bearings and the price list."


@tagged("post_install", "-at_install")
class TestInquiryDecision(InquiryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson = new_test_user(
            cls.env, "sales_of_inquiries", "sales_team.group_sale_salesman"
        )

    def test_the_threshold_itself_is_quality(self):
        self.program.inquiry_threshold = 85

        lead = self._create_lead()

        self.assertEqual(lead.member_inquiry_grade, 85)
        self.assertEqual(lead.member_inquiry_state, "quality")

    def test_another_threshold_decides_open_leads_anew(self):
        lead, lost, by_hand = [
            self._create_lead(BEARING.replace("500", quantity), f"{quantity}@b.example")
            for quantity in ("510", "520", "530")
        ]
        lost.action_set_lost()
        by_hand.action_inquiry_quality()

        self.program.inquiry_threshold = 86

        self.assertEqual(lead.member_inquiry_state, "ordinary")
        self.assertTrue(lead.member_inquiry_to_check)
        self.assertEqual(lost.member_inquiry_state, "quality")
        self.assertEqual(by_hand.member_inquiry_state, "quality")

    def test_thresholds_and_days_out_of_range_are_refused(self):
        for field, value in (
            ("inquiry_threshold", 0),
            ("inquiry_threshold", 101),
            ("inquiry_duplicate_days", 0),
            ("inquiry_duplicate_days", 366),
        ):
            with (
                self.subTest(field=field, value=value),
                self.assertRaises(ValidationError),
            ):
                self.program[field] = value

    def test_the_second_of_the_same_sender_is_a_duplicate(self):
        first = self._create_lead()
        second = self._create_lead()

        self.assertEqual(first.member_inquiry_state, "quality")
        self.assertEqual(second.member_inquiry_state, "duplicate")
        self.assertIn(str(first.id), second.member_inquiry_reason_text)

    def test_the_same_lines_in_other_words_are_a_duplicate(self):
        self._create_lead("Please quote for 500 pcs of bearing 6204-2RS.")
        second = self._create_lead("Reminder! Still need 500 pcs of bearing 6204-2RS")

        self.assertEqual(second.member_inquiry_state, "duplicate")

    def test_a_colleague_of_the_company_repeats_too(self):
        self._create_lead()
        second = self._create_lead(sender="boss@acme.example")

        self.assertEqual(second.member_inquiry_state, "duplicate")

    def test_after_the_programs_days_it_is_a_new_inquiry(self):
        self._create_lead()
        self._travel_to("2026-04-20 10:00:00")

        self.assertEqual(self._create_lead().member_inquiry_state, "quality")

    def test_the_same_text_of_others_is_a_copy(self):
        first = self._create_lead()
        second = self._create_lead(sender="other@else.example")

        self.assertEqual(first.member_inquiry_state, "quality")
        self.assertEqual(second.member_inquiry_state, "copy")

    def test_a_list_to_everybody_is_a_copy(self):
        lead = self._create_lead(
            "Dear Sir, we need: bolts, nuts, valves, pipes, pumps, motors, cables"
        )

        self.assertEqual(lead.member_inquiry_state, "copy")

    def test_spam_is_told_by_words_links_and_letters(self):
        for text in (
            "We offer SEO and link building for your site",
            "https://spam.example/a https://spam.example/b",
            "rtgPmKQsTvXwLb",
        ):
            with self.subTest(text=text):
                lead = self._create_lead(text, f"{len(text)}@spam.example")
                self.assertEqual(lead.member_inquiry_state, "spam")
                self.assertTrue(lead.member_inquiry_to_check)

    def test_a_word_that_a_manager_adds_is_spam_from_now_on(self):
        text = "Invest in our golden llama farm today, dear friend of llamas"
        self.assertNotEqual(self._create_lead(text).member_inquiry_state, "spam")

        self.env["member.inquiry.word"].create({"kind": "spam", "name": "Llama farm"})

        lead = self._create_lead(text, "b@other.example")
        self.assertEqual(lead.member_inquiry_state, "spam")

    def test_a_unit_that_a_manager_adds_is_read_and_an_archived_one_is_not(self):
        words = self.env["member.inquiry.word"]
        words.create({"name": "spool", "unit": "spool", "measure": "pack"})
        words.search([("name", "=", "rolls")]).active = False

        lead = self._create_lead("12 spool of wire; 30 rolls of tape")

        self.assertEqual(lead.member_inquiry_line_ids.mapped("unit"), ["spool"])

    def test_criteria_weigh_in_proportion_and_own_ones_go_first(self):
        criteria = self.env["member.inquiry.criterion"]
        criteria.search([]).active = False
        criteria.create({"name": "Price", "kind": "price", "points": 50})
        quantity = {"name": "Quantity", "kind": "quantity", "company_id": False}
        criteria.create({**quantity, "points": 50})
        company = {"company_id": self.env.company.id}
        criteria.create({**quantity, **company, "points": 100})

        lead = self._create_lead("Need 700 pcs of valve")

        self.assertEqual(lead.member_inquiry_grade, 67)  # 100 of 150

    def test_own_words_are_a_criterion(self):
        self.env["member.inquiry.criterion"].create(
            {
                "name": "Papers",
                "kind": "words",
                "words": "CE\ncertificate",
                "points": 10,
            }
        )

        lead = self._create_lead("We need the certificate for pumps")

        self.assertIn("It says “certificate”.", lead.member_inquiry_reason_text)

    def test_a_salesperson_decides_and_the_rules_leave_it_alone(self):
        lead = self._create_lead(VAGUE, user_id=self.salesperson.id)
        self.assertEqual(lead.member_inquiry_state, "ordinary")

        lead.with_user(self.salesperson).action_inquiry_quality()
        lead.action_read_inquiry()

        self.assertEqual(lead.member_inquiry_state, "quality")
        self.assertEqual(lead.member_inquiry_decided_by, "hand")
        note = lead.message_ids[:1]
        self.assertEqual(note.author_id, self.salesperson.partner_id)
        self.assertIn("Quality Inquiry", note.body)

        lead.with_user(self.salesperson).action_inquiry_by_rules()
        self.assertEqual(lead.member_inquiry_state, "ordinary")

    def test_a_salesperson_cannot_decide_anothers_lead_nor_write_a_grade(self):
        lead = self._create_lead(user_id=self.env.ref("base.user_admin").id)
        own = self._create_lead(user_id=self.salesperson.id)

        with self.assertRaises(AccessError):
            lead.with_user(self.salesperson).action_inquiry_spam()
        with self.assertRaises(AccessError):
            own.with_user(self.salesperson).write({"member_inquiry_grade": 100})
        with self.assertRaises(AccessError):
            self.env["crm.lead"].with_user(self.salesperson).create(
                {"name": "Mine", "member_inquiry_state": "quality"}
            )

    def test_nothing_is_decided_for_a_company_without_a_program(self):
        lead = self._create_lead()
        self.program.active = False

        with self.assertRaisesRegex(UserError, "membership program"):
            lead.action_inquiry_spam()

    @mute_logger("odoo.sql_db")
    def test_a_word_twice_or_without_a_unit_is_refused(self):
        words = self.env["member.inquiry.word"]
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            words.create({"name": "PCS", "unit": "pcs", "measure": "piece"})
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            words.create({"name": "blob", "kind": "unit"})

    def test_a_grade_is_shown_out_of_a_hundred_and_not_as_a_percentage(self):
        for name in (
            "crm.crm_lead_view_form",
            "member_loyalty_crm.member_inquiry_trial_view_form",
        ):
            view = self.env.ref(name)
            arch = self.env[view.model].get_view(view.id, "form")["arch"]

            with self.subTest(name):
                self.assertNotIn('widget="progressbar"', arch)
                self.assertIn("/ 100", arch)
