from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.member_loyalty.tests.common import TODAY

from ..logic.signal_rule import PARAMETERS
from .signal_common import SignalCommon

INSIGHT = "odoo.addons.member_loyalty_crm.models.member_program_insight"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSignalRule(SignalCommon):
    def test_a_new_program_has_one_usual_rule_of_each_kind(self):
        kinds = self.program.signal_rule_ids.mapped("kind")

        self.assertEqual(sorted(kinds), sorted(PARAMETERS))
        self.assertTrue(all(self.program.signal_rule_ids.mapped("sentence")))

    def test_usual_rules_are_not_given_twice(self):
        self.env["member.program"]._begin_with_usual_signal_rules()
        self.program.signal_rule_ids.active = False
        before = self.env["member.signal.rule"].search_count([])

        self.env["member.program"]._begin_with_usual_signal_rules()

        self.assertEqual(self.env["member.signal.rule"].search_count([]), before)

    def test_figures_without_an_end_are_refused(self):
        rule = self.program.signal_rule_ids[:1]

        for name in ("minimum_amount", "percent"):
            for value in (float("nan"), float("inf"), 1e300):
                with (
                    self.subTest(name=name, value=value),
                    self.assertRaisesRegex(ValidationError, "cannot be counted with"),
                ):
                    rule.write({name: value})

    def test_figures_that_find_nobody_are_refused(self):
        for kind, values in (
            ("silent", {"months": 0}),
            ("silent", {"months": 12, "until_months": 12}),
            ("lost_quotation", {"days": -1}),
            ("demand", {"times": 0}),
            ("leaving", {"percent": 0}),
            ("leaving", {"percent": 101}),
            ("overdue", {"percent": 100}),
            ("returned", {"percent": -5}),
        ):
            with (
                self.subTest(kind=kind, values=str(values)),
                self.assertRaises(ValidationError),
            ):
                self._create_rule(kind, **values)

    @mute_logger("odoo.sql_db")
    def test_weights_scores_and_amounts_out_of_range_are_refused(self):
        for values in (
            {"weight": 0},
            {"weight": 101},
            {"minimum_score": 101},
            {"minimum_amount": -1},
        ):
            with (
                self.subTest(values=str(values)),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_rule("silent", **values)

    def test_what_a_kind_does_not_use_may_be_anything(self):
        self.assertTrue(self._create_rule("silent", days=0, times=0, percent=0))

    def test_a_tier_of_another_program_is_refused(self):
        other = self._create_program(name="Other")

        with self.assertRaisesRegex(ValidationError, "not one of Club"):
            self._create_rule("silent", tier_ids=other.tier_ids[0].ids)

    def test_a_rule_that_found_somebody_is_archived_not_deleted(self):
        rule = self._create_rule("silent")
        self._book(self._create_member(), 100, on=date(2025, 11, 1))
        self._refresh()

        with self.assertRaisesRegex(UserError, "Archive it"):
            rule.unlink()

    def test_salespeople_read_rules_and_managers_write_them(self):
        rule = self._create_rule("silent")
        salesperson = self._create_user("sam", "sales_team.group_sale_salesman")
        manager = self._create_user("mia", "manager")

        self.assertTrue(rule.with_user(salesperson).sentence)
        with self.assertRaises(AccessError):
            rule.with_user(salesperson).months = 4
        rule.with_user(manager).months = 4

    def test_nobody_writes_or_deletes_signals(self):
        self._create_rule("silent")
        self._book(self._create_member(), 100, on=date(2025, 11, 1))
        signal = self._refresh().with_user(self._create_user("mia", "manager"))

        for change in (
            lambda: signal.write({"ended_on": TODAY}),
            signal.unlink,
            lambda: signal.create({"program_id": self.program.id}),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_signals_show_customers_one_may_see_and_no_others(self):
        self._create_rule("silent")
        seen, hidden = self._create_member("Seen"), self._create_member("Hidden")
        for member in seen, hidden:
            self._book(member, 100, on=date(2025, 11, 1))
        signals = self._refresh()
        self.env["ir.rule"].create(
            {
                "name": "Some contacts only",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": str([("id", "!=", hidden.id)]),
            }
        )
        user = self._create_user("sam", "sales_team.group_sale_salesman")
        Signal = self.env["member.signal"].with_user(user)

        self.assertEqual(Signal.search([]).partner_id, seen)
        [(_program, count)] = Signal._read_group([], ["program_id"], ["__count"])
        self.assertEqual(count, 1)
        with self.assertRaises(AccessError):
            signals.with_user(user).read(["kind"])

    def test_buyers_see_neither_signals_nor_scores(self):
        portal = self._create_user("buyer", "base.group_portal")
        for model in ("member.signal", "member.score", "member.forecast"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])

    def test_a_step_that_fails_does_not_stop_the_others(self):
        self._book(self._create_member(), 100, on=date(2025, 11, 1))
        self.patch(
            self.env.registry["member.program"],
            "_refresh_scores",
            lambda program, day: 1 / 0,
        )
        with (
            self.assertLogs(INSIGHT, level="ERROR") as logs,
            self._without_commits(),
            patch.object(self.env.cr, "rollback"),
        ):
            self.env["member.program"]._cron_refresh_insight()

        self.assertIn("scores of program", logs.output[0])
        self.assertTrue(self._get_open())
