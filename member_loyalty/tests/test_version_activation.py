from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY
from .rehearsal_common import RehearsalCommon

CROWD = 40


@tagged("post_install", "-at_install")
class TestVersionActivation(RehearsalCommon):
    """A signature brings about what was simulated, to the member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.bob = cls._create_customer("Ada"), cls._create_customer("Bob")
        cls._enroll(cls.ada, cls.bob)
        cls._book(cls.ada, 6000)
        cls._book(cls.bob, 500)
        cls.program._evaluate(TODAY)
        cls.in_force = cls.program.version_id
        cls.draft = cls._draft_rules()
        cls._get_rules(cls.draft, cls.gold).condition_ids.value = 5000
        cls.manager = cls._create_user("signing manager", "manager")
        cls.officer = cls._create_user("signing officer", "officer")

    def test_a_manager_signs_and_members_move_as_simulated(self):
        simulation = self._simulate(self.draft)

        self.draft.with_user(self.manager).action_activate()

        self.assertEqual(self._get_tier(self.ada), "Gold")
        self.assertEqual(self.program.version_id, self.draft)
        self.assertRecordValues(
            self.draft,
            [
                {
                    "state": "in_force",
                    "activated_by_id": self.manager.id,
                    "simulation_id": simulation.id,
                    "valid_from": TODAY,
                }
            ],
        )
        self.assertRecordValues(
            self.in_force, [{"state": "retired", "valid_until": False}]
        )
        run = self.draft.run_id
        self.assertEqual((run.kind, run.state), ("activation", "done"))
        self.assertEqual(self._get_decisions(run), self._get_moves(simulation))
        self.assertIn("signing manager", self.draft.message_ids[0].body)

    def test_the_next_review_is_as_planned(self):
        planned = self.program.next_fall_on
        self._simulate(self.draft)
        self.draft.action_activate()

        self.assertEqual(self.program.next_fall_on, planned)

    def test_a_draft_that_was_not_simulated_is_refused(self):
        with self.assertRaisesRegex(UserError, "never simulated"):
            self.draft.action_activate()

    def test_a_draft_that_changed_since_is_refused(self):
        self._simulate(self.draft)
        self._get_rules(self.draft, self.gold).condition_ids.value = 4000

        with self.assertRaisesRegex(UserError, "changed since"):
            self.draft.action_activate()

    def test_another_day_than_today_is_refused(self):
        self._simulate(self.draft)
        self._travel_to("2026-03-16 10:00:00")

        with self.assertRaisesRegex(UserError, "as of today"):
            self.draft.action_activate()

    def test_the_end_of_promises_is_not_what_is_signed(self):
        self._simulate(self.draft, horizon="settled")

        with self.assertRaisesRegex(UserError, "the day of the activation"):
            self.draft.action_activate()

    def test_an_order_that_came_in_meanwhile_is_told(self):
        self._simulate(self.draft)
        self._book(self.bob, 7000)

        with self.assertRaisesRegex(UserError, "1 members would move otherwise"):
            self.draft.action_activate()
        self.assertEqual(self.draft.state, "draft")
        self.assertEqual(self._get_tier(self.ada), "Silver")

    def test_a_rise_that_the_draft_leaves_alone_does_not_matter(self):
        self._simulate(self.draft)
        self._confirm_order(self.bob, 2000)

        self.draft.action_activate()

        self.assertEqual(self._get_tier(self.bob), "Silver")
        self.assertEqual(self._get_tier(self.ada), "Gold")

    def test_somebody_who_rose_to_where_it_was_simulated_is_told(self):
        self._simulate(self.draft)
        self._confirm_order(self.ada, 5000)
        self.assertEqual(self._get_tier(self.ada), "Gold")

        with self.assertRaisesRegex(UserError, "1 members would move otherwise"):
            self.draft.action_activate()

    def test_an_outdated_draft_is_refused(self):
        other = self._draft_rules()
        self._simulate(self.draft)
        self._simulate(other)
        other.action_activate()

        with self.assertRaisesRegex(UserError, "other rules came into force"):
            self.draft.action_activate()

    def test_a_failing_rule_test_blocks(self):
        self._create_test(self.gold, {"amount": 4000}, name="Four thousand is gold")
        self._simulate(self.draft)

        with self.assertRaisesRegex(UserError, "Four thousand is gold"):
            self.draft.action_activate()

    def test_flaws_block(self):
        self._simulate(self.draft)
        self._get_rules(self.draft, self.gold).condition_ids.value = 500

        with self.assertRaisesRegex(UserError, "by the same rule"):
            self.draft.action_activate()

    def test_only_managers_simulate_change_and_sign(self):
        simulation = self._simulate(self.draft)
        for user in (self.officer, self._create_user("seller", "user")):
            self.assertTrue(simulation.with_user(user).read(["risen_count"]))
            self.assertTrue(simulation.line_ids.with_user(user).read(["move"]))
            self.assertTrue(self.draft.with_user(user).read(["summary"]))
            for refused in (
                self.draft.with_user(user).action_activate,
                self.draft.with_user(user).action_simulate,
                simulation.with_user(user).action_run,
                simulation.with_user(user).action_activate,
                simulation.with_user(user).action_simulate_again,
                simulation.with_user(user).unlink,
            ):
                with self.assertRaises(AccessError):
                    refused()
            with self.assertRaises(AccessError):
                self.draft.with_user(user).note = "Mine"
            with self.assertRaises(AccessError):
                self.env["member.simulation"].with_user(user).create(
                    {"version_id": self.draft.id}
                )

    def test_lines_are_nobody_s_to_change(self):
        simulation = self._simulate(self.draft)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(
                simulation.line_ids.with_user(self.manager).has_access(operation)
            )

    def test_another_company_s_simulations_are_not_seen(self):
        simulation = self._simulate(self.draft)
        company = self._create_company()
        stranger = self._create_user(
            "stranger",
            "manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

        for records in (simulation, simulation.line_ids, simulation.tier_ids):
            with self.assertRaises(AccessError):
                records.with_user(stranger).check_access("read")

    def test_a_draft_is_discarded_with_its_simulations(self):
        simulation = self._simulate(self.draft)

        self.draft.with_user(self.manager).unlink()

        self.assertFalse(simulation.exists())

    def test_what_was_signed_is_kept(self):
        simulation = self._simulate(self.draft)
        self.draft.action_activate()

        with self.assertRaisesRegex(UserError, "was signed because of"):
            simulation.unlink()

    def test_drafts_are_archived_and_nothing_else(self):
        self.draft.action_archive()
        self.assertEqual(self._draft_rules().number, self.draft.number + 1)

        with self.assertRaisesRegex(UserError, "Only drafts"):
            self.in_force.action_archive()

    def test_a_program_that_adjusts_nobody_moves_nobody(self):
        self.program.automatic = False
        simulation = self._simulate(self.draft)
        self.draft.action_activate()

        self.assertFalse(simulation.line_ids)
        self.assertEqual(self.program.version_id, self.draft)
        self.assertEqual(self._get_tier(self.ada), "Silver")

    def test_the_version_says_what_changes(self):
        self.assertIn("no longer reached with", self.draft.change_text)
        self.assertIn("5,000.00", self.draft.change_text)
        self.assertNotIn("Silver", self.draft.change_text)
        self.assertIn("5,000.00", self.draft.summary)

    def test_a_simulation_is_exported(self):
        simulation = self._simulate(self.draft)

        self.assertEqual(
            [row[:6] for row in simulation._get_line_rows()],
            [["Ada", False, False, "Silver", "Silver", "Gold"]],
        )


@tagged("post_install", "-at_install")
class TestActivationOracle(RehearsalCommon):
    """Whatever the program, its members and the draft: activation is simulation."""

    def test_activation_is_the_simulation_row_by_row(self):
        moved = signed = 0
        for seed in range(16):
            run, simulation = self._sign_random_draft(self._get_random(seed))
            if run:
                moves = self._get_moves(simulation)
                self.assertEqual(self._get_decisions(run), moves, f"seed {seed}")
                moved += len(moves)
                signed += 1
        self.assertGreater(signed, 6)
        self.assertGreater(moved, CROWD)

    def _sign_random_draft(self, random):
        program = self._create_random_program(
            random,
            fall_policy=random.choice(["figures", "one_rung"]),
            grace_days=random.choice([0, 0, 5]),
            term_months=random.choice([0, 1, 12]),
        )
        members = self._create_crowd(random, CROWD, program)
        oldest = program.version_id
        self._draft_random_rules(random, program)
        newer = program.version_ids - oldest
        if not newer._find_flaws():
            newer._activate()
        for membership in members:
            version = random.choice([oldest, program.version_id])
            self._put(membership, version_id=version.id)
        self.env.registry.clear_cache()
        draft = self._draft_random_rules(random, program)
        if draft._find_flaws():
            return None, None
        simulation = self._simulate(draft, may_fall=random.random() < 0.6)
        before = {one.id: one.tier_id for one in members}
        draft.action_activate()
        members.invalidate_recordset()
        lines = {line.membership_id.id: line for line in simulation.line_ids}
        for membership in members:
            line = lines.get(membership.id)
            expected = line.draft_tier_id if line else before[membership.id]
            self.assertEqual(membership.tier_id, expected)
        return draft.run_id, simulation
