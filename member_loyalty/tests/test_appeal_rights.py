from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .appeal_common import UNTIL, AppealCommon


@tagged("post_install", "-at_install")
class TestAppealRights(AppealCommon):
    """Salespeople read, officers file and correct drafts, managers decide."""

    def test_a_salesperson_reads_and_files_nothing(self):
        appeal = self._submit_appeal().with_user(self.seller)

        self.assertTrue(appeal.read())
        for change in (
            lambda: appeal.write({"reason": "x"}),
            lambda: appeal.copy(),
            appeal.action_submit,
            appeal.action_grant,
            appeal.action_refuse,
            appeal.action_withdraw,
            appeal.unlink,
        ):
            with self.assertRaises(AccessError):
                change()

    def test_an_officer_corrects_a_draft_and_not_what_was_submitted(self):
        appeal = self._file_appeal()
        appeal.promised_amount = 4000
        appeal.action_submit()

        with self.assertRaisesRegex(UserError, "no longer changes"):
            appeal.promised_amount = 3000
        appeal.with_user(self.mona).promised_amount = 6000
        appeal.with_user(self.mona).action_grant()
        with self.assertRaisesRegex(UserError, "no longer changes"):
            appeal.with_user(self.mona).promised_amount = 1

    def test_an_officer_decides_nothing(self):
        appeal = self._submit_appeal()

        for decide in (appeal.action_grant, appeal.action_refuse):
            with self.assertRaisesRegex(AccessError, "Only membership managers"):
                decide()
        with self.assertRaises(AccessError):
            self._refuse(appeal, user=self.otto)

    def test_nobody_writes_the_course_of_an_appeal(self):
        appeal = self._file_appeal(state="granted", decided_by_id=self.otto.id)
        self.assertRecordValues(appeal, [{"state": "draft", "decided_by_id": False}])

        for user in (self.otto, self.mona):
            for values in (
                {"state": "granted"},
                {"granted_on": UNTIL},
                {"deadline": UNTIL},
                {"filed_by_id": self.max.id},
            ):
                with self.assertRaisesRegex(UserError, "not written by hand"):
                    appeal.with_user(user).write(values)
        sneaked = appeal.with_user(self.otto).with_context(default_state="granted")
        appeal.action_withdraw()
        born = sneaked.create(
            {
                "membership_id": self.membership.id,
                "tier_id": self.gold.id,
                "reason": "x",
            }
        )
        self.assertEqual(born.state, "draft")

    def test_nobody_decides_what_they_filed_unless_there_is_no_other(self):
        appeal = self._file_appeal().with_user(self.mona)
        appeal.action_submit()

        self.assertNotEqual(appeal.activity_ids.user_id, self.mona)
        with self.assertRaisesRegex(UserError, "You filed .* yourself"):
            appeal.action_grant()
        others = self.program._get_appeal_managers() - self.mona
        others.group_ids -= self.env.ref("member_loyalty.member_loyalty_group_manager")
        appeal.action_grant()

        self.assertEqual(appeal.state, "granted")

    def test_drafts_are_deleted_and_what_was_submitted_is_not(self):
        self._file_appeal().unlink()
        appeal = self._submit_appeal()

        with self.assertRaisesRegex(UserError, "is history"):
            appeal.with_user(self.mona).unlink()

    def test_appeals_of_another_company_are_not_seen(self):
        company = self._create_company()
        program = self._create_program(company=company)
        [member] = self._enroll(self._create_customer("Bea"), program=program)
        appeal = self.env["member.tier.appeal"].create(
            {
                "membership_id": member.id,
                "tier_id": program.tier_ids[1].id,
                "reason": "x",
            }
        )

        found = self.env["member.tier.appeal"].with_user(self.mona).search([])

        self.assertNotIn(appeal, found)
        with self.assertRaises(AccessError):
            appeal.with_user(self.mona).read()

    def test_a_salesperson_sees_no_button_that_would_fail(self):
        for model, buttons in (
            ("member.membership", ["action_appeal"]),
            (
                "member.tier.appeal",
                ["action_submit", "action_grant", "action_refuse", "action_withdraw"],
            ),
        ):
            records = self.env[model]
            views = {
                user: records.with_user(user).get_view(view_type="form")["arch"]
                for user in (self.seller, self.mona)
            }
            for button in buttons:
                self.assertNotIn(f'"{button}"', views[self.seller])
                self.assertIn(f'"{button}"', views[self.mona])
