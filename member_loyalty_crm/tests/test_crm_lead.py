from odoo.tests import tagged
from odoo.tests.common import TransactionCase, new_test_user


@tagged("post_install", "-at_install")
class TestCrmLead(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["member.program"].create(
            {
                "name": "Club",
                "sequence": -1,
                "tier_ids": [
                    (0, 0, {"name": "Base", "sequence": 1}),
                    (0, 0, {"name": "Top", "sequence": 2}),
                ],
            }
        )
        cls.base, cls.top = cls.program.tier_ids
        cls.company = cls.env["res.partner"].create(
            {"name": "Acme", "is_company": True}
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Ann", "parent_id": cls.company.id}
        )

    def _create_lead(self, partner=None):
        return self.env["crm.lead"].create(
            {"name": "Inquiry", "partner_id": partner.id if partner else False}
        )

    def test_a_lead_of_a_contact_shows_the_tier_of_the_company(self):
        self.program._enroll_partners(self.company, "hand")

        lead = self._create_lead(self.contact)

        self.assertEqual(lead.member_tier_id, self.base)

    def test_a_lead_follows_when_the_member_gets_another_tier(self):
        membership = self.program._enroll_partners(self.company, "hand")
        lead = self._create_lead(self.contact)
        self.assertEqual(lead.member_tier_id, self.base)

        membership._assign_tier(self.top, "Promised at the fair")
        lead.invalidate_recordset(["member_tier_id"])

        self.assertEqual(lead.member_tier_id, self.top)

    def test_a_lead_without_customer_has_no_tier(self):
        self.assertFalse(self._create_lead().member_tier_id)

    def test_leads_are_found_by_tier(self):
        self.program._enroll_partners(self.company, "hand")
        of_member = self._create_lead(self.contact)
        of_nobody = self._create_lead()
        both = [("id", "in", (of_member + of_nobody).ids)]

        def find(operator, value):
            domain = [("member_tier_id", operator, value), *both]
            return self.env["crm.lead"].search(domain)

        self.assertEqual(find("=", self.base.id), of_member)
        self.assertEqual(find("!=", False), of_member)
        self.assertEqual(find("=", False), of_nobody)

    def test_a_salesperson_opens_the_membership_from_the_lead(self):
        membership = self.program._enroll_partners(self.company, "hand")
        lead = self._create_lead(self.contact)
        salesperson = new_test_user(
            self.env, "sales_of_leads", "sales_team.group_sale_salesman_all_leads"
        )

        action = lead.with_user(salesperson).action_open_member_memberships()

        self.assertEqual(action["res_id"], membership.id)

    def test_the_screens_load_for_a_salesperson(self):
        salesperson = new_test_user(
            self.env, "sales_of_views", "sales_team.group_sale_salesman"
        )
        wanted = [
            ("crm.crm_lead_view_form", "form"),
            ("crm.crm_case_kanban_view_leads", "kanban"),
            ("crm.crm_case_tree_view_oppor", "list"),
            ("crm.view_crm_case_opportunities_filter", "search"),
        ]
        views = (
            self.env["crm.lead"]
            .with_user(salesperson)
            .get_views([(self.env.ref(name).id, kind) for name, kind in wanted])
        )["views"]

        lacking = [
            kind for kind, view in views.items() if "member_tier_id" not in view["arch"]
        ]
        self.assertFalse(lacking)
