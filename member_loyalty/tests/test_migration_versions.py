from importlib import util
from pathlib import Path

from odoo.tests import tagged

from .common import TODAY, MemberCommon

SCRIPT = Path(__file__).parents[1] / "migrations/19.0.1.1.0/post-rule-versions.py"


@tagged("post_install", "-at_install")
class TestMigrationVersions(MemberCommon):
    """Rules from before 19.0.1.1.0 become the first version of their program."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spec = util.spec_from_file_location("post_rule_versions", SCRIPT)
        cls.script = util.module_from_spec(spec)
        spec.loader.exec_module(cls.script)

    def _forget_versions(self):
        """Bring the tables to where the version before left them."""
        self.env.flush_all()
        for statement in (
            "ALTER TABLE member_tier_rule ALTER version_id DROP NOT NULL",
            "UPDATE member_membership SET version_id = NULL, automatic = NULL",
            "UPDATE member_evaluation_run SET version_id = NULL",
            "UPDATE member_tier_rule SET version_id = NULL",
            "UPDATE member_program SET version_id = NULL",
            "DELETE FROM member_ladder_version",
        ):
            self.env.cr.execute(statement)
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_rules_become_the_first_version_and_go_on_working(self):
        customer = self._create_customer()
        membership = self._enroll(customer)
        ladder = self.program._get_ladder()
        run = self.program._evaluate(TODAY)
        self._forget_versions()

        self.script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.env.registry.clear_cache()

        version = self.program.version_id
        self.assertEqual((version.number, version.state), (1, "in_force"))
        self.assertEqual(self.program._get_ladder(), ladder)
        self.assertEqual((membership.version_id, run.version_id), (version, version))
        self.assertTrue(membership.automatic)
        self._confirm_order(customer, 1000)
        self.assertEqual(self._get_tier(customer), "Silver")

    def test_a_second_time_changes_nothing(self):
        self._enroll(self._create_customer())
        before = self.env["member.ladder.version"].search([])
        self.script.migrate(self.env.cr, "19.0.1.0.0")

        self.assertEqual(self.env["member.ladder.version"].search([]), before)
