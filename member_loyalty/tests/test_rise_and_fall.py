from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY
from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestRiseAndFall(EvaluationCommon):
    """Promises, grants, switches and accelerators, day by day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls.membership = cls._enroll(cls.customer)

    def _review(self, day):
        self.program._evaluate(day, may_fall=True)
        self.membership.invalidate_recordset()
        return self.membership.tier_id.name

    def _assign(self, tier, until):
        self.membership._assign_tier(tier, "Promised at the fair", until=until)

    def test_a_tier_given_by_hand_holds_until_its_day(self):
        self._assign(self.gold, date(2026, 6, 1))

        self.assertEqual(self._review(date(2026, 6, 1)), "Gold")
        self.assertEqual(self._review(date(2026, 7, 1)), "Ordinary")

    def test_a_member_rises_above_the_tier_given_and_falls_back_to_it(self):
        self._assign(self.silver, date(2026, 12, 31))
        self._book(self.customer, 10000, on=date(2025, 3, 20))
        self.program._evaluate(TODAY)
        self.membership.invalidate_recordset()
        self.assertEqual(self.membership.tier_id, self.gold)

        self.assertEqual(self._review(date(2026, 4, 1)), "Silver")
        self.assertEqual(self._review(date(2027, 1, 1)), "Ordinary")

    def test_the_reason_stays_in_the_history(self):
        self._assign(self.gold, date(2026, 6, 1))

        decision = self.membership.decision_ids[0]
        self.assertEqual(
            (decision.event, decision.reason), ("manual", "Promised at the fair")
        )
        self.assertIn("Promised at the fair", decision.staff_sentence)
        self.assertNotIn("Promised", decision.member_sentence)

    def test_a_tier_is_not_given_until_yesterday(self):
        wizard = self.env["member.tier.assignment"].create(
            {
                "membership_ids": self.membership.ids,
                "tier_id": self.gold.id,
                "reason": "Too late",
                "until": date(2026, 3, 14),
            }
        )
        with self.assertRaisesRegex(UserError, "over"):
            wizard.action_assign()

    def test_a_member_who_is_not_adjusted_stays(self):
        self.membership.automatic = False
        self._confirm_order(self.customer, 5000)
        self.assertEqual(self._get_tier(self.customer), "Ordinary")

        self.membership.automatic = True
        self._confirm_order(self.customer, 1)
        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_a_program_that_does_not_adjust_leaves_everybody_alone(self):
        self.program.automatic = False
        self._confirm_order(self.customer, 5000)
        self._run_cron()

        self.assertEqual(self._get_tier(self.customer), "Ordinary")
        with self.assertRaisesRegex(UserError, "does not adjust"):
            self.program.action_evaluate()

    def test_switched_on_again_it_starts_with_today(self):
        self._catch_up(self.program)
        self.program.automatic = False
        self._confirm_order(self.customer, 5000)
        self._travel_to("2026-06-10 10:00:00")
        self.program.automatic = True
        self._run_cron()

        self.assertEqual(self._get_tier(self.customer), "Silver")
        runs = self.env["member.evaluation.run"].search(
            [("program_id", "=", self.program.id)]
        )
        self.assertEqual(runs.mapped("as_of"), [date(2026, 6, 10), TODAY])
        self.assertEqual(self.program.next_fall_on, date(2026, 7, 1))

    def test_grace_puts_the_fall_off_to_a_later_review(self):
        self.program.grace_days = 20
        self._book(self.customer, 1000, on=date(2025, 3, 16))
        self.program._evaluate(TODAY)

        self.assertEqual(self._review(date(2026, 4, 1)), "Silver")
        self.assertEqual(self._review(date(2026, 5, 1)), "Ordinary")

    def test_an_order_in_the_days_of_grace_saves_the_tier(self):
        self.program.grace_days = 20
        self._book(self.customer, 1000, on=date(2025, 3, 16))
        self.program._evaluate(TODAY)
        self._review(date(2026, 4, 1))
        self._book(self.customer, 1000, on=date(2026, 4, 10))

        self.assertEqual(self._review(date(2026, 5, 1)), "Silver")
        self.assertEqual(self.membership.valid_until, date(2026, 5, 31))

    def test_one_rung_at_a_time(self):
        self.program.fall_policy = "one_rung"
        self._book(self.customer, 10000, on=date(2025, 3, 16))
        self.program._evaluate(TODAY)

        self.assertEqual(self._review(date(2026, 4, 1)), "Silver")
        self.assertEqual(self._review(date(2026, 5, 1)), "Ordinary")

    def test_a_rolling_promise_is_made_anew_with_every_order(self):
        self.program.write({"term_type": "rolling", "term_months": 6})
        self._confirm_order(self.customer, 1000)
        self.assertEqual(self.membership.valid_until, date(2026, 9, 14))

        self._travel_to("2026-05-10 10:00:00")
        self._confirm_order(self.customer, 1)
        self.membership.invalidate_recordset()

        self.assertEqual(self.membership.valid_until, date(2026, 11, 9))

    def test_a_promise_until_the_anniversary(self):
        self.program.term_type = "anniversary"
        self._put(self.membership, joined_on=date(2024, 2, 29))
        self._confirm_order(self.customer, 1000)
        self.membership.invalidate_recordset()

        self.assertEqual(self.membership.valid_until, date(2027, 2, 27))

    @mute_logger("odoo.sql_db")
    def test_a_rolling_promise_needs_months(self):
        with self.assertRaises(IntegrityError):
            self.program.term_type = "rolling"
            self.env.flush_all()

    def _accelerate(self, **values):
        return self.env["member.tier.accelerator"].create(
            {
                "name": "Half the way",
                "program_id": self.program.id,
                "percent": 50,
                "date_from": TODAY,
                "date_to": date(2026, 3, 20),
                **values,
            }
        )

    def test_an_accelerator_lowers_thresholds_through_its_last_day(self):
        self._accelerate()
        self._confirm_order(self.customer, 500)
        self.assertEqual(self._get_tier(self.customer), "Silver")

        other = self._create_customer("Bea")
        self._travel_to("2026-03-21 10:00:00")
        self._confirm_order(other, 999)
        self.assertEqual(self._get_tier(other), "Ordinary")

    def test_an_accelerator_that_begins_lifts_whoever_is_there(self):
        self._book(self.customer, 600)
        self._catch_up(self.program)
        self._accelerate(date_from=date(2026, 3, 17), date_to=date(2026, 3, 20))
        self._travel_to("2026-03-17 10:00:00")
        self._catch_up(self.program)

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_after_it_the_rules_decide_who_keeps_the_tier(self):
        self._accelerate()
        self._confirm_order(self.customer, 500)

        self.assertEqual(self._review(date(2026, 4, 1)), "Ordinary")

    def test_an_accelerator_for_one_tier_leaves_the_others(self):
        self._accelerate(tier_ids=self.gold.ids)
        self._confirm_order(self.customer, 600)
        self.assertEqual(self._get_tier(self.customer), "Ordinary")

    def test_what_is_missing_knows_the_accelerator(self):
        self._accelerate()

        progress = self.membership._get_progress()
        self.assertEqual(progress.ways[0].gaps[0].missing, 500)

    def test_an_accelerator_that_has_begun_can_only_end(self):
        running = self._accelerate()
        with self.assertRaisesRegex(UserError, "has begun"):
            running.percent = 60
        with self.assertRaisesRegex(UserError, "has begun"):
            running.date_to = date(2026, 3, 14)
        with self.assertRaisesRegex(UserError, "history"):
            running.unlink()
        running.action_end()

        self.assertEqual((running.date_to, running.state), (TODAY, "running"))

    def test_an_accelerator_does_not_begin_in_the_past(self):
        with self.assertRaisesRegex(UserError, "past"):
            self._accelerate(date_from=date(2026, 3, 14))

    def test_two_accelerators_of_a_tier_do_not_overlap(self):
        self._accelerate(tier_ids=self.gold.ids)
        self._accelerate(tier_ids=self.silver.ids)
        with self.assertRaisesRegex(ValidationError, "already lowers"):
            self._accelerate()
