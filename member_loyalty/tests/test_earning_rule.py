from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .point_common import PointsCommon


@tagged("post_install", "-at_install")
class TestEarningRule(PointsCommon):
    """A rule says in words what it gives, and is complete before it gives anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.currency_id = cls._enable_currency("USD")

    def _say(self, kind, points=1, **values):
        return self._create_rule(kind, points, **values).summary

    def test_a_rule_says_what_it_gives(self):
        for kind, values, sentence in (
            ("amount", {"amount_step": 10}, "1 point for each $\xa010"),
            ("amount", {"points": 1.5}, "1.50 points for each $\xa01"),
            ("multiplier", {"factor": 3}, "3 times the points"),
            ("registration", {"points": 500}, "500 points: becoming a member"),
            (
                "yearly_target",
                {"points": 300, "target_amount": 1000},
                "300 points for purchases of $\xa01,000 in a calendar year",
            ),
        ):
            with self.subTest(sentence=sentence):
                self.assertEqual(self._say(kind, **values), sentence)

    def test_a_rule_says_for_whom_and_when_it_holds(self):
        days = {day: False for day in self.rule._get_weekday_fields()}
        tag = self.env["member.tag"].create({"name": "Fan"})

        sentence = self._say(
            "multiplier",
            **{**days, "monday": True, "friday": True},
            tier_ids=self.gold.ids,
            tag_ids=tag.ids,
            minimum_amount=50,
            date_from="2026-03-01",
            date_to="2026-03-31",
        )

        self.assertEqual(
            sentence,
            "2 times the points on orders from $\xa050 on for Gold with the tag Fan"
            " on Monday, Friday from 03/01/2026 to 03/31/2026",
        )

    def test_a_rule_says_its_limit(self):
        for values, limit in (
            ({"cap_points": 100}, "at most 100 points a month"),
            ({"cap_times": 2}, "at most 2 times a month"),
            (
                {"cap_times": 2, "cap_points": 15},
                "at most 2 times and 15 points a month",
            ),
        ):
            with self.subTest(limit=limit):
                sentence = self._say("review", 10, cap_period="month", **values)
                self.assertEqual(sentence, f"10 points: product review, {limit}")

    def test_a_rule_needs_the_figure_of_its_kind(self):
        with self.assertRaisesRegex(ValidationError, "Yearly Target"):
            self._create_rule("yearly_target", 300)
        with self.assertRaisesRegex(ValidationError, "gives nothing"):
            self._create_rule("birthday", 0)
        self._create_rule("multiplier", 0, factor=2)

    def test_a_rule_takes_tiers_of_its_program_only(self):
        other = self._create_program(name="Other")

        with self.assertRaisesRegex(ValidationError, "not one of Club"):
            self._create_rule("review", 10, tier_ids=other.tier_ids[0].ids)

    def test_a_rule_that_gave_points_is_archived_not_deleted(self):
        unused = self._create_rule("review", 10)
        self._confirm_order(self._create_customer(), 100)

        unused.unlink()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.rule.unlink()
        self.rule.active = False

        self.assertFalse(self.program.earning_rule_ids)

    def test_a_copied_program_has_the_rules_with_its_own_tiers(self):
        self._create_rule("review", 10, tier_ids=self.gold.ids)

        copied = self.program.copy()

        rule = copied.earning_rule_ids.filtered("tier_ids")
        self.assertEqual(len(copied.earning_rule_ids), 2)
        self.assertEqual(rule.tier_ids, copied.tier_ids.sorted("sequence")[-1])
        self.assertFalse(copied.wallet_id)
        self.assertFalse(copied.points_given_until)

    def test_only_managers_write_rules(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        officer = self._create_user("officer", "officer")
        manager = self._create_user("manager", "manager")
        values = {"program_id": self.program.id, "name": "Mine", "kind": "review"}
        for user in (seller, officer):
            rules = self.env["member.earning.rule"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    rules.create(dict(values))
                with self.assertRaises(AccessError):
                    self.rule.with_user(user).points = 100
                with self.assertRaises(AccessError):
                    self.rule.with_user(user).unlink()

        rule = self.env["member.earning.rule"].with_user(manager).create(dict(values))
        self.assertEqual(rule.summary, "1 point: product review")

    def test_managers_see_the_rules_of_their_companies(self):
        other = self._create_company()
        program = self._create_program(company=other)
        rule = self._create_rule("review", 10, program_id=program.id)
        manager = self._create_user("manager", "manager")

        found = self.env["member.earning.rule"].with_user(manager).search([])

        self.assertIn(self.rule, found)
        self.assertNotIn(rule, found)

    def test_the_form_of_a_program_starts_points_and_adds_rules(self):
        manager = self._create_user("manager", "manager")
        with Form(self.program.with_user(manager)) as form:
            form.points_available = "delivered"
            form.points_available_days = 3
            with form.earning_rule_ids.new() as line:
                line.name = "Birthday"
                line.kind = "birthday"
                line.points = 30

        self.assertEqual(
            self.program.earning_rule_ids.mapped("kind"), ["amount", "birthday"]
        )
        self.assertEqual(self.program.points_available_days, 3)

    def test_points_wait_for_no_negative_days(self):
        with self.assertRaisesRegex(ValidationError, "0 or more"):
            self.program.points_available_days = -1

    def test_a_birthday_cannot_be_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self._create_customer(member_birthday="2026-03-16")

    def test_rules_are_given_their_tags_inline(self):
        tag = self.env["member.tag"].create({"name": "Fan"})

        self.rule.tag_ids = [Command.link(tag.id)]

        self.assertIn("with the tag Fan", self.rule.summary)
