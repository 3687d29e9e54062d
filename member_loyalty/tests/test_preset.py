from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MemberCommon

PRESETS = (
    "exporter",
    "starter",
    "growing",
    "wholesale",
    "retail",
    "knowledge",
    "hotel",
    "grocery",
)


@tagged("post_install", "-at_install")
class TestPreset(MemberCommon):
    """A working program in a minute, from data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("maker", "manager")

    def _get_preset(self, name):
        return self.env.ref(f"member_loyalty.member_program_preset_{name}")

    def _make(self, preset, **values):
        """Make a program as the manager does, and return it."""
        wizard = self._open(preset, **values)
        action = wizard.action_create_program()
        return self.env["member.program"].browse(action["params"]["next"]["res_id"])

    def _open(self, preset, **values):
        action = self._get_preset(preset).with_user(self.manager).action_use()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        for field, value in values.items():
            form[field] = value
        return form.save()

    def _get_summaries(self, program):
        return [tier.rule_summary for tier in program._get_tiers()[1:]]

    def _without_inquiries(self, program):
        """Take the rule off a program that comes with another module."""
        conditions = program.tier_ids.rule_ids.condition_ids
        conditions.filtered(
            lambda condition: condition.metric == "quality_inquiries"
        ).rule_id.unlink()
        return program

    def test_every_preset_makes_a_program_that_works(self):
        for name in PRESETS:
            with self.subTest(name):
                program = self._make(name)
                customer = self._create_customer(f"First of {name}")
                self._confirm_order(customer, 10_000_000)

                self.assertTrue(program.version_id)
                self.assertTrue(all(self._get_summaries(program)))
                membership = self._get_membership(customer, program)
                self.assertIn(membership.tier_id, program.tier_ids)
                program.with_user(self.manager).action_evaluate()

    def test_the_exporter_is_the_shipped_program_and_inquiries(self):
        shipped = self.env.ref("member_loyalty.member_program_exporter")
        made = self._without_inquiries(self._make("exporter"))

        self.assertEqual(
            made._get_tiers().mapped("name"), shipped._get_tiers().mapped("name")
        )
        self.assertEqual(self._get_summaries(made), self._get_summaries(shipped))
        self.assertEqual(shipped.preset_id, self._get_preset("exporter"))
        self.assertIn(
            "quality_inquiries", str(self._get_preset("exporter").tier_ids[1].rules)
        )

    def test_the_starter_makes_a_silver_member_of_whoever_buys(self):
        program = self._make("starter")
        customer = self._create_customer()
        self._confirm_order(customer, 1)

        self.assertEqual(self._get_tier(customer, program), "Silver")

    def test_the_growing_company_asks_for_everything_at_once(self):
        program = self._make("growing")
        tag = self.env.ref("member_loyalty.member_tag_technical_support")
        acme = self._create_customer("Acme")
        self._confirm_order(acme, 500_000)
        self._confirm_order(acme, 1)
        self.assertEqual(self._get_tier(acme, program), "Silver")
        self._get_membership(acme, program).tag_ids = tag
        self.assertEqual(self._get_tier(acme, program), "Silver")

        self._confirm_order(acme, 1)

        self.assertEqual(self._get_tier(acme, program), "Gold")

    def test_a_tag_that_was_deleted_is_made_again(self):
        self.env.ref("member_loyalty.member_tag_technical_support").unlink()
        program = self._make("growing")

        tag = program.tier_ids[2].rule_ids.condition_ids.tag_ids
        self.assertEqual(tag.name, "Needs technical support")
        self.assertEqual(
            tag, self.env.ref("member_loyalty.member_tag_technical_support")
        )

    def test_rules_nobody_measures_are_left_out_by_name(self):
        wizard = self._open("exporter")
        if "quality_inquiries" in self.env["member.metric"]._get_metrics():
            self.skipTest("inquiries are measured here")
        program = self._make("exporter")

        self.assertEqual(wizard.left_out, "Inquiries of quality")
        self.assertEqual(len(program._get_tiers()[1].rule_ids), 1)
        self.assertIn("Inquiries of quality", program.message_ids[0].body)

    def test_a_hotel_counts_stays_while_nobody_counts_nights(self):
        program = self._make("hotel")
        metrics = self.env["member.metric"]._get_metrics()

        wanted = "units_bought" if "units_bought" in metrics else "order_count"
        self.assertEqual(
            set(program.tier_ids.rule_ids.condition_ids.mapped("metric")), {wanted}
        )

    def test_the_preview_says_the_rules_in_words_and_writes_nothing(self):
        tags = self.env["member.tag"].search_count([])
        programs = self.env["member.program"].search_count([])
        wizard = self._open("wholesale", factor=0.123)

        self.assertIn("Silver Dealer", wizard.preview)
        self.assertIn("Purchase amount at least", wizard.preview)
        self.assertIn("25,000.00", wizard.preview)
        self.assertIn("in the last 12 months", wizard.preview)
        self.assertEqual(self.env["member.tag"].search_count([]), tags)
        self.assertEqual(self.env["member.program"].search_count([]), programs)

    def test_amounts_are_multiplied_and_numbers_are_not(self):
        program = self._without_inquiries(self._make("exporter", factor=7.25))

        self.assertRecordValues(
            program._get_tiers().rule_ids.condition_ids.sorted("id"),
            [
                {"metric": "purchase_amount", "value": 730_000},
                {"metric": "purchase_amount", "value": 3_600_000},
                {"metric": "order_count", "value": 3},
            ],
        )
        for factor in (0, -1):
            with self.assertRaisesRegex(UserError, "more than 0"):
                self._make("starter", factor=factor)

    def test_policies_come_with_the_preset(self):
        self.assertRecordValues(
            self._make("wholesale"),
            [
                {
                    "member_level": "commercial",
                    "term_type": "calendar",
                    "term_end_month": "12",
                    "fall_policy": "one_rung",
                    "warn_days": 60,
                }
            ],
        )
        self.assertEqual(self._make("retail").member_level, "contact")

    def test_names_are_there_in_every_installed_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["res.lang"]._activate_lang("fr_FR")
        preset = self._get_preset("knowledge")
        for record, field, german in (
            (preset, "program_name", "Leseklub"),
            (preset.tier_ids[0], "name", "Leserin"),
            (preset.tier_ids[0], "description", "Hier fangen alle an."),
        ):
            record.update_field_translations(field, {"de_DE": german})

        program = self._make("knowledge")

        german = program.with_context(lang="de_DE")
        self.assertEqual(german.name, "Leseklub")
        self.assertEqual(german._get_tiers()[0].name, "Leserin")
        self.assertEqual(german._get_tiers()[0].description, "Hier fangen alle an.")
        self.assertEqual(program.with_context(lang="fr_FR").name, "Readers' Club")
        self.assertEqual(program.with_context(lang="en_US").name, "Readers' Club")

    def test_a_name_of_ones_own_is_the_name_in_every_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self._get_preset("starter").update_field_translations(
            "program_name", {"de_DE": "Willkommen"}
        )

        program = self._make("starter", name="Lamp Lovers")

        self.assertEqual(program.name, "Lamp Lovers")
        self.assertEqual(program.with_context(lang="de_DE").name, "Lamp Lovers")

    def test_a_preset_is_applied_once_in_a_company(self):
        first = self._make("starter")
        wizard = self._open("starter")

        self.assertEqual(wizard.program_id, first)
        with self.assertRaisesRegex(UserError, "already has .* archive it first"):
            wizard.action_create_program()
        with (
            self.assertRaisesRegex(IntegrityError, "preset_once"),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._get_preset("starter")._create_program(self.env.company)
        first.active = False
        self.assertTrue(self._make("starter"))

    def test_every_company_may_use_a_preset(self):
        company = self._create_company()
        self.manager.company_ids += company
        self._make("starter")
        wizard = self._open("starter")
        wizard.company_id = company

        wizard.action_create_program()

        self.assertEqual(len(self._get_preset("starter").program_ids.company_id), 2)

    def test_only_managers_make_programs(self):
        officer = self._create_user("officer", "officer")
        preset = self._get_preset("starter")
        with self.assertRaises(AccessError):
            self.env["member.program.creation"].with_user(officer).create(
                {"preset_id": preset.id, "name": "Mine"}
            )
        with self.assertRaises(AccessError):
            preset.with_user(officer)._create_program(self.env.company)

    def test_a_program_outlives_its_preset(self):
        program = self._make("starter")
        preset = self._get_preset("starter")
        preset.unlink()

        self.assertTrue(program.exists())
        self.assertFalse(program.preset_id)
