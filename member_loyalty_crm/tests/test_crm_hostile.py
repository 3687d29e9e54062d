from odoo.exceptions import AccessError
from odoo.tests import tagged

from .inquiry_common import InquiryCommon


@tagged("post_install", "-at_install")
class TestHostileLeads(InquiryCommon):
    """Leads in the hands of salespeople who see their own documents only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls._create_user("sam", "sales_team.group_sale_salesman")
        cls.kim = cls._create_user("kim", "sales_team.group_sale_salesman")

    def _merge(self, leads):
        return leads.with_user(self.sam).merge_opportunity().sudo()

    def test_a_salesperson_merges_leads(self):
        one = self._create_lead(user_id=self.sam.id)
        two = self._create_lead("<p>Hello</p>", user_id=self.sam.id)

        merged = self._merge(one | two)

        self.assertTrue(merged.exists())
        self.assertEqual(merged.member_inquiry_state, "quality")

    def test_what_a_person_decided_outlives_a_merge_with_a_better_grade(self):
        head = self._create_lead("Hello", user_id=self.sam.id, type="opportunity")
        other = self._create_lead(sender="else@bolt.example", user_id=self.sam.id)
        head.action_inquiry_ordinary()

        merged = self._merge(head | other)

        self.assertEqual(merged, head)
        self.assertEqual(merged.member_inquiry_decided_by, "hand")
        self.assertEqual(merged.member_inquiry_state, "ordinary")

    def test_a_line_is_not_moved_to_a_lead_of_somebody_else(self):
        mine = self._create_lead(user_id=self.sam.id)
        foreign = self._create_lead("Hello", user_id=self.kim.id)
        line = mine.member_inquiry_line_ids[:1].with_user(self.sam)

        with self.assertRaises(AccessError):
            line.write({"lead_id": foreign.id})

    def test_defaults_of_a_context_do_not_decide_about_an_inquiry(self):
        leads = self.env["crm.lead"].with_user(self.sam)

        lead = leads.with_context(
            default_member_inquiry_state="quality",
            default_member_inquiry_decided_by="hand",
            default_member_inquiry_grade=100,
        ).create({"name": "Nothing", "user_id": self.sam.id})

        self.assertEqual(lead.member_inquiry_state, "none")
        self.assertNotEqual(lead.member_inquiry_decided_by, "hand")
