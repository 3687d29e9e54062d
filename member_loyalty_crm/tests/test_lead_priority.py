from odoo.tests import tagged

from odoo.addons.member_loyalty.tests.benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestLeadPriority(BenefitCommon):
    """Leads of members who are promised to be answered first get their stars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_member(tier=cls.silver)
        cls.bob = cls._create_member("Bob")

    def _create_lead(self, customer=None, **values):
        return self.env["crm.lead"].create(
            {"name": "Inquiry", "partner_id": customer and customer.id, **values}
        )

    def test_a_lead_of_an_entitled_member_gets_the_stars(self):
        benefit = self._create_benefit(kind="priority", priority_level="2")

        leads = [self._create_lead(one) for one in (self.ada, self.bob, None)]

        self.assertEqual([lead.priority for lead in leads], ["2", "0", "0"])
        self.assertEqual(leads[0].member_priority, "2")
        self.assertEqual(self._get_uses(benefit), [(1, 0)])

    def test_stars_are_never_taken(self):
        self._create_benefit(kind="priority", priority_level="1")

        self.assertEqual(self._create_lead(self.ada, priority="3").priority, "3")

    def test_a_salesperson_may_take_the_stars_off(self):
        self._create_benefit(kind="priority", priority_level="2")
        lead = self._create_lead(self.ada)

        lead.priority = "0"
        lead.write({"partner_id": self.ada.id, "description": "Same customer"})

        self.assertEqual(lead.priority, "0")

    def test_a_lead_gets_the_stars_when_its_customer_is_known(self):
        benefit = self._create_benefit(kind="priority", priority_level="2")
        lead = self._create_lead()

        lead.partner_id = self.ada
        lead.partner_id = self.bob
        lead.partner_id = self.ada

        self.assertEqual(lead.priority, "2")
        self.assertEqual(self._get_uses(benefit), [(1, 0)])

    def test_stars_are_given_as_often_as_the_benefit_says(self):
        self._create_benefit(kind="priority", priority_level="2", quota=1)

        leads = [self._create_lead(self.ada) for _number in range(2)]

        self.assertEqual([lead.priority for lead in leads], ["2", "0"])

    def test_leads_that_come_together_are_not_more(self):
        benefit = self._create_benefit(kind="priority", priority_level="2", quota=1)
        vals = {"name": "Inquiry", "partner_id": self.ada.id}

        leads = self.env["crm.lead"].create([dict(vals) for _number in range(3)])

        self.assertEqual(leads.mapped("priority"), ["2", "0", "0"])
        self.assertEqual(self._get_uses(benefit), [(1, 0)])

    def test_activities_of_leads_show_the_stars(self):
        self._create_benefit(kind="priority", priority_level="3")
        lead = self._create_lead(self.ada)

        activity = lead.activity_schedule("mail.mail_activity_data_todo")

        self.assertEqual(activity.member_priority, "3")

    def test_a_salesperson_without_our_rights_makes_leads(self):
        self._create_benefit(kind="priority", priority_level="2")
        seller = self._create_user("seller", "sales_team.group_sale_salesman")

        lead = (
            self.env["crm.lead"]
            .with_user(seller)
            .create({"name": "Inquiry", "partner_id": self.ada.id})
        )

        self.assertEqual(lead.priority, "2")

    def test_leads_ask_nothing_more_without_such_a_benefit(self):
        lead = self._create_lead(self.ada)
        self.env["member.benefit"]._is_priority_granted()

        with self.assertQueryCount(0):
            lead._answer_first()
