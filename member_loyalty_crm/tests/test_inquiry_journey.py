from odoo.tests import freeze_time, tagged

from .inquiry_common import InquiryCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestInquiryJourney(InquiryCommon):
    """From the text of a mail to the tier, and back again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.silver.write(
            {
                "rule_ids": [
                    cls._prepare_rule(
                        {
                            "metric": "quality_inquiries",
                            "value": 3,
                            "window_type": "rolling_months",
                            "window_length": 6,
                        }
                    )
                ]
            }
        )
        cls.acme = cls._create_customer("Acme Pumps", is_company=True)
        cls.ann = cls._create_customer(
            "Ann", parent_id=cls.acme.id, email="ann@acme-pumps.test"
        )
        cls._enroll(cls.acme)

    def _ask(self, quantity):
        return self.env["crm.lead"].create(
            {
                "name": f"Order of {quantity} valves",
                "email_from": "Ann <ann@acme-pumps.test>",
                "description": f"Please quote {quantity} pcs of valve DN{quantity},"
                " target price USD 2.50, CIF Hamburg, needed by 2026-06-30.",
            }
        )

    def test_three_mails_that_say_what_is_wanted_make_silver(self):
        leads = self.env["crm.lead"].union(
            *(self._ask(quantity) for quantity in (200, 300))
        )
        self.assertEqual(self._get_tier(self.acme), "Ordinary")

        leads |= self._ask(400)

        self.assertEqual(set(leads.mapped("member_inquiry_state")), {"quality"})
        self.assertEqual(leads.member_inquiry_partner_id, self.ann)
        self.assertEqual(set(leads.mapped("member_inquiry_link")), {"mail"})
        self.assertEqual(self._get_tier(self.acme), "Silver")

    def test_the_same_mail_three_times_counts_once(self):
        for _number in range(3):
            self._ask(200)

        rows = self.env["member.activity"].search(
            [("kind", "=", "inquiry"), ("partner_id", "=", self.ann.id)]
        )
        self.assertEqual(sum(rows.mapped("quantity")), 1)
        self.assertEqual(self._get_tier(self.acme), "Ordinary")

    def test_spam_said_by_the_salesperson_takes_the_inquiry_back(self):
        lead = self._ask(200)

        lead._correct_inquiry("spam")

        rows = self.env["member.activity"].search(
            [("kind", "=", "inquiry"), ("partner_id", "=", self.ann.id)]
        )
        self.assertEqual(rows.mapped("quantity"), [-1, 1])
