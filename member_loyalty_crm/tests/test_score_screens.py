from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .score_common import ScoreCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestScoreScreens(ScoreCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.bob, cls.cyd = map(cls._create_customer, ("Ada", "Bob", "Cyd"))
        cls._enroll(cls.ada, cls.bob, cls.cyd)

    def test_the_explanation_says_how_the_member_compares_and_adds_up(self):
        for number, gap in enumerate((100, 80, 60, 40, 20)):
            customer = self._create_customer(f"Customer {number}")
            self._enroll(customer)
            self._buy(customer, gap, amount=100 + number)
        self._score()

        told = self._get_score(customer)._explain_score()

        self.assertIn(
            "Last bought on 02/23/2026, later than at least 80 % of the customers"
            " compared.",
            told["sentences"],
        )
        points = sum(part["points"] for part in told["parts"])
        self.assertAlmostEqual(points, self._get_score(customer).value_score, delta=0.6)
        self.assertEqual(sum(part["highest"] for part in told["parts"]), 100)

    def test_the_explanation_is_of_the_settings_that_were_used(self):
        self._buy(self.ada, 10)
        self._score()
        before = self._get_score(self.ada)._explain_score()["parts"]
        self.program.score_weight_tier = 500

        self.assertEqual(self._get_score(self.ada)._explain_score()["parts"], before)

    def test_every_stage_has_words(self):
        self._buy(self.ada, 10)
        self._score()
        score = self._get_score(self.ada)
        for stage, _label in score._fields["stage"].selection[1:]:
            with self.subTest(stage=stage):
                score.stage = stage
                self.assertGreater(len(score._explain_score()["sentences"]), 4)

    def test_names_in_the_explanation_are_no_markup(self):
        self.bob.name = "<script>alert(1)</script>"
        self._score()

        self.assertNotIn("<script>", str(self._get_score(self.bob).explanation))

    def test_memberships_are_found_by_their_score(self):
        self._buy(self.ada, 10)
        self._score()
        Membership = self.env["member.membership"]

        found = Membership.search([("score_segment", "=", "attention")])
        self.assertEqual(found.partner_id, self.ada)
        found = Membership.search([("value_score", ">", 0)])
        self.assertEqual(found.partner_id, self.ada)
        self.assertEqual(found.score_stage, "new")

    def test_a_member_without_a_score_is_told_when_there_will_be_one(self):
        membership = self._get_membership(self.ada)
        with self.assertRaisesRegex(UserError, "every night"):
            membership.action_explain_score()

    def test_scores_can_be_grouped_as_the_screens_offer(self):
        self._score()
        for name in ("segment", "stage", "tier_id", "user_id", "recency"):
            with self.subTest(name=name):
                groups = self.env["member.score"].formatted_read_group(
                    [], [name], ["__count"]
                )
                self.assertEqual(sum(group["__count"] for group in groups), 3)

    def test_only_managers_work_out_scores(self):
        officer = self._create_user("officer", "officer")
        with self.assertRaises(AccessError):
            self.program.with_user(officer).action_work_out_scores()

        manager = self._create_user("manager", "manager")
        self.program.with_user(manager).action_work_out_scores()
        self.assertTrue(self._get_score(self.ada))

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_a_salesperson_sees_scores_of_customers_who_may_be_seen(self):
        self._score()
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        self.env["ir.rule"].create(
            {
                "name": "Not Bob",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.bob.id)],
            }
        )
        scores = self.env["member.score"].with_user(seller)
        hidden = self._get_score(self.bob).with_user(seller)

        self.assertEqual(scores.search([]).partner_id, self.ada + self.cyd)
        for attempt in (hidden.action_explain, hidden.action_open_membership):
            with self.assertRaises(AccessError):
                attempt()
        with self.assertRaises(AccessError):
            hidden.read(["value_score"])

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_nobody_writes_scores_and_portal_users_see_none(self):
        self._score()
        score = self._get_score(self.ada)
        manager = self._create_user("manager", "manager")
        portal = self._create_user("portal", "base.group_portal")

        with self.assertRaises(AccessError):
            score.with_user(manager).write({"value_score": 100})
        with self.assertRaises(AccessError):
            score.with_user(manager).unlink()
        with self.assertRaises(AccessError):
            score.with_user(portal).read(["value_score"])
        with self.assertRaises(AccessError):
            score.with_user(portal).action_explain()

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_scores_of_another_company_are_hidden(self):
        company = self._create_company()
        other = self._create_program(company=company)
        self._enroll(self.ada, program=other)
        self._score(other)
        seller = self._create_user("seller", "sales_team.group_sale_salesman")

        score = self._get_score(self.ada, other).with_user(seller)
        with self.assertRaises(AccessError):
            score.action_explain()
        self.assertFalse(score.search([]))
