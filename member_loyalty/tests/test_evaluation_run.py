from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models import member_evaluation_run
from .common import TODAY
from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationRun(EvaluationCommon):
    """What a run does, remembers and refuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rich, cls.poor = cls._create_customer("Rich"), cls._create_customer("Poor")
        cls.members = cls._enroll(cls.rich, cls.poor)
        cls._book(cls.rich, 1500)
        cls.lost = cls._create_customer("Lost")
        cls._enroll(cls.lost, tier=cls.gold).valid_until = date(2026, 2, 28)

    def test_a_run_counts_what_it_did(self):
        run = self.program._evaluate(TODAY, may_fall=True)

        self.assertRecordValues(
            run,
            [
                {
                    "state": "done",
                    "evaluated_count": 3,
                    "risen_count": 1,
                    "fallen_count": 1,
                    "scope": "all",
                    "kind": "manual",
                    "as_of": TODAY,
                }
            ],
        )
        self.assertEqual(sorted(run.decision_ids.mapped("event")), ["down", "up"])
        self.assertEqual(self.program.evaluated_until, TODAY)

    def test_run_again_it_changes_nothing(self):
        self.program._evaluate(TODAY, may_fall=True)
        decisions = self.env["member.tier.decision"].search_count([])

        again = self.program._evaluate(TODAY, may_fall=True)

        self.assertEqual((again.risen_count, again.fallen_count), (0, 0))
        self.assertEqual(self.env["member.tier.decision"].search_count([]), decisions)

    def test_a_run_never_goes_back_in_time(self):
        self.program._evaluate(TODAY)

        with self.assertRaisesRegex(UserError, "cannot go back"):
            self.program._evaluate(TODAY - timedelta(days=1))

    def test_one_run_at_a_time(self):
        self.program._start_run(TODAY, False, "all", "scheduled")

        with self.assertRaisesRegex(UserError, "under way"):
            self.program._evaluate(TODAY)

    def test_a_review_looks_at_everybody(self):
        self.program._evaluate(TODAY)

        run = self.program._evaluate(TODAY, may_fall=True, scope="touched")

        self.assertEqual(run.scope, "all")
        self.assertEqual(self._get_tier(self.lost), "Ordinary")

    def test_without_a_run_before_everybody_is_looked_at(self):
        self.program.evaluated_until = TODAY - timedelta(days=1)

        run = self.program._evaluate(TODAY, scope="touched")

        self.assertEqual((run.scope, run.evaluated_count), ("all", 3))

    def test_another_ladder_is_tried_on_everybody(self):
        self.program._evaluate(TODAY)
        self._travel_to("2026-03-20")
        self._change_rules(self.silver, value=1)

        run = self.program._evaluate(date(2026, 3, 20), scope="touched")

        self.assertEqual(run.scope, "all")

    def test_the_same_ladder_only_on_those_with_news(self):
        self._travel_to("2026-03-18")
        self.program._evaluate(date(2026, 3, 18))
        self._travel_to("2026-03-20")
        self._book(self.poor, 10, on=date(2026, 3, 20))

        run = self.program._evaluate(date(2026, 3, 20), scope="touched")

        self.assertEqual((run.scope, run.evaluated_count), ("touched", 1))

    def test_in_small_slices_the_result_is_the_same(self):
        with patch.object(member_evaluation_run, "SLICE_SIZE", 1):
            run = self.program._evaluate(TODAY, may_fall=True)

        self.assertEqual((run.evaluated_count, run.risen_count), (3, 1))
        self.assertEqual(self._get_tier(self.lost), "Ordinary")

    def test_a_run_that_was_stopped_goes_on_from_its_position(self):
        run = self.program._start_run(TODAY, True, "all", "scheduled")
        with patch.object(member_evaluation_run, "SLICE_SIZE", 1):
            run._evaluate_next_slice()
        self.assertEqual((run.evaluated_count, run.state), (1, "running"))

        self._catch_up(self.program)

        self.assertEqual((run.evaluated_count, run.state), (3, "done"))
        self.assertEqual(self._get_tier(self.lost), "Ordinary")

    def test_a_conflict_in_the_first_slice_does_not_lose_the_run(self):
        Program = type(self.program)
        apply, tried = Program._apply_evaluation, []

        def conflict_once(program, evaluation, scope):
            tried.append(scope)
            if len(tried) == 1:
                raise SerializationFailure
            return apply(program, evaluation, scope)

        with (
            self.enter_registry_test_mode(),
            patch.object(Program, "_apply_evaluation", conflict_once),
            patch("time.sleep", lambda _seconds: None),
        ):
            self.env.ref(
                "member_loyalty.ir_cron_member_evaluation"
            ).method_direct_trigger()

        self.assertEqual(self._get_tier(self.rich), "Silver")
        self.assertGreater(len(tried), 1)

    def test_the_scheduled_action_evaluates_every_program(self):
        other = self._create_program(silver=1, sequence=99)
        self._enroll(self.rich, program=other)
        with self.enter_registry_test_mode():
            self.env.ref(
                "member_loyalty.ir_cron_member_evaluation"
            ).method_direct_trigger()

        self.assertEqual(self._get_tier(self.rich), "Silver")
        self.assertEqual(self._get_tier(self.rich, other), "Silver")
        self.assertEqual((self.program | other).mapped("evaluated_until"), [TODAY] * 2)

    def test_a_program_that_lost_its_rules_still_works(self):
        draft = self._draft_rules()
        draft.rule_ids.unlink()
        draft._activate()
        self._confirm_order(self.rich, 5000)

        run = self.program._evaluate(TODAY)

        self.assertEqual((run.state, run.risen_count), ("done", 0))

    def test_archived_members_are_not_looked_at(self):
        self._get_membership(self.rich).active = False

        run = self.program._evaluate(TODAY)

        self.assertEqual((run.evaluated_count, run.risen_count), (2, 0))

    def test_two_programs_decide_by_their_own_ladders(self):
        easy = self._create_program(silver=1, gold=2, sequence=99)
        self._enroll(self.rich, self.poor, program=easy)
        self._book(self.poor, 1)

        self.program._evaluate(TODAY)
        easy._evaluate(TODAY)

        self.assertEqual(self._get_tier(self.rich), "Silver")
        self.assertEqual(self._get_tier(self.rich, easy), "Gold")
        self.assertEqual(self._get_tier(self.poor, easy), "Silver")
