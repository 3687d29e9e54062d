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
        self._change_rules(self.gold, value=1500)
        self.assertEqual(self._get_tier(self.customer), "Silver")

        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_a_new_threshold_holds_with_the_next_order(self):
        self._change_rules(self.gold, value=1600)
        self._confirm_order(self.customer, 100)

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_another_rule_is_another_way_to_the_tier(self):
        draft = self._draft_rules()
        condition = {"metric": "order_count", "value": 1}
        draft.rule_ids = [self._prepare_rule(condition, tier_id=self.gold.id)]
        draft._activate()
        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Gold")

    def test_two_conditions_of_a_rule_must_both_hold(self):
        draft = self._draft_rules()
        self._get_rules(draft, self.silver).condition_ids = [
            Command.create({"metric": "order_count", "value": 2})
        ]
        draft._activate()
        self._evaluate()
        self.assertEqual(self._get_tier(self.customer), "Ordinary")

        self._book(self.customer, 1)
        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_tiers_with_members_keep_their_order(self):
        with self.assertRaisesRegex(UserError, "keep their order"):
            self.silver.sequence = 99

    def test_a_new_tier_may_come_between_and_nobody_has_it_yet(self):
        platinum = self.env["member.tier"].create(
            {"name": "Platinum", "program_id": self.program.id, "sequence": 1}
        )
        self._evaluate()
        self.assertEqual(self._get_tier(self.customer), "Silver")

        draft = self._draft_rules()
        draft.rule_ids = [self._prepare_rule({"value": 1400}, tier_id=platinum.id)]
        draft._activate()
        self._evaluate()

        self.assertEqual(self._get_tier(self.customer), "Platinum")

    def test_the_lowest_tier_needs_no_rules_even_if_it_has_some(self):
        other = self._create_program(sequence=99)
        other.tier_ids.filtered(lambda tier: tier.name == "Gold").sequence = -1
        newcomer = self._create_customer("Bea")
        self._enroll(newcomer, program=other)
        other._evaluate(TODAY, may_fall=True)

        self.assertEqual(self._get_tier(newcomer, other), "Gold")

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
        self._change_rules(self.silver, value=5000)
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
        conditions = self._get_rules(self._draft_rules(), self.silver).condition_ids
        for value in (0, -5):
            with self.assertRaisesRegex(ValidationError, "more than 0"):
                conditions.value = value

    def test_a_window_that_moves_needs_a_length(self):
        with self.assertRaisesRegex(ValidationError, "length"):
            draft = self._draft_rules()
            self._get_rules(draft, self.silver).condition_ids.window_length = 0

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
