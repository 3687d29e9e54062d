from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .segment_common import SegmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSegmentUse(SegmentCommon):
    """Segments in lists and exports, with the rights of who looks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.segment = cls._create_segment("Germans", country_ids=cls.germany)
        cls.seller = cls._create_user("seller", "sales_team.group_sale_salesman")

    def _find(self, model, *domain):
        return sorted(self.env[model].search(domain).mapped("display_name"))

    def test_members_and_contacts_are_found_by_segment(self):
        gold = self._create_segment("Golden", tier_ids=self.gold)
        both = (self.segment | gold).ids

        for model in ("member.membership", "res.partner"):
            with self.subTest(model=model):
                self.assertEqual(
                    self._find(model, ("member_segment_id", "in", both)),
                    ["Ada", "Bob"],
                )
                self.assertEqual(
                    self._find(model, ("member_segment_id", "=", self.segment.id)),
                    ["Ada"],
                )
                self.assertEqual(
                    self._find(model, ("member_segment_id", "ilike", "germ")),
                    ["Ada"],
                )

    def test_others_are_found_too(self):
        self.assertEqual(
            self._find(
                "member.membership",
                ("program_id", "=", self.program.id),
                ("member_segment_id", "!=", self.segment.id),
            ),
            ["Bob", "Cem"],
        )
        self.env["member.segment"].search([("id", "!=", self.segment.id)]).unlink()
        self.assertEqual(
            self._find(
                "member.membership",
                ("program_id", "=", self.program.id),
                ("member_segment_id", "=", False),
            ),
            ["Bob", "Cem"],
        )

    def test_the_panel_beside_members_lists_the_segments(self):
        values = self.env["member.membership"].search_panel_select_range(
            "member_segment_id", expand=True, hierarchize=False
        )["values"]

        self.assertIn("Germans", [value["display_name"] for value in values])

    def test_contacts_of_a_company_are_no_members_of_their_own(self):
        self._create_customer("Clerk", parent_id=self.ada.id, type="contact")

        self.assertEqual(
            self._find("res.partner", ("member_segment_id", "=", self.segment.id)),
            ["Ada"],
        )

    def test_buttons_open_exactly_the_members(self):
        for action in (
            self.segment.action_open_members(),
            self.segment.action_open_graph(),
            self.segment.action_open_partners(),
        ):
            with self.subTest(action=action["name"]):
                found = self.env[action["res_model"]].search(action["domain"])
                self.assertEqual(found.mapped("display_name"), ["Ada"])

    def test_the_export_has_exactly_the_members(self):
        action = self.segment.action_export()
        exporter = self._create_user("exporter", "user", "base.group_allow_export")
        wizard = self.env["member.export"].with_user(exporter)

        export = wizard.with_context(**action["context"]).create({})

        self.assertEqual(export.member_count, 1)
        self.assertEqual(export.selection_label, "Segment: Germans")
        found = self.env["member.membership"].search(export._get_domain())
        self.assertEqual(found.partner_id, self.ada)

    def test_an_export_narrows_a_segment_by_its_other_fields(self):
        export = self.env["member.export"].create(
            {
                "program_id": self.program.id,
                "segment_ids": [(6, 0, self.segment.ids)],
                "tier_ids": [(6, 0, self.gold.ids)],
            }
        )

        self.assertEqual(export.member_count, 0)

    def test_a_salesperson_makes_and_changes_only_own_segments(self):
        mine = self._create_segment("Mine", user=self.seller)

        mine.name = "Still mine"

        self.assertEqual(mine.member_count, 3)
        with self.assertRaises(AccessError):
            self.segment.with_user(self.seller).name = "Taken"
        with self.assertRaises(AccessError):
            self.segment.with_user(self.seller).unlink()
        self.segment.with_user(self._create_user("officer", "officer")).name = "Fine"

    def test_segments_of_another_company_are_out_of_reach(self):
        north = self._create_company()
        program = self._create_program(company=north, name="North")
        segment = self._create_segment("Northern", program_id=program.id)
        mine = self.env["member.membership"].with_user(self.seller)

        with self.assertRaises(AccessError):
            segment.with_user(self.seller).read(["name"])
        with self.assertRaises(AccessError):
            segment.with_user(self.seller).action_open_members()
        self.assertFalse(mine.search([("member_segment_id", "=", segment.id)]))
        with self.assertRaises(AccessError):
            self._create_segment("Foreign", user=self.seller, program_id=program.id)

    def test_purchases_in_another_company_do_not_count(self):
        north = self._create_company()
        self._create_program(company=north, name="North")
        self._book(self.ada, 100, company=north)
        segment = self._create_segment("Bought", purchase_history="bought")
        both = self.env["member.membership"].with_context(
            allowed_company_ids=(self.env.company | north).ids
        )

        found = both.search([("member_segment_id", "=", segment.id)])

        self.assertFalse(found)

    def test_portal_users_see_no_segments(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")

        with self.assertRaises(AccessError):
            self.segment.with_user(portal).read(["name"])
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(portal).search(
                [("member_segment_id", "=", self.segment.id)]
            )
        with self.assertRaises(AccessError):
            self.env["member.team.board"].with_user(portal).get_board()

    def test_scores_of_hidden_customers_stay_hidden(self):
        self._score(self.ada, value_score=90)
        segment = self._create_segment("Worthy", value_score_min=50)
        rule = self.env["ir.rule"].create(
            {
                "name": "Hide Ada",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.ada.id})]",
            }
        )
        self.env.flush_all()

        found = segment.with_user(self.seller).member_count

        self.assertTrue(rule)
        self.assertEqual(found, 0)

    def test_a_program_is_deleted_with_its_segments(self):
        program = self._create_program(name="Short-lived")
        tag = self._create_tag("Freed")
        segment = self._create_segment("Gone", program_id=program.id, tag_id=tag.id)

        program.unlink()

        self.assertFalse(segment.exists())
        self.assertEqual(tag.kept_by, "hand")

    def test_promotions_count_by_their_share_of_orders(self):
        loyalty = self.env["loyalty.program"].create(
            {
                "name": "Spring",
                "program_type": "promotion",
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount": 10})],
            }
        )
        for customer in (self.ada, self.bob):
            for number in range(3):
                order = self._confirm_order(customer, 100)
                if customer == self.ada and number < 2:
                    order.order_line.reward_id = loyalty.reward_ids

        self.assertEqual(self._find_names(promotion_share_min=66), ["Ada"])
        self.assertEqual(self._find_names(promotion_share_min=67), [])
