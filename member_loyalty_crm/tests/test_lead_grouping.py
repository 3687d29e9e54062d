from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.member_loyalty.tests.common import MemberCommon


@tagged("post_install", "-at_install")
class TestLeadGrouping(MemberCommon):
    """Leads and orders carry what their customers are, and are grouped by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._create_customer("Acme", is_company=True)
        cls.ann = cls._create_customer("Ann", parent_id=cls.acme.id)
        cls.bob = cls._create_customer("Bob")
        cls.stranger = cls._create_customer("Stranger")
        cls._enroll(cls.acme, tier=cls.silver)
        cls._enroll(cls.bob)
        cls._score(cls.acme, "champion")
        cls._score(cls.bob, "lost")
        cls.of_ann, cls.of_bob, cls.of_stranger, cls.of_nobody = (
            cls._create_lead(partner)
            for partner in (cls.ann, cls.bob, cls.stranger, None)
        )
        cls.leads = cls.of_ann | cls.of_bob | cls.of_stranger | cls.of_nobody
        cls.domain = [("id", "in", cls.leads.ids)]

    @classmethod
    def _score(cls, partner, segment, program=None):
        program = program or cls.program
        membership = partner.member_membership_ids.filtered(
            lambda one: one.program_id == program
        )
        return cls.env["member.score"].create(
            {
                "membership_id": membership.id,
                "company_id": program.company_id.id,
                "partner_id": partner.id,
                "segment": segment,
            }
        )

    @classmethod
    def _create_lead(cls, partner=None, company=None):
        return cls.env["crm.lead"].create(
            {
                "name": "Inquiry",
                "partner_id": partner and partner.id,
                "company_id": (company or cls.env.company).id,
                "user_id": False,
            }
        )

    def _group(self, name, model="crm.lead", domain=None):
        groups = self.env[model]._read_group(
            domain or self.domain, [name], ["id:recordset"]
        )
        return {
            key.name if hasattr(key, "name") and key else key or False: records
            for key, records in groups
        }

    def test_leads_are_grouped_by_the_tier_of_their_customers(self):
        self.assertEqual(
            self._group("member_tier_id"),
            {
                "Silver": self.of_ann,
                "Ordinary": self.of_bob,
                False: self.of_stranger | self.of_nobody,
            },
        )

    def test_leads_are_grouped_by_the_segment_of_their_customers(self):
        self.assertEqual(
            self._group("member_segment"),
            {
                "champion": self.of_ann,
                "lost": self.of_bob,
                False: self.of_stranger | self.of_nobody,
            },
        )

    def test_leads_are_grouped_by_both_at_once(self):
        groups = self.env["crm.lead"]._read_group(
            self.domain, ["member_tier_id", "member_segment"], ["id:recordset"]
        )

        self.assertIn((self.silver, "champion", self.of_ann), groups)
        self.assertEqual(len(groups), 3)

    def test_what_a_group_shows_is_what_its_filter_finds(self):
        for name in ("member_tier_id", "member_segment"):
            for key, leads in self._group(name).items():
                with self.subTest(f"{name} {key}"):
                    value = key
                    if name == "member_tier_id" and key:
                        value = self.program.tier_ids.filtered(
                            lambda tier, key=key: tier.name == key
                        ).id

                    found = self.env["crm.lead"].search(
                        [(name, "=", value), *self.domain]
                    )

                    self.assertEqual(found, leads)

    def test_a_lead_shows_the_segment_that_it_is_grouped_by(self):
        self.assertEqual(self.of_ann.member_segment, "champion")
        self.assertFalse(self.of_nobody.member_segment)

    def test_everything_but_a_segment_is_found(self):
        found = self.env["crm.lead"].search(
            [("member_segment", "!=", "champion"), *self.domain]
        )

        self.assertEqual(found, self.leads - self.of_ann)

    def test_each_company_has_its_own_tiers_and_segments(self):
        northwind = self._create_company()
        program = self._create_program(company=northwind)
        program._enroll_partners(self.acme, "hand")
        self._score(self.acme, "sleeping", program)
        there = self._create_lead(self.ann, northwind)
        both = self.env.companies | northwind
        lead = self.env["crm.lead"].with_context(allowed_company_ids=both.ids)

        groups = dict(
            lead._read_group(
                [("id", "in", (self.of_ann | there).ids)],
                ["member_segment"],
                ["id:recordset"],
            )
        )

        self.assertEqual(groups, {"champion": self.of_ann, "sleeping": there})
        self.assertEqual(
            lead.search([("member_segment", "=", "sleeping")]) & (there | self.of_ann),
            there,
        )
        self.assertEqual(
            lead.search([("member_tier_id", "=", program.tier_ids[0].id)])
            & (there | self.of_ann),
            there,
        )

    def test_in_a_program_for_contacts_the_contact_s_segment_counts(self):
        self.program.active = False
        program = self._create_program(member_level="contact")
        program._enroll_partners(self.ann, "hand")
        self.env["member.score"].search([]).unlink()
        self._score(self.ann, "new", program)

        self.assertEqual(self._group("member_segment")["new"], self.of_ann)
        self.assertEqual(self.ann.member_segment, "new")
        self.assertFalse(self.acme.member_segment)

    def test_contacts_are_grouped_and_found_by_segment(self):
        everybody = self.acme | self.ann | self.bob | self.stranger
        domain = [("id", "in", everybody.ids)]

        self.assertEqual(
            self._group("member_segment", "res.partner", domain),
            {"champion": self.acme | self.ann, "lost": self.bob, False: self.stranger},
        )
        found = self.env["res.partner"].search(
            [("member_segment", "=", "champion"), *domain]
        )
        self.assertEqual(found, self.acme | self.ann)
        none = self.env["res.partner"].search([("member_segment", "=", False), *domain])
        self.assertEqual(none, self.stranger)

    def test_who_has_no_business_with_members_sees_no_segment(self):
        clerk = self._create_user("clerk", "base.group_user")

        with self.assertRaises(AccessError):
            self.bob.with_user(clerk).read(["member_segment"])
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(clerk)._read_group(
                [], ["member_segment"], ["__count"]
            )

    def test_a_salesperson_groups_own_leads_by_tier_and_segment(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        other = self._create_user("other", "sales_team.group_sale_salesman")
        self.of_ann.user_id = seller
        self.of_bob.user_id = other
        leads = self.env["crm.lead"].with_user(seller)

        for name in ("member_tier_id", "member_segment"):
            with self.subTest(name):
                groups = leads.formatted_read_group(self.domain, [name], ["__count"])

                self.assertEqual(sum(group["__count"] for group in groups), 3)

    def _create_orders(self):
        """Create quotations of Ann, Bob and the stranger."""
        return [
            self._create_order(partner, 10)
            for partner in (self.ann, self.bob, self.stranger)
        ]

    def test_orders_are_grouped_and_found_by_the_segment_of_their_customers(self):
        of_ann, of_bob, of_stranger = self._create_orders()
        domain = [("id", "in", (of_ann | of_bob | of_stranger).ids)]
        orders = self.env["sale.order"]

        groups = self._group("member_segment", "sale.order", domain)

        self.assertEqual(
            groups, {"champion": of_ann, "lost": of_bob, False: of_stranger}
        )
        for segment, found in groups.items():
            with self.subTest(segment):
                one = [("member_segment", "=", segment), *domain]
                self.assertEqual(orders.search(one), found)
        self.assertEqual(of_ann.member_segment, "champion")

    def test_the_sales_analysis_is_grouped_by_segment(self):
        orders = self.env["sale.order"].union(*self._create_orders())
        seller = self._create_user("seller", "sales_team.group_sale_salesman_all_leads")

        groups = (
            self.env["sale.report"]
            .with_user(seller)
            ._read_group(
                [("partner_id", "in", orders.partner_id.ids)],
                ["member_segment"],
                ["price_subtotal:sum"],
            )
        )

        self.assertEqual(dict(groups), {"champion": 10, "lost": 10, False: 10})

    def test_confirming_an_order_asks_for_no_segment(self):
        order, *_others = self._create_orders()
        scores = type(self.env["res.partner"])

        with patch.object(scores, "_get_member_segments") as asked:
            order.action_confirm()

        asked.assert_not_called()

    def test_the_screens_offer_the_segment_of_orders(self):
        for model, view in (
            ("sale.order", "sale.sale_order_view_search_inherit_quotation"),
            ("sale.order", "sale.sale_order_view_search_inherit_sale"),
            ("sale.report", "sale.view_order_product_search"),
        ):
            with self.subTest(view):
                arch = self.env[model].get_view(self.env.ref(view).id, "search")["arch"]

                self.assertIn("'group_by': 'member_segment'", arch)

    def test_the_screens_offer_both_groups(self):
        for view in (
            "view_crm_case_leads_filter",
            "view_crm_case_opportunities_filter",
        ):
            with self.subTest(view):
                arch = self.env["crm.lead"].get_view(
                    self.env.ref(f"crm.{view}").id, "search"
                )["arch"]

                self.assertIn("'group_by': 'member_tier_id'", arch)
                self.assertIn("'group_by': 'member_segment'", arch)
