from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitPreset(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.preset = cls.env["member.benefit.preset"].create(
            {"name": "Test Set", "sequence": -1}
        )
        cls.news = cls._create_line("News")
        cls.sample = cls._create_line(
            "Sample",
            level_from=1,
            level_to=1,
            quota=1,
            quota_period="quarter",
            open_question="Which product is it?",
        )
        cls.support = cls._create_line("Support", level_from=2, icon="fa-headphones")

    @classmethod
    def _create_line(cls, name, **values):
        return cls.env["member.benefit.preset.line"].create(
            {"preset_id": cls.preset.id, "name": name, **values}
        )

    def _start(self, program=None, preset=None, user=None):
        start = (
            self.env["member.benefit.start"]
            .with_user(user or self.env.user)
            .create(
                {
                    "program_id": (program or self.program).id,
                    "preset_id": (preset or self.preset).id,
                }
            )
        )
        start.action_start()
        return start

    def _get_benefits(self, program=None):
        return (
            self.env["member.benefit"]
            .with_context(active_test=False)
            .search([("program_id", "=", (program or self.program).id)])
        )

    def test_a_set_becomes_benefits_of_the_tiers_of_its_levels(self):
        self._start()

        self.assertRecordValues(
            self._get_benefits(),
            [
                {
                    "name": "News",
                    "tier_ids": (self.ordinary | self.silver | self.gold).ids,
                    "active": True,
                },
                {"name": "Sample", "tier_ids": self.silver.ids, "active": False},
                {"name": "Support", "tier_ids": self.gold.ids, "active": True},
            ],
        )

    def test_what_needs_a_decision_waits_and_is_listed(self):
        start = self._start()

        self.assertRecordValues(
            start.todo_line_ids,
            [{"name": "Sample", "note": "Which product is it?"}],
        )
        self.assertEqual((start.made_count, start.active_count), (3, 2))
        found = self.env["member.benefit"].search(start.action_open_todo()["domain"])
        self.assertEqual(found.name, "Sample")
        self.assertEqual(
            self._get_granted(self._create_member(tier=self.silver)), ["News"]
        )

    def test_a_kind_that_is_not_installed_is_left_out_and_said(self):
        self._create_line("Rocket", kind="rocket")
        self._create_line("Odd", settings={"no_such_field": 5})

        start = self._start()

        self.assertNotIn("Rocket", self._get_benefits().mapped("name"))
        self.assertEqual(
            [(line.name, line.note) for line in start.left_line_ids],
            [
                ("Rocket", "It takes a module that is not installed."),
                ("Odd", "It takes a module that is not installed."),
            ],
        )

    def test_settings_are_those_of_the_kind(self):
        self._create_line("Costly", settings={"cost": 7.5})

        self._start()

        benefit = self._get_benefits().filtered(lambda one: one.name == "Costly")
        self.assertEqual(benefit.cost, 7.5)

    def test_what_its_kind_refuses_becomes_a_promise_to_be_completed(self):
        self._create_line("Impossible", settings={"cost": -1})

        start = self._start()

        benefit = self._get_benefits().filtered(lambda one: one.name == "Impossible")
        self.assertFalse(benefit.active)
        self.assertEqual(benefit.kind, "promise")
        self.assertIn("Impossible", start.todo_line_ids.mapped("name"))

    def test_starting_twice_makes_nothing_twice(self):
        self._start()
        count = len(self._get_benefits())

        with self.assertRaisesRegex(UserError, "Nothing is chosen"):
            self._start()

        self.assertEqual(len(self._get_benefits()), count)

    def test_a_short_ladder_gets_what_it_has_tiers_for(self):
        program = self.env["member.program"].create(
            {
                "name": "Short",
                "tier_ids": [
                    self._prepare_tier("Guest", 0),
                    self._prepare_tier("Friend", 1, 100),
                ],
            }
        )

        start = self._start(program)

        self.assertEqual(self._get_benefits(program).mapped("name"), ["News", "Sample"])
        self.assertEqual(
            start.left_line_ids.mapped("note"), ["The program has no tier so high."]
        )

    def test_texts_come_in_every_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.news.with_context(lang="fr_FR").name = "Nouvelles"

        self._start()

        benefit = self._get_benefits()[0]
        self.assertEqual(benefit.name, "News")
        self.assertEqual(benefit.with_context(lang="fr_FR").name, "Nouvelles")

    def test_the_form_shows_what_will_be_made(self):
        form = Form(self.env["member.benefit.start"])
        form.program_id = self.program
        form.preset_id = self.preset
        with form.line_ids.edit(0) as line:
            line.is_chosen = False

        form.save().action_start()

        self.assertEqual(self._get_benefits().mapped("name"), ["Sample", "Support"])

    def test_only_managers_start(self):
        officer = self._create_user("preset officer", "officer")
        manager = self._create_user("preset manager", "manager")

        with self.assertRaises(AccessError):
            self._start(user=officer)
        self._start(user=manager)
        self.assertTrue(self._get_benefits())

    def test_a_program_made_from_a_preset_is_offered_its_set(self):
        hotel = self.env.ref("member_loyalty.member_program_preset_hotel")
        program = hotel._create_program(self._create_company())

        start = self.env["member.benefit.start"].create({"program_id": program.id})

        self.assertEqual(
            start.preset_id, self.env.ref("member_loyalty.member_benefit_preset_hotel")
        )

    def test_every_set_that_ships_starts(self):
        for preset in self.env["member.benefit.preset"].search([]) - self.preset:
            with self.subTest(preset=preset.name):
                program = self._create_program(name=preset.name)
                start = self._start(program, preset)

                benefits = self._get_benefits(program)
                self.assertEqual(len(benefits), start.made_count)
                self.assertTrue(benefits.filtered("active"))
                self.assertTrue(all(preset.line_ids.mapped("member_text")))
                for line in start.line_ids - start.todo_line_ids:
                    self.assertTrue(line.is_made or line.note)
