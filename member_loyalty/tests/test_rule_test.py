from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import TODAY
from .rehearsal_common import RehearsalCommon


@tagged("post_install", "-at_install")
class TestRuleTest(RehearsalCommon):
    """What the rules of a program must do, kept with the program."""

    def test_a_customer_with_these_orders_is_gold(self):
        test = self._create_test(
            self.gold,
            {"amount": 6000, "months_before": 11},
            {"amount": 4000, "days_before": 3},
        )

        self.assertEqual(test.state, "passed")
        self.assertEqual(test.tested_version_id, self.program.version_id)

    def test_what_came_out_instead_is_told(self):
        test = self._create_test(self.gold, {"amount": 9999.99})

        self.assertEqual(test.state, "failed")
        self.assertEqual(test.outcome_text, "Silver instead of Gold")

    def test_purchases_before_the_window_do_not_count(self):
        test = self._create_test(self.ordinary, {"amount": 5000, "months_before": 12})

        self.assertEqual(test.state, "passed")

    def test_a_draft_is_tested_as_it_changes(self):
        test = self._create_test(self.gold, {"amount": 6000})
        draft = self._draft_rules()
        self.assertIn("Silver instead of Gold", draft.failed_test_text)

        self._get_rules(draft, self.gold).condition_ids.value = 6000
        draft.invalidate_recordset()

        self.assertFalse(draft.failed_test_text)
        self.assertEqual(draft._get_rule_tests().state, "passed")
        self.assertEqual(test.state, "failed")

    def test_a_customer_who_holds_a_tier_falls_on_a_review_only(self):
        held = {"tier_before_id": self.gold.id}

        self.assertEqual(self._create_test(self.gold, **held).state, "passed")
        self.assertEqual(
            self._create_test(self.ordinary, at_review=True, **held).state, "passed"
        )

    def test_tags_and_categories_count(self):
        tag = self.env["member.tag"].create({"name": "Engineer"})
        parts = self.env["product.category"].create({"name": "Parts"})
        gears = self.env["product.category"].create(
            {"name": "Gears", "parent_id": parts.id}
        )
        draft = self._draft_rules()
        draft.rule_ids = [
            self._prepare_rule(
                {"metric": "has_tag", "tag_ids": tag.ids},
                {"value": 50, "category_ids": parts.ids},
                tier_id=self.gold.id,
            )
        ]
        test = self._create_test(
            self.gold, {"amount": 60, "category_id": gears.id}, tag_ids=tag.ids
        ).with_context(member_rule_version_id=draft.id)

        self.assertEqual(test.state, "passed")
        test.tag_ids = False
        self.assertEqual(test.outcome_tier_id, self.ordinary)

    def test_running_says_what_fails(self):
        tests = self._create_test(self.gold) | self._create_test(self.ordinary)

        said = tests.action_run()["params"]

        self.assertEqual(said["title"], "1 of 2 rule tests pass")
        self.assertIn("Ordinary instead of Gold", said["message"])

    def test_an_upgrade_tells_a_manager(self):
        self._create_test(self.gold, {"amount": 5})
        self._create_test(self.ordinary, {"amount": 5})
        version = self.program.version_id

        self.env["member.rule.test"]._run_all_in_force()

        self.assertEqual(len(version.activity_ids), 1)
        self.assertIn("Ordinary instead of Gold", version.message_ids[0].body)

    def test_an_upgrade_is_silent_when_all_pass(self):
        self._create_test(self.ordinary, {"amount": 5})
        messages = self.program.version_id.message_ids

        self.env["member.rule.test"]._run_all_in_force()

        self.assertEqual(self.program.version_id.message_ids, messages)

    def test_facts_are_copied_from_a_member(self):
        ada = self._create_customer()
        [membership] = self._enroll(ada)
        self._book(ada, 900, on=date(2026, 1, 10))
        self._book(ada, 300, on=date(2026, 3, 1))
        self.program._evaluate(TODAY)
        test = self._create_test(self.silver, membership_id=membership.id)

        test.action_copy_facts()

        self.assertRecordValues(
            test.fact_ids.sorted("days_before"),
            [
                {"amount": 300, "days_before": 14, "order_count": 1},
                {"amount": 900, "days_before": 64, "order_count": 1},
            ],
        )
        self.assertEqual(test.tier_before_id, self.silver)
        self.assertEqual(test.state, "passed")

    def test_a_copy_measures_what_the_member_measures(self):
        for seed in range(3):
            random = self._get_random(seed)
            program = self._create_random_program(random)
            members = self._create_crowd(random, 15, program)
            for membership in members:
                self._put(membership, valid_until=None, granted_until=None)
                joined_on = date(2024, 5, 15)
                self._put(membership, automatic=True, joined_on=joined_on)
            self.env.registry.clear_cache()
            copies = []
            for membership in members:
                test = self._create_test(
                    membership.tier_id,
                    program=program,
                    membership_id=membership.id,
                    at_review=True,
                )
                test.action_copy_facts()
                copies.append((membership, test.outcome_tier_id))

            self._apply(program, may_fall=True)

            members.invalidate_recordset()
            for membership, tier in copies:
                self.assertEqual(membership.tier_id, tier, f"seed {seed}")

    def test_a_member_is_chosen_before_facts_are_copied(self):
        with self.assertRaisesRegex(UserError, "Choose a member"):
            self._create_test(self.gold).action_copy_facts()

    def test_tiers_of_another_program_are_refused(self):
        other = self._create_program(sequence=99)

        with self.assertRaisesRegex(UserError, "is not one of"):
            self._create_test(other.tier_ids[0])

    def test_officers_read_and_run_tests(self):
        test = self._create_test(self.ordinary).with_user(
            self._create_user("testing officer", "officer")
        )

        self.assertEqual(test.state, "passed")
        self.assertEqual(test.action_run()["params"]["type"], "success")
        with self.assertRaises(AccessError):
            test.name = "Mine"

    def test_a_test_is_written_in_a_form(self):
        with Form(self.env["member.rule.test"]) as form:
            form.name = "Two lamps are silver"
            form.program_id = self.program
            form.expected_tier_id = self.silver
            with form.fact_ids.new() as fact:
                fact.amount = 1200
            self.assertEqual(form.state, "passed")

    def test_a_rule_is_written_in_the_draft_with_a_preview(self):
        rich = self._create_customer()
        self._enroll(rich)
        self._book(rich, 300)
        with Form(self._draft_rules()) as form, form.rule_ids.new() as rule:
            rule.tier_id = self.silver
            with rule.condition_ids.new() as condition:
                condition.value = 200
            self.assertEqual((rule.match_count, rule.member_count), (1, 1))
            with rule.condition_ids.edit(0) as condition:
                condition.value = 400
            self.assertEqual(rule.match_count, 0)

        self.assertIn("Silver is now reached with", form.record.change_text)
