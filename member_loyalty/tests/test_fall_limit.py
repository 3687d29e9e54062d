from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import member_evaluation_run
from .evaluation_common import EvaluationCommon

REVIEW = date(2026, 4, 1)


@tagged("post_install", "-at_install")
class TestFallLimit(EvaluationCommon):
    """A review that would lower too many stops, writes nothing, and asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"fall_limit_percent": 50, "fall_limit_count": 1})
        cls.customers = [cls._create_customer(f"Customer {n}") for n in range(4)]
        cls.members = cls._enroll(*cls.customers, tier=cls.silver)
        cls._book(cls.customers[0], 1000)
        cls.riser = cls._create_customer("Riser")
        cls._enroll(cls.riser)
        cls.manager = cls._create_user("boss", "manager")

    def _hold_review(self):
        self._travel_to("2026-04-01 10:00:00")
        self._catch_up(self.program)
        return self.env["member.evaluation.run"].search(
            [("program_id", "=", self.program.id), ("may_fall", "=", True)], limit=1
        )

    def _count_silver(self):
        self.members.invalidate_recordset()
        return len(self.members.filtered(lambda one: one.tier_id == self.silver))

    def test_too_many_falls_stop_the_review(self):
        self._book(self.riser, 1000, on=REVIEW)
        run = self._hold_review()

        self.assertEqual(
            (run.state, run.would_fall_count, run.fallen_count), ("stopped", 3, 0)
        )
        self.assertEqual(self._count_silver(), 4)
        self.assertEqual(
            run.fall_ids.partner_id,
            self.env["res.partner"].union(*self.customers[1:]),
        )
        self.assertEqual(run.fall_ids.to_tier_id, self.ordinary)
        self.assertIn("at least", self.silver.rule_summary)
        self.assertIn("0", run.fall_ids[0].figure_summary)

    def test_members_rise_while_a_review_is_stopped(self):
        self._book(self.riser, 1000, on=REVIEW)
        self._hold_review()

        self.assertEqual(self._get_tier(self.riser), "Silver")
        self.assertEqual(self.program.evaluated_until, REVIEW)

    def test_a_stopped_review_asks_once(self):
        run = self._hold_review()
        self._travel_to("2026-04-02 10:00:00")
        self._catch_up(self.program)

        activity = run.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertTrue(
            activity.user_id.has_group("member_loyalty.member_loyalty_group_manager")
        )
        stopped = self.env["member.evaluation.run"].search_count(
            [("state", "=", "stopped"), ("program_id", "=", self.program.id)]
        )
        self.assertEqual(stopped, 1)

    def test_a_manager_lets_them_fall(self):
        run = self._hold_review()
        self._travel_to("2026-04-03 10:00:00")
        self._catch_up(self.program)
        run.with_user(self.manager).action_approve_falls()

        self.assertEqual((run.state, run.fallen_count), ("done", 3))
        self.assertEqual(self._count_silver(), 1)
        self.assertEqual(run.as_of, date(2026, 4, 3))
        self.assertEqual(self.program.next_fall_on, date(2026, 5, 1))
        self.assertFalse(run.activity_ids)

    def test_an_approval_is_for_the_list_that_was_shown(self):
        run = self._hold_review()
        self._book(self.customers[0], -1, on=REVIEW, count=0)
        run.with_user(self.manager).action_approve_falls()

        self.assertEqual((run.state, run.would_fall_count), ("stopped", 4))
        self.assertEqual(self._count_silver(), 4)

    def test_a_manager_lets_nobody_fall(self):
        run = self._hold_review()
        run.with_user(self.manager).action_refuse_falls()
        self._travel_to("2026-04-02 10:00:00")
        self._catch_up(self.program)

        self.assertEqual((run.state, self._count_silver()), ("refused", 4))
        self.assertEqual(self.program.next_fall_on, date(2026, 5, 1))

    def test_only_managers_decide(self):
        run = self._hold_review()
        officer = self._create_user("some officer", "officer")
        for decide in ("action_approve_falls", "action_refuse_falls"):
            with self.assertRaises(AccessError):
                getattr(run.with_user(officer), decide)()
        run.with_user(self.manager).action_refuse_falls()
        with self.assertRaisesRegex(UserError, "not waiting"):
            run.with_user(self.manager).action_approve_falls()

    def test_as_many_as_allowed_fall_unasked(self):
        self.program.fall_limit_percent = 75
        run = self._hold_review()

        self.assertEqual((run.state, run.fallen_count), ("done", 3))

    def test_a_few_fall_unasked_however_many_percent_they_are(self):
        self.program.write({"fall_limit_percent": 1, "fall_limit_count": 3})

        self.assertEqual(self._hold_review().fallen_count, 3)

    def test_without_a_limit_everybody_may_fall(self):
        self.program.write({"fall_limit_percent": 0, "fall_limit_count": 0})

        self.assertEqual(self._hold_review().fallen_count, 3)

    def test_the_limit_is_for_the_whole_run_not_for_a_slice(self):
        with patch.object(member_evaluation_run, "SLICE_SIZE", 1):
            run = self._hold_review()

        self.assertEqual((run.state, self._count_silver()), ("stopped", 4))
