from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TODAY, MemberCommon


@tagged("post_install", "-at_install")
class TestRuleVersions(MemberCommon):
    """Rules change by versions; what members were promised stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls.first = cls.program.version_id

    def _join(self, amount=1000):
        self._enroll(self.customer)
        self._book(self.customer, amount)
        self.program._evaluate(TODAY)
        return self._get_membership(self.customer)

    def test_rules_are_free_until_somebody_is_a_member(self):
        self.silver.rule_ids.condition_ids.value = 700
        self._enroll(self.customer)

        with self.assertRaisesRegex(UserError, "Change Rules"):
            self.silver.rule_ids.condition_ids.value = 800
        with self.assertRaisesRegex(UserError, "Change Rules"):
            self.silver.rule_ids.unlink()
        with self.assertRaisesRegex(UserError, "Change Rules"):
            self.first.lifetime_tier_ids = self.gold

    def test_a_draft_changes_nothing(self):
        membership = self._join()
        draft = self._draft_rules()
        self._get_rules(draft, self.gold).condition_ids.value = 1001
        self._confirm_order(self.customer, 500)
        self.program._evaluate(TODAY)

        self.assertEqual(membership.tier_id, self.silver)
        self.assertEqual(self.silver.rule_ids.version_id, self.first)

    def test_an_activated_draft_ends_the_version_before(self):
        self._join()
        self._travel_to("2026-03-20 10:00:00")
        draft = self._change_rules(self.silver, value=2000)

        self.assertRecordValues(
            self.first | draft,
            [
                {
                    "state": "retired",
                    "valid_from": TODAY,
                    "valid_until": date(2026, 3, 19),
                },
                {
                    "state": "in_force",
                    "valid_from": date(2026, 3, 20),
                    "valid_until": False,
                },
            ],
        )
        self.assertEqual(self.program.version_id, draft)
        self.assertEqual(self.silver.rule_ids.version_id, draft)

    def test_a_version_replaced_on_its_first_day_had_no_day_of_its_own(self):
        draft = self._change_rules(self.silver, value=2000)

        self.assertFalse(self.first.valid_from or self.first.valid_until)
        self.assertEqual(draft.valid_from, TODAY)

    def test_easier_rules_lift_members_with_the_next_evaluation(self):
        membership = self._join(900)
        self._change_rules(self.silver, value=900)
        self.program._evaluate(TODAY)

        self.assertEqual(membership.tier_id, self.silver)
        self.assertEqual(membership.version_id, self.program.version_id)

    def test_harder_rules_take_nothing_before_the_promise_ends(self):
        self.program.write({"term_months": 3})
        membership = self._join()
        self._change_rules(self.silver, value=5000)

        self.program._evaluate(date(2026, 6, 14), may_fall=True)
        self.assertEqual(membership.tier_id, self.silver)

        self.program._evaluate(date(2026, 6, 15), may_fall=True)
        self.assertEqual(membership.tier_id, self.ordinary)

    def test_members_rise_by_the_rules_they_entered_under_while_promised(self):
        self.program.write({"term_months": 3})
        membership = self._join()
        self._change_rules(self.gold, value=50000)
        self._confirm_order(self.customer, 9000)

        self.assertEqual(membership.tier_id, self.gold)
        self.assertEqual(membership.version_id, self.first)
        newcomer = self._create_customer("Bea")
        self._confirm_order(newcomer, 10000)
        self.assertEqual(self._get_tier(newcomer), "Silver")

    def test_an_order_that_was_under_way_at_the_activation_keeps_its_rules(self):
        self._enroll(self.customer)
        membership = self._get_membership(self.customer)
        self._change_rules(self.gold, value=50000)
        self.program._get_former_rules()
        # what another process writes that began before
        self.env.cr.execute(
            "UPDATE member_membership SET tier_id = %s, valid_until = %s,"
            " version_id = %s WHERE id = %s",
            [self.silver.id, TODAY, self.first.id, membership.id],
        )
        self.env.invalidate_all()
        self._confirm_order(self.customer, 10000)

        self.assertEqual(membership.tier_id, self.gold)

    def test_a_draft_made_from_older_rules_cannot_be_activated(self):
        old_draft = self._draft_rules()
        self._change_rules(self.silver, value=2000)

        with self.assertRaisesRegex(UserError, "overlap"):
            old_draft._activate()

    def test_only_a_draft_can_be_activated(self):
        with self.assertRaisesRegex(UserError, "no draft"):
            self.first._activate()

    @mute_logger("odoo.sql_db")
    def test_two_versions_are_never_in_force_together(self):
        with self.assertRaises(IntegrityError):
            self._draft_rules().sudo().state = "in_force"

    def test_days_of_versions_do_not_overlap(self):
        self.first.valid_from = date(2026, 1, 1)
        with self.assertRaisesRegex(ValidationError, "overlap"):
            self._draft_rules().valid_from = date(2026, 2, 1)

    def test_thresholds_that_do_not_rise_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Raise what Gold asks for"):
            self.gold.rule_ids.condition_ids.value = 1000
        draft = self._draft_rules()
        self._get_rules(draft, self.gold).condition_ids.value = 900

        self.assertIn("Gold", draft.flaw_text)
        with self.assertRaisesRegex(ValidationError, "Raise what Gold asks for"):
            draft._activate()

    def test_a_version_that_was_in_force_is_not_deleted(self):
        self._join()
        self._change_rules(self.silver, value=2000)

        with self.assertRaisesRegex(UserError, "history"):
            self.first.unlink()
        self._draft_rules().unlink()

    def test_a_rule_belongs_to_a_tier_of_its_program(self):
        other = self._create_program(sequence=99)
        with self.assertRaisesRegex(ValidationError, "not one of"):
            self._draft_rules().rule_ids = [
                self._prepare_rule({"value": 1}, tier_id=other.tier_ids[1].id)
            ]

    def test_what_was_in_force_is_read_from_what_was_kept(self):
        self._join()
        self._change_rules(self.silver, value=2000)
        ladder = self.first._get_ladder()
        self.env.cr.execute("UPDATE member_tier_condition SET value = 1")
        self.env.invalidate_all()

        self.assertEqual(self.first._get_ladder(), ladder)

    def test_a_tier_is_kept_by_easier_rules(self):
        self.silver.rule_ids = [self._prepare_rule({"value": 400}, purpose="keep")]
        keeper, loser = self._create_customer("Bea"), self._create_customer("Cora")
        self._enroll(keeper, loser, tier=self.silver)
        self._book(keeper, 400)
        self._book(loser, 399)

        self.program._evaluate(date(2026, 4, 1), may_fall=True)

        self.assertEqual(self._get_tier(keeper), "Silver")
        self.assertEqual(self._get_tier(loser), "Ordinary")
        self.assertNotIn("400", self.silver.rule_summary)

    def test_a_tier_for_life_is_kept_without_purchases(self):
        self.first.lifetime_tier_ids = self.silver
        membership = self._join()
        later = date(2028, 4, 1)
        self.program._evaluate(later, may_fall=True)
        self.assertEqual(membership.tier_id, self.silver)

        self._book(self.customer, -1, on=later, count=0)
        membership.valid_until = later
        self.program._evaluate(date(2028, 5, 1), may_fall=True)

        self.assertEqual(membership.tier_id, self.ordinary)

    def test_the_form_says_how_many_members_match_while_it_is_written(self):
        other = self._create_customer("Bea")
        self._enroll(self.customer, other)
        self._book(self.customer, 1200)
        self._book(other, 800)
        draft = self._draft_rules()
        rule = self._get_rules(draft, self.silver)

        with Form(rule) as form:
            self.assertEqual(form.match_count, 1)
            with form.condition_ids.edit(0) as condition:
                condition.value = 800
            self.assertEqual(form.match_count, 2)
            with form.condition_ids.new() as condition:
                condition.metric = "order_count"
                condition.value = 2
            self.assertEqual(form.match_count, 0)

    def test_only_managers_change_rules(self):
        for group in ("officer", "user"):
            user = self._create_user(f"some {group}", group)
            with self.assertRaises(AccessError):
                self.program.with_user(user).action_change_rules()
            draft = self._draft_rules()
            with self.assertRaises(AccessError):
                draft.with_user(user)._activate()
        manager = self._create_user("a manager", "manager")
        action = self.program.with_user(manager).action_change_rules()
        draft = self.env["member.ladder.version"].browse(action["res_id"])
        draft.with_user(manager)._activate()

        self.assertEqual(draft.activated_by_id, manager)

    def test_a_tag_can_be_a_condition(self):
        tag = self.env["member.tag"].create({"name": "Needs support"})
        draft = self._draft_rules()
        self._get_rules(draft, self.silver).condition_ids = [
            Command.create({"metric": "has_tag", "tag_ids": tag.ids, "value": 1})
        ]
        draft._activate()
        membership = self._join(5000)
        self.assertEqual(membership.tier_id, self.ordinary)
        self.assertIn("Needs support", self._get_rules(draft, self.silver).sentence)

        self.customer.member_tag_ids = tag
        self.program._evaluate(TODAY)

        self.assertEqual(membership.tier_id, self.silver)

    def test_a_condition_on_a_tag_says_which(self):
        with self.assertRaisesRegex(ValidationError, "does not say which"):
            self._get_rules(self._draft_rules(), self.silver).condition_ids = [
                Command.create({"metric": "has_tag", "value": 1})
            ]
