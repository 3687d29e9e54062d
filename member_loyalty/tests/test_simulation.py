from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..models import member_simulation_work
from .common import TODAY
from .rehearsal_common import RehearsalCommon


@tagged("post_install", "-at_install")
class TestSimulation(RehearsalCommon):
    """What a draft would do, beside what the rules in force do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.bob, cls.cleo = (
            cls._create_customer(name) for name in ("Ada", "Bob", "Cleo")
        )
        cls._enroll(cls.ada, cls.bob, cls.cleo)
        for customer, amount in ((cls.ada, 500), (cls.bob, 2000), (cls.cleo, 6000)):
            cls._book(customer, amount)
        cls.program._evaluate(TODAY)
        cls.draft = cls._draft_rules()

    def _ask_for(self, tier, value):
        self._get_rules(self.draft, tier).condition_ids.value = value

    def _put_out_of_promise(self, *customers):
        for customer in customers:
            self._put(self._get_membership(customer), valid_until=date(2026, 3, 1))

    def test_a_draft_like_the_rules_in_force_changes_nothing(self):
        simulation = self._simulate(self.draft)

        self.assertEqual(simulation.state, "done")
        self.assertEqual(simulation.member_count, 3)
        self.assertFalse(simulation.line_ids)

    def test_who_rises_is_listed_with_their_purchases(self):
        self._ask_for(self.gold, 5000)

        simulation = self._simulate(self.draft)

        self.assertEqual(
            self._get_outcomes(simulation), {"Cleo": ("Silver", "Silver", "Gold")}
        )
        self.assertRecordValues(
            simulation.line_ids, [{"move": "up", "change": "up", "revenue": 6000}]
        )
        self.assertEqual((simulation.risen_count, simulation.entered_count), (1, 0))

    def test_nobody_moves(self):
        self._ask_for(self.gold, 5000)

        self._simulate(self.draft)

        self.assertEqual(self._get_tier(self.cleo), "Silver")

    def test_promises_are_respected_on_the_day_of_the_activation(self):
        self._ask_for(self.silver, 3000)

        simulation = self._simulate(self.draft, may_fall=True)

        self.assertFalse(simulation.line_ids)

    def test_who_falls_is_listed_when_a_review_is_held(self):
        self._ask_for(self.silver, 3000)
        self._put_out_of_promise(self.bob)

        self.assertFalse(self._simulate(self.draft).line_ids)
        simulation = self._simulate(self.draft, may_fall=True)

        self.assertEqual(
            self._get_outcomes(simulation), {"Bob": ("Silver", "Silver", "Ordinary")}
        )
        self.assertEqual(simulation.fallen_count, 1)

    def test_once_promises_have_ended_the_draft_alone_decides(self):
        self._ask_for(self.silver, 3000)

        simulation = self._simulate(self.draft, horizon="settled")

        self.assertEqual(
            self._get_outcomes(simulation), {"Bob": ("Silver", "Silver", "Ordinary")}
        )

    def test_members_keep_the_version_under_which_they_entered(self):
        self._book(self.bob, 8000)
        self._ask_for(self.gold, 20000)

        simulation = self._simulate(self.draft)

        self.assertEqual(
            self._get_outcomes(simulation), {"Bob": ("Silver", "Gold", "Gold")}
        )
        self.assertEqual(simulation.line_ids.change, "stay")

    def test_members_who_are_not_adjusted_stay(self):
        self._ask_for(self.gold, 5000)
        self._get_membership(self.cleo).automatic = False

        simulation = self._simulate(self.draft, horizon="settled")

        self.assertFalse(simulation.line_ids)
        self.assertEqual(simulation.member_count, 3)

    def test_totals_cover_everybody(self):
        self._ask_for(self.silver, 3000)
        self._ask_for(self.gold, 5000)

        simulation = self._simulate(self.draft, horizon="settled")

        self.assertRecordValues(
            simulation.tier_ids,
            [
                {"member_count": 1, "in_force_count": 1, "draft_count": 2},
                {"member_count": 2, "in_force_count": 2, "draft_count": 0},
                {"member_count": 0, "in_force_count": 0, "draft_count": 1},
            ],
        )
        self.assertEqual(simulation.tier_ids.mapped("revenue"), [500, 8000, 0])
        self.assertEqual(simulation.tier_ids.mapped("draft_revenue"), [2500, 0, 6000])

    def test_the_change_in_benefit_cost_is_told(self):
        self.silver.write({"benefit_cost_percent": 1, "benefit_cost_amount": 10})
        self.gold.write({"benefit_cost_percent": 5, "benefit_cost_amount": 100})
        self._ask_for(self.gold, 5000)

        simulation = self._simulate(self.draft)

        self.assertEqual(simulation.line_ids.cost_change, 300 + 100 - 60 - 10)
        self.assertEqual(simulation.cost_change, 330)

    def test_slices_add_up(self):
        self.patch(member_simulation_work, "SLICE_SIZE", 1)
        self._ask_for(self.silver, 400)
        self._ask_for(self.gold, 5000)

        simulation = self._simulate(self.draft)

        self.assertEqual(simulation.member_count, 3)
        self.assertEqual((simulation.risen_count, simulation.entered_count), (2, 1))
        self.assertEqual(sum(simulation.tier_ids.mapped("draft_count")), 3)

    def test_a_large_program_goes_on_in_the_background(self):
        self.patch(member_simulation_work, "LARGE_PROGRAM", 1)
        self.patch(member_simulation_work, "SLICE_SIZE", 2)
        self._ask_for(self.gold, 5000)
        simulation = self._simulate(self.draft)
        self.assertEqual(simulation.state, "running")

        simulation._simulate_next_slice()
        self.assertEqual(simulation.state, "running")
        self.assertGreater(simulation.progress, 60)
        with self.enter_registry_test_mode():
            self.env.ref(
                "member_loyalty.ir_cron_member_simulation"
            ).method_direct_trigger()
        simulation.invalidate_recordset()

        self.assertEqual((simulation.state, simulation.member_count), ("done", 3))
        self.assertEqual(len(simulation.line_ids), 1)

    def test_running_again_begins_anew(self):
        self._ask_for(self.gold, 5000)
        simulation = self._simulate(self.draft)
        simulation.action_run()

        self.assertEqual((simulation.member_count, simulation.risen_count), (3, 1))
        self.assertEqual(len(simulation.line_ids), 1)

    def test_only_drafts_are_simulated(self):
        with self.assertRaisesRegex(UserError, "is no draft"):
            self._simulate(self.program.version_id)

    def test_the_future_is_not_simulated(self):
        with self.assertRaisesRegex(ValidationError, "Nobody knows yet"):
            self._simulate(self.draft, as_of=date(2026, 3, 16))

    def test_rules_do_not_come_into_force_in_the_past(self):
        with self.assertRaisesRegex(ValidationError, "come into force today"):
            self._simulate(self.draft, as_of=date(2026, 3, 14))

    def test_senseless_rules_are_not_simulated(self):
        self._ask_for(self.gold, 1000)

        with self.assertRaisesRegex(ValidationError, "by the same rule"):
            self._simulate(self.draft)

    def test_a_past_day_shows_the_tiers_of_that_day(self):
        self._travel_to("2026-04-20 10:00:00")
        self._book(self.ada, 9000, on=date(2026, 4, 20))
        self.program._evaluate(date(2026, 4, 20))
        self.assertEqual(self._get_tier(self.ada), "Silver")

        simulation = self._simulate(
            self.draft, as_of=date(2026, 4, 10), horizon="settled"
        )

        self.assertFalse(simulation.line_ids)
        self.assertEqual(simulation.tier_ids.mapped("member_count"), [1, 2, 0])
        self.assertEqual(simulation.tier_ids.mapped("revenue"), [500, 8000, 0])

    def test_who_joined_later_is_not_there_on_a_past_day(self):
        self._travel_to("2026-04-20 10:00:00")
        self._enroll(self._create_customer("Dora"))

        simulation = self._simulate(
            self.draft, as_of=date(2026, 4, 10), horizon="settled"
        )

        self.assertEqual(simulation.member_count, 3)

    def test_a_past_day_comes_out_as_the_run_of_that_day(self):
        seen = 0
        for seed in range(6):
            random = self._get_random(seed)
            program = self._create_random_program(random)
            members = self._create_crowd(random, 40, program)
            for membership in members:
                self._put(membership, valid_until=None, automatic=True)
                self._put(membership, granted_until=None, joined_on=date(2024, 5, 1))
            self._apply(program, may_fall=True)
            members.invalidate_recordset()
            given = {one: one.tier_id for one in members.filtered("decision_ids")}
            self._travel_to("2026-04-20 10:00:00")
            draft = self._draft_random_rules(random, program)
            if not draft._find_flaws():
                seen += self._compare_with_past(draft, given)
            self._travel_to("2026-03-15 10:00:00")
        self.assertGreater(seen, 20)

    def _compare_with_past(self, draft, given):
        """Compare the lines as of the day before with the tiers given on it."""
        simulation = self._simulate(draft, as_of=TODAY, horizon="settled")
        lines = simulation.line_ids.filtered(lambda line: line.membership_id in given)
        for line in lines:
            moved = line.membership_id.decision_ids.filtered(
                lambda one: one.event in ("up", "down")
            )
            if moved:
                self.assertEqual(line.tier_id, given[line.membership_id])
                self.assertEqual(line.in_force_tier_id, line.tier_id)
        return len(lines)
