from datetime import timedelta
from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.member_loyalty.tests.common import TODAY

from .score_common import ScoreCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMemberScore(ScoreCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.bob, cls.cyd = map(cls._create_customer, ("Ada", "Bob", "Cyd"))
        cls._enroll(cls.ada, cls.bob, cls.cyd)

    def test_a_company_without_purchases_scores_everybody_as_never_bought(self):
        self._score()

        self.assertRecordValues(
            self._get_score(self.ada),
            [
                {
                    "recency": 0,
                    "frequency": 0,
                    "monetary": 0,
                    "segment": "never",
                    "stage": "registered",
                    "value_score": 0,
                    "interval_days": 0,
                    "next_expected_on": False,
                    "lifetime_value": 0,
                    "revenue_share": 0,
                }
            ],
        )

    def test_a_company_without_members_scores_nobody(self):
        self.env["member.membership"].search([]).active = False

        self.assertEqual(self._score(), 0)

    def test_the_only_buyer_is_in_the_middle(self):
        self._buy(self.ada, 10)
        self._score()

        self.assertRecordValues(
            self._get_score(self.ada),
            [{"recency": 3, "frequency": 3, "monetary": 3, "segment": "attention"}],
        )

    def test_working_out_again_writes_nothing(self):
        self._buy(self.ada, 10, 60)

        self.assertEqual(self._score(), 3)
        self.assertEqual(self._score(), 0)

    def test_only_what_changed_is_written(self):
        self._buy(self.ada, 10)
        self._score()
        self._inquire(self.bob)

        self.assertEqual(self._score(), 1)
        self.assertEqual(self._get_score(self.bob).inquiry_level, 3)

    def test_what_is_dated_in_the_future_does_not_count_yet(self):
        self._buy(self.ada, -1)
        self._score()
        self.assertEqual(self._get_score(self.ada).segment, "never")

        self._score(day=TODAY + timedelta(days=1))
        self.assertEqual(self._get_score(self.ada).recency, 3)

    def test_an_order_that_was_cancelled_is_no_purchase(self):
        order = self._confirm_order(self.ada, 500)
        order._action_cancel()
        self._score()

        score = self._get_score(self.ada)
        self.assertEqual((score.segment, score.lifetime_value), ("never", 0))
        self.assertFalse(score.last_purchase_on)

    def test_the_last_purchase_is_the_one_that_the_membership_shows(self):
        self._buy(self.ada, 50)
        self._confirm_order(self.ada, 500)._action_cancel()
        self._confirm_order(self.bob, 500)
        self._score()

        for customer in self.ada + self.bob:
            membership = self._get_membership(customer)
            self.assertEqual(
                membership.score_ids.last_purchase_on, membership.last_purchase_on
            )

    def test_giving_back_more_than_was_bought_counts_below_nothing(self):
        self._buy(self.ada, 10)
        self._book(self.ada, -400, count=0)
        self._buy(self.bob, 10)
        self._score()

        ada, bob = self._get_score(self.ada), self._get_score(self.bob)
        self.assertLess(ada.monetary, bob.monetary)
        self.assertEqual((ada.amount, ada.lifetime_value), (-300, -300))
        self.assertEqual(ada.revenue_share, 0)

    def test_whose_membership_ended_has_no_score(self):
        self._score()
        self._get_membership(self.ada).active = False

        self.assertEqual(self._score(), 1)
        self.assertFalse(
            self.env["member.score"].search([("partner_id", "=", self.ada.id)])
        )

    def test_members_who_become_one_have_one_score(self):
        self._buy(self.ada, 10)
        self._buy(self.bob, 40)
        self._score()

        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.ada + self.bob).ids, self.ada)
        self._score()

        score = self.env["member.score"].search(
            [("partner_id", "in", (self.ada.id, self.cyd.id))], order="partner_id"
        )[:1]
        self.assertEqual(score.membership_id, self._get_membership(self.ada))
        self.assertEqual((score.interval_days, score.lifetime_value), (30, 200))
        self.assertEqual(self._score(), 0)

    def test_a_member_merged_into_a_contact_that_is_none_keeps_a_score(self):
        dan = self._create_customer("Dan")
        self._buy(self.ada, 10)
        self._score()

        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.ada + dan).ids, dan)
        self._score()

        self.assertEqual(self._get_score(dan).lifetime_value, 100)

    def test_companies_are_scored_apart(self):
        company = self._create_company()
        other = self._create_program(company=company)
        self._enroll(self.ada, program=other)
        self._book(self.ada, 900, company=company)
        self._buy(self.bob, 5)
        self._score()
        self._score(other)

        self.assertEqual(self._get_score(self.ada).segment, "never")
        self.assertEqual(self._get_score(self.ada, other).lifetime_value, 900)
        self.assertEqual(self._score() + self._score(other), 0)

    def test_a_second_program_of_a_company_scores_nobody(self):
        second = self._create_program(sequence=99)
        self._enroll(self.ada, program=second)
        self._score()

        self.assertEqual(self._score(second), 0)
        self.assertEqual(self._get_score(self.ada).program_id, self.program)

    def test_when_another_program_comes_first_its_members_are_scored(self):
        self._score()
        first = self._create_program(sequence=-99)
        self._enroll(self.bob, program=first)
        self._score(first)

        self.assertEqual(self.env["member.score"].search([]).partner_id, self.bob)

    def test_contribution_takes_off_benefits_used_and_points_still_open(self):
        self.program._start_points()
        self.program.write(
            {"points_value_fixed": 0.5, "points_expected_redemption": 80}
        )
        self._buy(self.ada, 10, amount=1000)
        self._set_points(self.ada, 100)
        benefit = self.env["member.benefit"].create(
            {
                "program_id": self.program.id,
                "name": "Audit",
                "kind": "promise",
                "tier_ids": self.program.tier_ids.ids,
            }
        )
        benefit._use(self._get_membership(self.ada), cost=Decimal(75))
        self._score()

        self.assertEqual(self._get_score(self.ada).contribution, 1000 - 75 - 40)

    def test_the_share_of_sales_is_of_all_the_company_sold(self):
        guest = self._create_customer("Guest")
        self._buy(self.ada, 10, amount=250)
        self._buy(guest, 10, amount=750)
        self._score()

        self.assertEqual(self._get_score(self.ada).revenue_share, 0.25)

    def test_the_score_is_the_weighted_mean_of_its_parts(self):
        for name in ("recency", "frequency", "monetary", "points", "inquiries"):
            self.program[f"score_weight_{name}"] = 0
        self.program.score_weight_tier = 7
        self._get_membership(self.ada)._assign_tier(self.silver, "For the test")
        self._score()

        self.assertEqual(self._get_score(self.ada).value_score, 50)
        self.assertEqual(self._get_score(self.bob).value_score, 0)

    def test_settings_that_make_no_sense_are_refused(self):
        wrong = [
            {"score_weight_recency": -1},
            {f"score_weight_{part}": 0 for part in self._get_parts()},
            {"score_weight_tier": 1001},
            {"score_months": 0},
            {"score_months": 121},
            {"score_new_days": -5},
            {"score_win_back_factor": 2, "score_warning_factor": 2},
            {"score_warning_factor": 0},
            {"score_active_purchases": 0},
        ]
        for number, values in enumerate(wrong):
            with self.subTest(number=number), self.assertRaises(ValidationError):
                self.program.write(values)

    def _get_parts(self):
        return ("recency", "frequency", "monetary", "tier", "points", "inquiries")

    def test_changed_settings_are_told_until_they_count(self):
        self._score()
        self.assertFalse(self.program.has_former_score_settings)

        with Form(self.program) as form:
            form.score_weight_tier = 40
            self.assertTrue(form.has_former_score_settings)
        self._score()

        self.assertFalse(self.program.has_former_score_settings)

    def test_a_new_program_works_out_scores_with_its_defaults(self):
        self.assertIn("Recency 25 %", self.program.score_weight_summary)
        self.assertFalse(self.program.scored_on)
