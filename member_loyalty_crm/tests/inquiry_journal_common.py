from odoo.tests import freeze_time

from odoo.addons.member_loyalty.tests.journal_common import JournalCommon


@freeze_time("2026-03-15 10:00:00")
class InquiryJournalCommon(JournalCommon):
    """A club where 3 quality inquiries in 6 months give Silver, as 1,000 EUR do.

    Acme is a member with two contacts; every test ends with a true journal.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is read of texts has tests of its own; here leads are graded already
        cls.classPatch(
            cls.env.registry["crm.lead"], "_read_inquiries", lambda leads: None
        )
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
        cls.acme = cls._create_customer(
            "Acme", is_company=True, email="office@acme.test"
        )
        cls.ann = cls._create_customer(
            "Ann", parent_id=cls.acme.id, email="Ann <Ann@Acme.test>"
        )
        cls.pal = cls._create_customer(
            "Pal", parent_id=cls.acme.id, email="pal@home.test"
        )
        cls._enroll(cls.acme)
        cls.seller = cls._create_user(
            "seller", "sales_team.group_sale_salesman", email="seller@ours.test"
        )

    def _create_inquiry(self, state="quality", on="2026-03-10", **values):
        """Make a lead as a form or a mail does, already graded."""
        return self.env["crm.lead"].create(
            {
                "name": "We need 500 lamps",
                "company_id": self.env.company.id,
                "user_id": False,
                "member_inquiry_state": state,
                "member_inquiry_decided_by": "hand",
                "member_inquiry_on": on,
                "member_inquiry_grade": 80 if state == "quality" else 20,
                "member_inquiry_level": "a" if state == "quality" else "d",
                **values,
            }
        )

    def _get_tie(self, lead):
        return lead.member_inquiry_partner_id, lead.member_inquiry_link

    def assertInquiries(self, leads, expected):
        """Compare rows with (event, month and day, contact, quantity)."""
        told = [
            (row.event, row.date.isoformat()[5:], row.partner_id.name, row.quantity)
            for row in self._get_rows(*leads)
        ]
        self.assertEqual(told, expected)
