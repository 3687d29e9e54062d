from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class MemberLadderVersionTests(models.AbstractModel):
    """The rule tests of the program, as a version of its rules meets them."""

    _name = "member.ladder.version.tests"
    _description = "Rule Tests of a Version"

    rule_test_ids = fields.Many2many(
        comodel_name="member.rule.test",
        string="Rule Tests",
        compute="_compute_rule_test_ids",
    )
    failed_test_text = fields.Text(
        string="Failed Tests", compute="_compute_rule_test_ids"
    )

    def _compute_rule_test_ids(self):
        for version in self:
            tests = version._get_rule_tests()
            version.rule_test_ids = tests
            version.failed_test_text = "\n".join(
                f"{test.name}: {test.outcome_text}"
                for test in tests
                if test.state == "failed"
            )

    def action_run_rule_tests(self):
        """Run the rule tests against this version and say how they came out."""
        self.ensure_one()
        return self._get_rule_tests().action_run()

    def action_open_rule_tests(self):
        """Open the rule tests of the program, with their results in this version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_rule_test_action"
        )
        action["domain"] = [("program_id", "=", self.program_id.id)]
        action["context"] = {
            "default_program_id": self.program_id.id,
            "member_rule_version_id": self._origin.id,
        }
        return action

    def _get_rule_tests(self):
        """Return the tests of the program, run against this version."""
        self.ensure_one()
        tests = self.env["member.rule.test"].with_context(
            member_rule_version_id=self._origin.id
        )
        found = tests.search([("program_id", "=", self.program_id._origin.id)])
        found.invalidate_recordset(["state", "outcome_text", "outcome_tier_id"])
        return found

    def _check_rule_tests(self):
        """Let versions pass whose rule tests all pass.

        :raises UserError: for the others, with the names of the tests that fail
        """
        self.ensure_one()
        failed = self._get_rule_tests().filtered(lambda test: test.state == "failed")
        if failed:
            raise UserError(
                self.env._(
                    "%(draft)s fails rule tests and cannot be activated:\n%(tests)s\n"
                    "Change the rules, or the tests if they no longer are what you"
                    " want.",
                    draft=self.display_name,
                    tests="\n".join(
                        f"• {test.name}: {test.outcome_text}" for test in failed
                    ),
                )
            )

    def _tell_of_failed_tests(self, tests):
        """Note in the chatter that tests fail, and ask a manager to look."""
        self.ensure_one()
        title = self.env._("Rule tests fail under the rules in force")
        items = Markup().join(
            Markup("<li>%s: %s</li>") % (test.name, test.outcome_text) for test in tests
        )
        note = Markup("<p>%s</p><ul>%s</ul>") % (title, items)
        self.message_post(body=note)
        manager = self.program_id._find_manager()
        if manager:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=title,
                note=note,
                user_id=manager.id,
            )
