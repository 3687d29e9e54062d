from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .appeal_common import UNTIL, AppealCommon


@tagged("post_install", "-at_install")
class TestAppeal(AppealCommon):
    """An appeal from the officer's desk to the manager's decision."""

    def test_an_officer_files_an_appeal_in_the_form(self):
        action = self.membership.with_user(self.otto).action_appeal()
        form = Form(
            self.env["member.tier.appeal"]
            .with_user(self.otto)
            .with_context(**action["context"])
        )
        form.tier_id = self.silver
        form.reason = "Plans for May"
        form.wished_until = UNTIL
        appeal = form.save()

        self.assertEqual(appeal.state, "draft")
        self.assertEqual(appeal.partner_id, self.ada)
        self.assertRegex(appeal.name, r"^APL\d{5}$")
        reopened = self.membership.with_user(self.otto).action_appeal()
        self.assertEqual(reopened["res_id"], appeal.id)

    def test_every_appeal_has_a_number_of_its_own(self):
        [other] = self._enroll(self._create_customer("Bea"))

        self.assertNotEqual(self._file_appeal().name, self._file_appeal(other).name)

    def test_only_tiers_above_the_one_held_can_be_wished(self):
        self.assertEqual(
            self._file_appeal().reachable_tier_ids, self.silver | self.gold
        )
        [silver] = self._enroll(self._create_customer("Bea"), tier=self.silver)
        for tier in (self.ordinary, self.silver):
            with (
                self.assertRaisesRegex(ValidationError, "not a higher tier"),
                self.env.cr.savepoint(),
            ):
                self._file_appeal(silver, tier_id=tier.id)
        other = self._create_program(sequence=99)
        with self.assertRaisesRegex(ValidationError, "not a higher tier"):
            self._file_appeal(silver, tier_id=other.tier_ids[2].id)

    def test_submitting_sets_a_deadline_and_a_task_for_the_manager(self):
        self.program.appeal_days = 10

        appeal = self._submit_appeal()

        self.assertRecordValues(
            appeal,
            [
                {
                    "state": "submitted",
                    "deadline": date(2026, 3, 25),
                    "filed_by_id": self.otto.id,
                }
            ],
        )
        task = appeal.activity_ids
        self.assertRecordValues(
            task,
            [{"user_id": self.mona.id, "date_deadline": date(2026, 3, 25)}],
        )
        self.assertEqual(task.summary, "Ada asks for Gold")
        self.assertEqual(self._get_tier(self.ada), "Ordinary")

    def test_without_a_manager_of_the_program_another_one_gets_the_task(self):
        self.program.appeal_manager_id = False

        appeal = self._submit_appeal()

        self.assertEqual(len(appeal.activity_ids), 1)
        self.assertIn(appeal.activity_ids.user_id, self.program._get_appeal_managers())

    def test_only_a_manager_can_be_the_manager_of_appeals(self):
        with self.assertRaisesRegex(ValidationError, "no membership manager"):
            self.program.appeal_manager_id = self.otto

    def test_a_day_that_is_over_cannot_be_wished(self):
        for day in (False, date(2026, 3, 14), date(2026, 3, 15)):
            appeal = self._file_appeal(wished_until=day)
            with self.assertRaisesRegex(UserError, "a day after today"):
                appeal.action_submit()
            appeal.action_withdraw()

    def test_granting_gives_the_tier_until_the_day_and_remembers_why(self):
        appeal = self._grant_appeal()

        self.assertRecordValues(
            self.membership,
            [
                {
                    "tier_id": self.gold.id,
                    "valid_until": UNTIL,
                    "granted_tier_id": self.gold.id,
                    "granted_until": UNTIL,
                }
            ],
        )
        self.assertRecordValues(
            appeal,
            [
                {
                    "state": "granted",
                    "decided_by_id": self.mona.id,
                    "granted_on": date(2026, 3, 15),
                }
            ],
        )
        decision = appeal.decision_id
        self.assertEqual((decision.event, decision.to_tier_id), ("appeal", self.gold))
        self.assertIn(appeal.name, decision.reason)
        self.assertIn("5,000.00", decision.reason)
        self.assertEqual(decision.action_open_appeal()["res_id"], appeal.id)
        self.assertFalse(appeal.activity_ids)

    def test_refusing_takes_a_reason_and_changes_no_tier(self):
        appeal = self._submit_appeal()
        action = appeal.with_user(self.mona).action_refuse()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.mona)
            .with_context(**action["context"])
        )
        with self.assertRaisesRegex(AssertionError, "reason"):
            wizard.save()
        wizard.reason = "No quantities"
        wizard.save().action_refuse()

        self.assertEqual(appeal.state, "refused")
        self.assertEqual(appeal.refusal_reason, "No quantities")
        self.assertEqual(self._get_tier(self.ada), "Ordinary")
        self.assertFalse(appeal.activity_ids)

    def test_what_is_decided_is_not_decided_again(self):
        appeal = self._submit_appeal()
        self._refuse(appeal)

        with self.assertRaisesRegex(UserError, "no longer possible"):
            appeal.with_user(self.mona).action_grant()
        with self.assertRaisesRegex(UserError, "no longer possible"):
            self._refuse(appeal)
        with self.assertRaisesRegex(UserError, "no longer possible"):
            appeal.action_withdraw()
        with self.assertRaisesRegex(UserError, "no longer possible"):
            appeal.action_submit()

    def test_withdrawing_takes_the_task_away(self):
        appeal = self._submit_appeal()

        appeal.action_withdraw()

        self.assertEqual(appeal.state, "withdrawn")
        self.assertFalse(appeal.activity_ids)
        self.assertTrue(self._file_appeal())

    def test_ending_a_promise_promises_the_tier_until_today(self):
        appeal = self._grant_appeal()
        with self.assertRaisesRegex(AccessError, "Only membership managers"):
            appeal.with_user(self.otto).action_withdraw()

        appeal.with_user(self.mona).action_withdraw()

        self.assertEqual(appeal.state, "withdrawn")
        self.assertRecordValues(
            self.membership,
            [{"valid_until": date(2026, 3, 15), "granted_until": date(2026, 3, 15)}],
        )

    def test_a_member_has_one_open_appeal(self):
        appeal = self._file_appeal()
        for step in (lambda: None, appeal.action_submit, self._grant(appeal)):
            step()
            with (
                self.assertRaisesRegex(IntegrityError, "one_open"),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._file_appeal()
        message = self.env["member.tier.appeal"]._one_open.get_error_message(
            self.env["member.tier.appeal"], None
        )
        self.assertIn("already has an appeal", message)

    def _grant(self, appeal):
        return appeal.with_user(self.mona).action_grant

    def test_a_member_who_rose_meanwhile_needs_no_appeal(self):
        appeal = self._submit_appeal(tier_id=self.silver.id)
        self._confirm_order(self.ada, 20000)

        with self.assertRaisesRegex(UserError, "holds Gold"):
            appeal.with_user(self.mona).action_grant()

    def test_evidence_can_be_read_by_the_manager(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.otto)
            .create({"name": "plan.txt", "raw": b"500 lamps"})
        )
        appeal = self._file_appeal(evidence_attachment_ids=file.ids)

        self.assertEqual(file.with_user(self.mona).raw, b"500 lamps")
        self.assertEqual((file.res_model, file.res_id), (appeal._name, appeal.id))

    def test_evidence_of_somebody_else_is_not_opened_by_naming_it(self):
        secret = self.env["ir.attachment"].create({"name": "pay.txt", "raw": b"1"})

        with self.assertRaises(AccessError):
            self._file_appeal(evidence_attachment_ids=secret.ids)
