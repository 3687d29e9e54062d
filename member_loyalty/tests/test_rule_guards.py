from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY, MemberCommon


@tagged("post_install", "-at_install")
class TestRuleGuards(MemberCommon):
    """No way around the signature, whatever is written from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls.membership = cls._enroll(cls.customer)
        cls.manager = cls._create_user("boss", "manager")

    def test_a_manager_does_not_rewrite_the_course_of_a_version(self):
        version = self.program.version_id.with_user(self.manager)
        for values in (
            {"state": "draft"},
            {"ladder": []},
            {"valid_from": "2020-01-01"},
            {"number": 9},
        ):
            with self.subTest(str(values)), self.assertRaisesRegex(UserError, "sign"):
                version.write(values)

    def test_a_manager_does_not_put_a_draft_in_force_without_a_signature(self):
        draft = self._draft_rules()
        with self.assertRaisesRegex(UserError, "signing"):
            self.program.with_user(self.manager).version_id = draft

    def test_a_version_made_by_a_manager_is_a_draft(self):
        made = (
            self.env["member.ladder.version"]
            .with_user(self.manager)
            .create(
                {
                    "program_id": self.program.id,
                    "state": "retired",
                    "valid_from": "2020-01-01",
                    "valid_until": "2020-02-01",
                    "ladder": [],
                }
            )
        )

        self.assertEqual((made.state, made.valid_from), ("draft", False))

    def test_a_manager_still_makes_programs_and_drafts(self):
        action = self.program.with_user(self.manager).action_change_rules()
        draft = self.env["member.ladder.version"].browse(action["res_id"])
        copied = self.program.with_user(self.manager).copy()

        self.assertEqual(draft.based_on_id, self.program.version_id)
        self.assertEqual(copied.version_id.state, "in_force")

    def test_what_is_promised_changes_with_a_reason_only(self):
        officer = self._create_user("some officer", "officer")
        for values in (
            {"granted_tier_id": self.gold.id, "granted_until": "2099-01-01"},
            {"version_id": self._draft_rules().id},
            {"valid_until": "2099-01-01"},
        ):
            with self.subTest(str(values)), self.assertRaisesRegex(UserError, "reason"):
                self.membership.with_user(officer).write(values)

    def test_nobody_joins_with_a_promise(self):
        officer = self._create_user("some officer", "officer")
        with self.assertRaisesRegex(UserError, "reason"):
            self.env["member.membership"].with_user(officer).create(
                {
                    "partner_id": self._create_customer("Bert").id,
                    "program_id": self.program.id,
                    "granted_tier_id": self.gold.id,
                    "granted_until": "2099-01-01",
                }
            )

    def test_nobody_makes_an_explanation_of_a_foreign_member(self):
        other = self._create_company("Other")
        program = self._create_program(company=other)
        foreign = program._enroll_partners(self.customer, "hand")
        clerk = self._create_user("clerk", "user")
        with self.assertRaises(AccessError):
            self.env["member.tier.explanation"].with_user(clerk).create(
                {"membership_id": foreign.id}
            )
        with self.assertRaises(AccessError):
            foreign.with_user(clerk).action_explain()

    def test_a_user_has_a_tier_explained(self):
        clerk = self._create_user("clerk", "user")
        action = self.membership.with_user(clerk).action_explain()
        explanation = (
            self.env["member.tier.explanation"]
            .with_user(clerk)
            .browse(action["res_id"])
        )

        self.assertIn("1,000", explanation.line_ids.mapped("threshold_label")[0])

    def test_no_tier_comes_below_the_one_where_members_started(self):
        with self.assertRaisesRegex(UserError, "higher place"):
            self.program.tier_ids = [self._prepare_tier("Lower", -5)]

    def test_an_accelerator_names_tiers_of_its_program(self):
        other = self._create_program()
        with self.assertRaisesRegex(ValidationError, "Choose other tiers"):
            self.env["member.tier.accelerator"].create(
                {
                    "name": "Spring",
                    "program_id": self.program.id,
                    "tier_ids": [Command.set(other.tier_ids[-1].ids)],
                    "date_from": TODAY,
                    "date_to": TODAY,
                }
            )

    def test_a_copied_program_has_the_same_tiers_for_life(self):
        program = self._create_program()
        program.version_id.lifetime_tier_ids = program.tier_ids[-1]
        copied = program.copy()

        self.assertEqual(copied.version_id.lifetime_tier_ids, copied.tier_ids[-1])
        self.assertEqual(len(copied.version_id.rule_ids), 2)

    def test_a_country_that_joins_a_group_counts_at_once(self):
        group = self.env["res.country.group"].create(
            {"name": "Low", "country_ids": [Command.set(self.env.ref("base.be").ids)]}
        )
        program = self._create_program()
        program.tier_ids[1].rule_ids.condition_ids.country_group_ids = group
        before = program._get_ladder()
        group.country_ids += self.env.ref("base.nl")

        self.assertNotEqual(program._get_ladder(), before)
