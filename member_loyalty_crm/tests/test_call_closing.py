from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .call_common import TODAY, CallCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestCallClosing(CallCommon):
    """A call is closed by its outcome or by its activity, and both agree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user("boss", "sales_team.group_sale_salesman_all_leads")

    def _record(self, call, user, outcome="interested", note="Wants prices"):
        call.with_user(user).action_record_outcome()
        wizard = Form(
            self.env["member.call.outcome"]
            .with_user(user)
            .with_context(default_call_id=call.id)
        )
        wizard.outcome = outcome
        wizard.note = note
        wizard.save().action_record()

    def test_the_outcome_closes_the_call_and_its_activity(self):
        call = self._call(self.ada)
        activity = call.activity_id

        self._record(call, self.sam)

        self.assertRecordValues(
            call,
            [{"state": "done", "outcome": "interested", "called_on": TODAY}],
        )
        self.assertFalse(activity.active)
        self.assertEqual(activity.feedback, "Wants prices")
        self.assertIn("Wants prices", self.ada.message_ids[0].body)

    def test_an_outcome_is_required(self):
        call = self._call(self.ada)
        wizard = Form(
            self.env["member.call.outcome"].with_context(default_call_id=call.id)
        )

        with self.assertRaisesRegex(AssertionError, "outcome"):
            wizard.save()

    def test_an_activity_that_is_done_closes_the_call_with_its_feedback(self):
        call = self._call(self.ada)

        call.activity_id.with_user(self.sam).action_feedback("Spoke to her")

        self.assertRecordValues(
            call,
            [{"state": "done", "outcome": "talked", "outcome_note": "Spoke to her"}],
        )

    def test_an_activity_that_is_archived_closes_the_call(self):
        call = self._call(self.ada)

        call.activity_id.with_user(self.sam).action_archive()

        self.assertEqual(call.state, "done")

    def test_an_activity_that_is_cancelled_closes_the_call_as_not_called(self):
        call = self._call(self.ada)

        call.activity_id.with_user(self.sam).action_cancel()

        self.assertRecordValues(
            call, [{"state": "done", "outcome": "not_called", "called_on": False}]
        )

    def test_a_cancelled_call_never_comes_back(self):
        self._call(self.ada).activity_id.with_user(self.sam).unlink()

        self._refresh(400)

        self.assertEqual(self._get_calls(self.ada).mapped("state"), ["done"])

    def test_an_activity_that_is_moved_moves_the_call(self):
        call = self._call(self.ada)

        call.activity_id.with_user(self.boss).write(
            {"date_deadline": "2026-05-01", "user_id": self.pia.id}
        )

        self.assertEqual(str(call.due_on), "2026-05-01")
        self.assertEqual(call.user_id, self.pia)

    def test_a_call_is_postponed_by_a_week_with_its_activity(self):
        call = self._call(self.ada)

        call.with_user(self.sam).action_postpone()

        self.assertEqual(str(call.due_on), "2026-03-29")
        self.assertEqual(call.activity_id.date_deadline, call.due_on)

    def test_not_now_asks_for_the_reason_and_pauses(self):
        call = self._call(self.ada)
        action = call.with_user(self.sam).action_not_now()
        self.assertEqual(action["context"]["default_outcome"], "not_called")

        self._record(call, self.sam, "not_called", "On holiday")
        self._find_signal(self.ada, "falling")
        self._refresh(1)

        self.assertEqual(len(self._get_calls(self.ada)), 1)

    def test_a_closed_call_cannot_be_closed_again(self):
        call = self._call(self.ada)
        call._close("ordered")

        with self.assertRaisesRegex(UserError, "closed already"):
            call._close("complaint")

        self.assertEqual(call.outcome, "ordered")

    def test_who_did_call_can_say_so_when_it_was_not_needed_any_more(self):
        call = self._call(self.ada)
        call.signal_ids.ended_on = TODAY
        self._refresh(1)

        self._record(call, self.sam, "ordered")

        self.assertEqual((call.state, call.outcome), ("done", "ordered"))

    def test_somebody_elses_call_is_theirs(self):
        call = self._call(self.ada)
        activity = call.activity_id.with_user(self.pia)
        attempts = [
            lambda: call.with_user(self.pia)._close("ordered"),
            lambda: call.with_user(self.pia).action_postpone(),
            lambda: call.with_user(self.pia).action_record_outcome(),
            lambda: call.with_user(self.pia).action_make_quotation(),
            lambda: call.with_user(self.pia).action_give_coupon(),
            lambda: call.with_user(self.pia)._reassign(self.pia),
            lambda: activity.action_feedback("Mine"),
            lambda: activity.unlink(),
            lambda: activity.write({"user_id": self.pia.id}),
            lambda: activity.write({"active": False}),
            lambda: call.with_user(self.pia).write({"user_id": self.pia.id}),
            lambda: call.with_user(self.sam).write({"outcome": "ordered"}),
            lambda: call.with_user(self.sam).unlink(),
            lambda: call.with_user(self.sam)._reassign(self.pia),
        ]

        for number, attempt in enumerate(attempts):
            with self.subTest(number=number), self.assertRaises(AccessError):
                attempt()

        self.assertEqual((call.state, call.user_id), ("open", self.sam))

    def test_a_wizard_of_somebody_elses_call_does_nothing(self):
        call = self._call(self.ada)
        Outcome = self.env["member.call.outcome"].with_user(self.pia)

        with self.assertRaises(AccessError):
            Outcome.create({"call_id": call.id, "outcome": "ordered"}).action_record()

        self.assertEqual(call.state, "open")

    def test_who_sees_all_documents_closes_and_gives_any(self):
        call = self._call(self.ada)

        wizard = (
            self.env["member.call.reassignment"]
            .with_user(self.boss)
            .create({"call_ids": call.ids, "user_id": self.pia.id})
        )
        wizard.action_give()

        self.assertEqual(call.user_id, self.pia)
        self.assertEqual(call.activity_id.user_id, self.pia)
        self._record(call, self.boss, "no_answer")
        self.assertEqual(call.outcome, "no_answer")

    def test_a_waiting_call_can_be_given_to_somebody(self):
        self.program.call_limit = 1
        self._call(self.bob)
        call = self._call(self._create_member("Eve"))
        self.assertEqual(call.state, "waiting")

        call.with_user(self.boss)._reassign(self.sam)

        self.assertRecordValues(call, [{"state": "open", "user_id": self.sam.id}])
        self.assertEqual(call.activity_id.user_id, self.sam)

    def test_calls_are_given_to_salespeople_only(self):
        call = self._call(self.ada)
        clerk = self._create_user("clerk", "base.group_user")

        with self.assertRaisesRegex(UserError, "cannot be given calls"):
            call.with_user(self.boss)._reassign(clerk)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestCallRights(CallCommon):
    """Salespeople see their calls and those of their customers; never who is alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user("boss", "sales_team.group_sale_salesman_all_leads")
        cls.head = cls._create_user("head", "sales_team.group_sale_manager")
        cls.manager = cls._create_user("manager", "manager")

    def _find(self, user, model="member.call"):
        return self.env[model].with_user(user).search([])

    def test_salespeople_see_their_own_and_those_of_their_customers(self):
        mine = self._call(self.ada)
        other = self._call(self.bob)
        eve = self._create_member("Eve", user_id=self.sam.id)
        self.program.call_limit = 1
        overflow = self._call(eve)
        self.assertEqual(overflow.state, "waiting")

        self.assertEqual(self._find(self.sam), mine | overflow)
        self.assertEqual(self._find(self.pia), other)
        self.assertEqual(self._find(self.boss), mine | other | overflow)

    def test_only_managers_see_who_is_left_alone(self):
        self._call(self.ada)
        alone = self._get_calls(self.ada)
        alone.activity_id = False
        alone.state = "held_out"

        for user in (self.sam, self.boss):
            with self.subTest(user=user.login):
                self.assertFalse(self._find(user))
                with self.assertRaises(AccessError):
                    alone.with_user(user).read(["state"])
        for user in (self.head, self.manager):
            self.assertEqual(self._find(user), alone)
            self.assertEqual(len(self._find(user, "member.call.report")), 1)

    def test_salespeople_read_no_analysis(self):
        for model in ("member.call.report", "member.call.saving"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._find(self.boss, model)

    def test_who_may_not_see_the_customer_does_not_see_the_call(self):
        call = self._call(self.ada)
        self.env["ir.rule"].sudo().create(
            {
                "name": "Not Ada",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.ada.id})]",
            }
        )

        self.assertFalse(self._find(self.sam))
        with self.assertRaises(AccessError):
            call.with_user(self.sam).action_postpone()

    def test_calls_of_other_companies_are_not_seen(self):
        call = self._call(self.ada)
        other = self._create_company()
        self.boss.write({"company_ids": other.ids, "company_id": other.id})

        self.assertFalse(self._find(self.boss))
        with self.assertRaises(AccessError):
            call.with_user(self.boss)._close("ordered")

    def test_portal_and_employees_read_no_calls(self):
        portal = self._create_user("buyer", "base.group_portal")
        clerk = self._create_user("clerk", "base.group_user")

        for user in (portal, clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._find(user)

    def test_the_screens_load_for_a_salesperson(self):
        views = [
            (False, kind) for kind in ("kanban", "list", "calendar", "form", "search")
        ]

        loaded = self.env["member.call"].with_user(self.sam).get_views(views)["views"]

        self.assertNotIn("held_out", loaded["search"]["arch"])
        self.assertNotIn("action_give_to_somebody", loaded["form"]["arch"])
