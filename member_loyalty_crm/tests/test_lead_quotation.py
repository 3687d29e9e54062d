from odoo.tests import Form, tagged
from odoo.tools import format_amount

from .inquiry_journal_common import InquiryJournalCommon


@tagged("post_install", "-at_install")
class TestLeadQuotation(InquiryJournalCommon):
    """A quotation starts with what the inquiry asks for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.euro = cls._enable_currency("EUR")

    def _create_asked(self, *lines):
        lead = self._create_inquiry(
            partner_id=self.ann.id, user_id=self.seller.id, type="opportunity"
        )
        lead.member_inquiry_line_ids = [(0, 0, line) for line in lines]
        return lead

    def _quote(self, lead):
        """Make the quotation as the salesperson does, on its form."""
        action = lead.with_user(self.seller).action_new_quotation()
        form = Form(
            self.env["sale.order"]
            .with_user(self.seller)
            .with_context(**action["context"])
        )
        return form.save()

    def test_products_become_lines_at_our_price(self):
        lead = self._create_asked(
            {
                "product_id": self.product.id,
                "name": "lamp",
                "quantity": 5,
                "uom_id": self.dozen.id,
                "unit": "dozen",
            }
        )
        unit = self.product.uom_id

        for group, told in ((None, (60, unit, 100)), (True, (5, self.dozen, 1200))):
            with self.subTest(f"units of measure: {group}"):
                if group:
                    self.seller.group_ids += self.env.ref("uom.group_uom")

                order = self._quote(lead)

                line = order.order_line
                self.assertEqual(order.opportunity_id, lead)
                self.assertEqual(line.product_id, self.product)
                self.assertEqual(
                    (line.product_uom_qty, line.product_uom_id, line.price_unit), told
                )
                self.assertEqual(order.amount_untaxed, 6000)

    def test_what_is_no_product_of_ours_becomes_a_note(self):
        lead = self._create_asked(
            {
                "name": "ball bearings 6204",
                "quantity": 500,
                "unit": "pcs",
                "target_price": 1.2,
                "currency_id": self.euro.id,
                "wanted_date": "2026-05-01",
            },
            {"name": "something else", "quantity": 0},
        )

        order = self._quote(lead)

        asked, other = order.order_line.sorted("sequence").mapped("name")
        price = format_amount(self.env, 1.2, self.euro)
        self.assertEqual(
            asked,
            f"Inquiry: ball bearings 6204 (500 pcs, target price {price},"
            " wanted by 05/01/2026)",
        )
        self.assertEqual(other, "something else")
        self.assertEqual(set(order.order_line.mapped("display_type")), {"line_note"})
        self.assertEqual(order.amount_total, 0)

    def test_a_target_price_stands_below_the_product_and_changes_no_price(self):
        lead = self._create_asked(
            {
                "product_id": self.product.id,
                "name": "lamp",
                "quantity": 3,
                "target_price": 80,
            }
        )

        line, note = self._quote(lead).order_line.sorted("sequence")

        self.assertEqual((line.price_unit, line.product_uom_qty), (100, 3))
        self.assertEqual(note.name, "Inquiry: lamp (target price 80.00)")

    def test_a_unit_that_the_product_does_not_have_is_said(self):
        lead = self._create_asked(
            {"product_id": self.product.id, "quantity": 2, "unit": "pallets"}
        )

        line, note = self._quote(lead).order_line.sorted("sequence")

        self.assertEqual(line.product_uom_id, self.product.uom_id)
        self.assertIn("2 pallets", note.name)

    def test_products_that_are_not_sold_are_noted_only(self):
        self.product.sale_ok = False
        lead = self._create_asked(
            {"product_id": self.product.id, "name": "lamp", "quantity": 3}
        )

        order = self._quote(lead)

        self.assertFalse(order.order_line.product_id)
        self.assertEqual(order.order_line.name, "Inquiry: lamp (3)")

    def test_a_lead_without_lines_makes_an_empty_quotation(self):
        lead = self._create_asked()

        context = lead._prepare_opportunity_quotation_context()

        self.assertNotIn("default_order_line", context)

    def test_text_of_the_inquiry_stays_text(self):
        evil = "{{ object.env }} <script>alert(1)</script> =1+1 %(x)s"
        lead = self._create_asked({"name": evil, "quantity": 1})

        order = self._quote(lead)

        self.assertIn(evil, order.order_line.name)
