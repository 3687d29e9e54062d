from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY, MemberCommon


@tagged("post_install", "-at_install")
class TestLadder(MemberCommon):
    """What a manager can change about tiers, and what that does to members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls._enroll(cls.customer)
        cls._book(cls.customer, 1500)

    def _evaluate(self):
        return self.program._evaluate(TODAY, may_fall=True)

    def test_a_lower_threshold_holds_with_the_next_evaluation(self):
        self._evaluate()
        self.gold.rule_ids.condition_ids.value = 1500
        self.assertEqual(self._get_tier(self.customer), "Silver")

        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_a_new_threshold_holds_with_the_next_order(self):
        self.gold.rule_ids.condition_ids.value = 1600
        self._confirm_order(self.customer, 100)

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_another_rule_is_another_way_to_the_tier(self):
        self.gold.rule_ids = [self._prepare_rule({"metric": "order_count", "value": 1})]
        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_two_conditions_of_a_rule_must_both_hold(self):
        self.silver.rule_ids.condition_ids = [
            Command.create({"metric": "order_count", "value": 2})
        ]
        self._evaluate()
        self.assertEqual(self._get_tier(self.customer), "Ordinary")

        self._book(self.customer, 1)
        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_tiers_in_another_order_are_another_ladder(self):
        self._evaluate()
        (self.ordinary | self.silver | self.gold).write({"sequence": 5})
        self.silver.sequence = 1

        self.assertTrue(self.silver.is_base)
        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_the_lowest_tier_needs_no_rules_even_if_it_has_some(self):
        self.gold.sequence = -1
        newcomer = self._create_customer("Bea")
        self._enroll(newcomer)
        self._evaluate()

        self.assertEqual(self._get_tier(newcomer), "Gold")

    def test_a_tier_that_somebody_holds_cannot_be_deleted(self):
        self._evaluate()

        with self.assertRaisesRegex(UserError, "1 members hold the tier"):
            self.silver.unlink()

    def test_a_tier_that_nobody_holds_can_be_deleted(self):
        self._evaluate()
        self.gold.unlink()
        self._confirm_order(self.customer, 50000)

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_a_tier_in_somebody_s_history_cannot_be_deleted(self):
        self._evaluate()
        self.silver.rule_ids.condition_ids.value = 5000
        self.program.term_months = 0
        self._get_membership(self.customer).valid_until = False
        self._evaluate()
        with self.assertRaisesRegex(UserError, "was in the tier"):
            self.silver.unlink()

    def test_a_program_that_lost_its_tiers_does_no_harm(self):
        empty = self._create_program(sequence=-1)
        empty.tier_ids.unlink()

        self._confirm_order(self.customer, 1)
        self.customer.action_enroll()

        self.assertFalse(self._get_membership(self.customer, empty))
        self.assertEqual(empty._evaluate(TODAY, may_fall=True).state, "done")
        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_a_program_without_members_can_be_deleted_with_its_tiers(self):
        empty = self._create_program(sequence=99)
        tiers = empty.tier_ids
        empty.unlink()

        self.assertFalse(tiers.exists())
        self._confirm_order(self.customer, 1)

    def test_a_program_needs_a_tier(self):
        with self.assertRaisesRegex(ValidationError, "has no tier"):
            self.env["member.program"].create({"name": "Empty"})

    def test_a_tier_stays_in_its_program(self):
        other = self._create_program(sequence=99)

        with self.assertRaisesRegex(UserError, "program"):
            self.silver.program_id = other

    def test_a_condition_must_ask_for_something(self):
        for value in (0, -5):
            with self.assertRaisesRegex(ValidationError, "more than 0"):
                self.silver.rule_ids.condition_ids.value = value

    def test_a_window_that_moves_needs_a_length(self):
        with self.assertRaisesRegex(ValidationError, "length"):
            self.silver.rule_ids.condition_ids.window_length = 0

    def test_a_program_with_members_stays_with_its_company(self):
        abroad = self._create_company()

        with self.assertRaises(ValidationError):
            self.program.company_id = abroad
        with self.assertRaises(ValidationError):
            self.program.member_level = "contact"

    def test_a_copy_has_the_same_ladder_and_no_members(self):
        twin = self.program.copy()

        self.assertEqual(twin.tier_ids.mapped("name"), ["Ordinary", "Silver", "Gold"])
        self.assertEqual(twin.membership_count, 0)
        self.assertFalse(twin.evaluated_until)
        self.assertEqual(
            twin.tier_ids.rule_ids.condition_ids.mapped("value"), [1000, 10000]
        )
