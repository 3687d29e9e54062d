from datetime import date

from odoo.tests import tagged

from .inquiry_common import BEARING, InquiryCommon


@tagged("post_install", "-at_install")
class TestInquiryReading(InquiryCommon):
    def test_a_web_form_becomes_lines_with_a_grade_and_reasons(self):
        lead = self._create_lead()

        self.assertRecordValues(
            lead.member_inquiry_line_ids,
            [
                {
                    "name": "bearing 6204-2RS",
                    "quantity": 500,
                    "unit": "pcs",
                    "uom_id": self.env.ref("uom.product_uom_unit").id,
                    "target_price": 1.2,
                    "currency_id": self.env.ref("base.USD").id,
                    "by_hand": False,
                }
            ],
        )
        # quantity 35, product 15, price 15, term 10, destination 5, sender 5
        self.assertEqual(lead.member_inquiry_grade, 85)
        self.assertEqual(lead.member_inquiry_level, "a")
        self.assertEqual(lead.member_inquiry_state, "quality")
        self.assertEqual(lead.member_inquiry_on, date(2026, 3, 15))
        self.assertIn("delivery term CIF Hamburg", lead.member_inquiry_reason_text)
        self.assertIn("○ It has no attachment.", lead.member_inquiry_reason_text)

    def test_a_mail_makes_a_lead_that_is_read(self):
        lead = self.env["crm.lead"].message_new(
            {
                "subject": "Anfrage Kugellager",
                "from": "Max <max@muster.example>",
                "email_from": "Max <max@muster.example>",
                "author_id": False,
            },
            {"company_id": self.env.company.id},
        )
        self.assertEqual(lead.member_inquiry_state, "none")

        self._receive_mail(
            lead,
            "<p>Wir benötigen 1.500 Stück Kugellager 6204.</p>"
            "<blockquote>900 Stück Altes</blockquote>",
        )

        self.assertEqual(lead.member_inquiry_line_ids.mapped("quantity"), [1500])

    def test_a_reply_adds_what_was_missing(self):
        lead = self._create_lead("We are interested in bearings 6204. Please call.")
        self.assertEqual(lead.member_inquiry_state, "ordinary")

        self._receive_mail(lead, "<p>500 pcs, target USD 1.20/pc, CIF Hamburg</p>")

        self.assertEqual(lead.member_inquiry_line_ids.quantity, 500)
        self.assertEqual(lead.member_inquiry_state, "quality")

    def test_a_note_of_the_staff_is_read_but_a_mail_to_the_customer_is_not(self):
        lead = self._create_lead("Please call me about bearings.")

        self._comment(lead, "We offer 900 pcs.", "mail.mt_comment")
        self.assertFalse(lead.member_inquiry_line_ids)

        self._comment(lead, "On the phone: 300 pcs.", "mail.mt_note")
        self.assertEqual(lead.member_inquiry_line_ids.quantity, 300)

    def _comment(self, lead, body, subtype):
        lead.message_post(body=body, message_type="comment", subtype_xmlid=subtype)

    def test_a_file_counts_and_a_logo_does_not(self):
        lead = self._create_lead()
        before = lead.member_inquiry_grade

        self._attach(lead, "logo.png", "image/png", b"small")
        self.assertEqual(lead.member_inquiry_grade, before)

        self._attach(lead, "drawing.pdf", "application/pdf", b"%PDF-1.4 drawing")
        self.assertEqual(lead.member_inquiry_grade, before + 5)

    def _attach(self, lead, name, mimetype, raw):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "mimetype": mimetype,
                "raw": raw,
                "res_model": "crm.lead",
                "res_id": lead.id,
            }
        )

    def test_a_lead_without_text_is_no_inquiry(self):
        lead = self.env["crm.lead"].create({"name": "Call Bob"})

        self.assertEqual(lead.member_inquiry_state, "none")
        self.assertFalse(lead.member_inquiry_on)

    def test_a_company_without_a_program_pays_nothing(self):
        self.program.active = False

        lead = self._create_lead()

        self.assertFalse(lead.member_inquiry_line_ids)
        self.assertFalse(lead.member_inquiry_level)

    def test_many_leads_at_once_are_read_by_the_scheduled_action(self):
        values = [
            {
                "name": f"Row {number}",
                "description": f"<p>{number + 2} pcs of valve</p>",
                "company_id": self.env.company.id,
            }
            for number in range(101)
        ]

        leads = self.env["crm.lead"].create(values)
        self.assertEqual(leads.filtered("member_inquiry_waits"), leads)

        with self.enter_registry_test_mode():
            self.env.ref(
                "member_loyalty_crm.ir_cron_member_inquiry"
            ).method_direct_trigger()
        leads.invalidate_recordset()
        self.assertFalse(leads.filtered("member_inquiry_waits"))
        self.assertEqual(len(leads.member_inquiry_line_ids), 101)

    def test_a_failure_neither_stops_the_lead_nor_tells_what_was_written(self):
        source = type(self.env["member.inquiry.source"])
        self.patch(source, "_collect", lambda *_args: {}["secret 500 pcs"])

        with self.assertLogs("odoo.addons.member_loyalty_crm", "WARNING") as logs:
            lead = self._create_lead()

        self.assertTrue(lead.exists())
        self.assertFalse(lead.member_inquiry_level)
        self.assertIn("KeyError", logs.output[0])
        self.assertNotIn("secret", "".join(logs.output))

    def test_products_are_known_by_reference_and_by_name(self):
        bearing = self._create_product(name="Ball Bearing", default_code="6204-2RS")
        grease = self._create_product(name="Lithium Grease")

        lead = self._create_lead("500 pcs of 6204-2rs, and 20 kg of lithium grease")

        self.assertEqual(lead.member_inquiry_line_ids.product_id, bearing | grease)

    def test_products_that_are_not_sold_or_ambiguous_are_left_as_text(self):
        self._create_product(name="Old Valve", sale_ok=False)
        self._create_product(name="Steel Nut")
        self._create_product(name="Steel nut")
        other = self.env["res.company"].create({"name": "Other"})
        self._create_product(name="Brass Bolt", company_id=other.id)

        lead = self._create_lead("5 pcs old valve, 6 pcs steel nut, 7 pcs brass bolt")

        self.assertEqual(len(lead.member_inquiry_line_ids), 3)
        self.assertFalse(lead.member_inquiry_line_ids.product_id)

    @classmethod
    def _create_product(cls, **values):
        return cls.env["product.product"].create({"name": "Bearing", **values})

    def test_the_text_is_data(self):
        hostile = (
            "=cmd|' /C calc'!A0 500 pcs &lt;script&gt;alert(1)&lt;/script&gt;"
            " {{7*7}} ${7*7} %(name)s 300 kg"
        )

        lead = self._create_lead(hostile)

        said = " ".join(lead.member_inquiry_line_ids.mapped("quote"))
        self.assertIn("{{7*7}} ${7*7} %(name)s", said)
        self.assertNotIn("49", said)
        self.assertNotIn("49", lead.member_inquiry_reason_text)

    def test_ten_thousand_quantities_leave_fifty_lines_and_a_hint(self):
        rows = "<br/>".join(
            f"{number} pcs of item{number}" for number in range(2, 10000)
        )

        lead = self._create_lead(rows)

        self.assertEqual(len(lead.member_inquiry_line_ids), 50)
        self.assertIn("more lines than are read", lead.member_inquiry_reason_text)

    def test_a_mail_of_a_megabyte_is_read_in_part(self):
        lead = self._create_lead(BEARING + "<br/>" + "lorem ipsum dolor " * 60000)

        self.assertEqual(lead.member_inquiry_line_ids.quantity, 500)
