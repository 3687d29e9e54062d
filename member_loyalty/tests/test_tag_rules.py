from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .tag_common import TagCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestTagRules(TagCommon):
    """Tags that rules keep: who meets a rule carries the tag, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.bea = cls._create_customer("Ada"), cls._create_customer("Bea")
        cls.members = cls._enroll(cls.ada, cls.bea)
        cls.tag = cls._create_rule_tag()

    def _create_condition(self, **values):
        return {"metric": "order_count", "value": 1, **values}

    def test_who_meets_a_rule_gets_the_tag_at_exactly_the_threshold(self):
        self._book(self.ada, 1000)
        self._book(self.bea, 999.99)

        self.tag.action_apply()

        self.assertEqual(self.tag.partner_ids, self.ada)
        self.assertEqual(self._get_changes(self.tag), [("Ada", "added", "rules")])

    def test_the_tag_goes_when_the_rule_is_no_longer_met(self):
        self._book(self.ada, 1000, on=date(2025, 3, 16))
        self.program._keep_tags(TODAY)
        self._travel_to("2026-03-16 10:00:00")

        self.program._keep_tags(date(2026, 3, 16))

        self.assertFalse(self.tag.partner_ids)
        self.assertEqual(
            self._get_changes(self.tag),
            [("Ada", "added", "rules"), ("Ada", "removed", "rules")],
        )

    def test_doing_it_again_changes_nothing_and_logs_nothing(self):
        self._book(self.ada, 1000)
        first = self.program._keep_tags(TODAY)
        second = self.program._keep_tags(TODAY)

        self.assertEqual(first, {self.tag.id: (1, 0)})
        self.assertEqual(second, {})
        self.assertEqual(len(self._get_changes(self.tag)), 1)

    def test_any_rule_gives_the_tag_and_all_conditions_of_it_must_hold(self):
        self.tag.rule_ids = [
            Command.clear(),
            self._prepare_rule({"value": 5000}),
            self._prepare_rule({"value": 100}, self._create_condition(value=2)),
        ]
        for amount in (60, 60):
            self._book(self.ada, amount)
        self._book(self.bea, 120)

        self.tag.action_apply()

        self.assertEqual(self.tag.partner_ids, self.ada)

    def test_less_than_finds_those_who_went_quiet(self):
        window = {"window_type": "rolling_months", "window_length": 6}
        self.tag.rule_ids = [
            Command.clear(),
            self._prepare_rule(
                self._create_condition(operator="<", **window),
                self._create_condition(window_type="lifetime"),
            ),
        ]
        self._book(self.ada, 10, on=date(2025, 9, 15))
        self._book(self.bea, 10, on=date(2025, 9, 16))

        self.tag.action_apply()

        self.assertEqual(self.tag.partner_ids, self.ada)

    def test_a_finished_run_settles_the_tags_after_the_tiers(self):
        silver = self._create_rule_tag(
            [{"metric": "holds_tier", "tier_ids": [Command.set(self.silver.ids)]}],
            name="Is silver",
        )
        self._book(self.ada, 1000)

        run = self.program._evaluate(TODAY)

        self.assertEqual(self.members[0].tier_id, self.silver)
        self.assertEqual((silver | self.tag).partner_ids, self.ada)
        self.assertEqual(self.ada.member_tag_change_ids.run_id, run)
        self.assertTrue(self.tag.evaluated_at)

    def test_the_country_group_is_asked_for(self):
        portugal, japan = self.env.ref("base.pt"), self.env.ref("base.jp")
        self.ada.country_id, self.bea.country_id = portugal, japan
        self.tag.rule_ids.condition_ids.write(
            {
                "metric": "from_country",
                "value": 1,
                "country_group_ids": [Command.set(self.env.ref("base.europe").ids)],
            }
        )

        self.tag.action_apply()

        self.assertEqual(self.tag.partner_ids, self.ada)

    def test_the_log_says_why_in_words(self):
        self._book(self.ada, 1234)

        self.tag.action_apply()

        change = self.ada.member_tag_change_ids
        self.assertIn("Purchase amount", change.reason)
        self.assertIn("1,234", change.reason)
        self.assertEqual(change.figures, {"purchase_amount:rolling_months:12": 1234})
        self.assertEqual(change.membership_id, self.members[0])
        self.assertEqual(change.user_id, self.env.user)

    def test_who_leaves_loses_the_tag_at_once_and_who_comes_back_gets_it(self):
        self._book(self.ada, 1000)
        self.tag.action_apply()

        self.members[0].active = False

        self.assertFalse(self.tag.partner_ids)
        self.assertEqual(self.ada.member_tag_change_ids[0].reason, "No longer a member")
        self.members[0].active = True
        self.assertEqual(self.tag.partner_ids, self.ada)

    def test_a_tag_kept_by_rules_is_not_given_by_hand(self):
        for change in (
            lambda: self.ada.write({"member_tag_ids": [Command.link(self.tag.id)]}),
            lambda: self.tag.write({"partner_ids": [Command.link(self.ada.id)]}),
            lambda: self.members[0].write({"tag_ids": [Command.link(self.tag.id)]}),
            lambda: self._create_customer("Cleo", member_tag_ids=self.tag.ids),
        ):
            with (
                self.assertRaisesRegex(UserError, "kept by rules"),
                self.cr.savepoint(),
            ):
                change()

    def test_a_tag_kept_by_rules_is_not_taken_by_hand(self):
        self._book(self.ada, 1000)
        self.tag.action_apply()

        with self.assertRaisesRegex(UserError, "kept by rules"), self.cr.savepoint():
            self.ada.member_tag_ids = [Command.unlink(self.tag.id)]

        friend = self._create_tag()
        self.ada.member_tag_ids |= friend
        self.assertEqual(self.ada.member_tag_ids, self.tag | friend)

    def test_replacing_all_tags_leaves_those_that_rules_keep(self):
        self._book(self.ada, 1000)
        self.tag.action_apply()
        one, two = self._create_tag("One"), self._create_tag("Two")
        both = self.ada | self.bea
        for value, expected in (
            ([Command.set(one.ids)], one),
            ([Command.set((one | two).ids)], one | two),
            (two, two),
            (one.ids, one),
            (False, one[:0]),
        ):
            both.write({"member_tag_ids": value})

            self.assertEqual(self.ada.member_tag_ids, self.tag | expected)
            self.assertEqual(self.bea.member_tag_ids, expected)

    def test_a_copy_of_a_contact_or_a_tag_carries_nothing(self):
        self._book(self.ada, 1000)
        self.tag.action_apply()

        self.assertFalse(self.ada.copy().member_tag_ids)
        copy = self.tag.copy()
        self.assertFalse(copy.partner_ids)
        self.assertEqual(copy.sentence, self.tag.sentence)

    def test_a_tag_kept_by_rules_needs_a_program_and_a_rule(self):
        for values in (
            {"program_id": False},
            {"rule_ids": [Command.clear()]},
        ):
            with (
                self.assertRaisesRegex(ValidationError, "at least one rule"),
                self.cr.savepoint(),
            ):
                self.tag.write(values)
        with (
            self.assertRaisesRegex(ValidationError, "no condition"),
            self.cr.savepoint(),
        ):
            self.tag.rule_ids.condition_ids = [Command.clear()]

    def test_tags_that_ask_for_each_other_are_refused(self):
        other = self._create_rule_tag([self._asks_for_tag(self.tag)], name="Other")
        for tag in (self.tag, other):
            with (
                self.assertRaisesRegex(ValidationError, "circle.*→.*Take"),
                self.cr.savepoint(),
            ):
                self.tag.rule_ids.condition_ids = [
                    Command.create(self._asks_for_tag(tag))
                ]

    def test_a_tag_that_asks_for_a_tag_is_settled_in_one_evaluation(self):
        best = self._create_rule_tag([self._asks_for_tag(self.tag)], name="Best")
        not_yet = self._create_rule_tag(
            [self._asks_for_tag(best, operator="<")], name="Not yet"
        )
        self._book(self.ada, 1000)

        self.program._keep_tags(TODAY)

        self.assertEqual(best.partner_ids, self.ada)
        self.assertEqual(not_yet.partner_ids, self.bea)
        self.assertEqual(self.program._keep_tags(TODAY), {})

    def test_the_tag_of_another_program_is_left_alone(self):
        other = self._create_program(sequence=99)
        self._book(self.ada, 1000)

        self.assertFalse(other._keep_tags(TODAY))
        self.assertFalse(self.tag.partner_ids)

    def test_the_preview_says_how_many_members_would_carry_it(self):
        self._book(self.ada, 1000)

        self.assertEqual((self.tag.match_count, self.tag.member_count), (1, 2))
        self.assertEqual(self.tag.rule_ids.match_count, 1)
        self.assertIn("Purchase amount", self.tag.sentence)

    def test_a_manager_makes_a_tag_and_its_rules_in_the_form(self):
        manager = self._create_user("tag manager", "manager")
        self._book(self.ada, 300)
        with Form(self.env["member.tag"].with_user(manager)) as form:
            form.name = "Regular"
            form.kept_by = "rules"
            form.program_id = self.program
            with form.rule_ids.new() as rule, rule.condition_ids.new() as condition:
                condition.metric = "order_count"
                condition.value = 1
        tag = form.record

        tag.action_apply()

        self.assertEqual(tag.match_count, 1)
        self.assertEqual(tag.partner_ids, self.ada)
        self.assertIn("Number of orders at least 1", tag.sentence)

    def test_only_a_manager_says_what_rules_keep(self):
        officer = self._create_user("keeper", "officer")
        tag = self.tag.with_user(officer)
        for change in (
            lambda: tag.write({"kept_by": "hand"}),
            lambda: tag.action_apply(),
            lambda: tag.rule_ids.write({"sequence": 1}),
            lambda: tag.create({"name": "New", "kept_by": "rules"}),
        ):
            with self.assertRaises(AccessError):
                change()
        tag.name = "Spends a lot"
        self.assertEqual(self.tag.name, "Spends a lot")

    def test_the_log_is_not_changed_by_anybody(self):
        self._book(self.ada, 1000)
        self.tag.action_apply()
        change = self.ada.member_tag_change_ids

        for attempt in (lambda: change.write({"date": TODAY}), change.unlink):
            with self.assertRaisesRegex(UserError, "history"), self.cr.savepoint():
                attempt()
        with self.assertRaisesRegex(ValidationError, "Archive it"), self.cr.savepoint():
            self.tag.unlink()
