from datetime import date

from odoo.tests import tagged

from ..queries.metrics import EVERYBODY
from .common import TODAY
from .evaluation_common import EvaluationCommon

CROWD = 60
SEEDS = range(8)
TERMS = [
    ("months", 0),
    ("months", 12),
    ("rolling", 1),
    ("rolling", 12),
    ("calendar", 0),
    ("anniversary", 0),
]
DAYS = [TODAY, date(2026, 2, 28), date(2024, 2, 29), date(2026, 3, 31)]


@tagged("post_install", "-at_install")
class TestEvaluationOracle(EvaluationCommon):
    """The statement decides what the pure rules decide, member by member."""

    def _compare(self, seed, may_fall, **values):
        random = self._get_random(seed)
        program = self._create_random_program(random, **values)
        as_of = random.choice(DAYS)
        members = self._create_crowd(random, CROWD, program, last_day=as_of)
        expected = {
            membership.partner_id.id: self._expect_standing(
                program, membership, as_of, may_fall
            )
            for membership in members
        }
        before = self._get_standings(members)

        moves = self._apply(program, as_of, may_fall)

        after = self._get_standings(members)
        for member, standing in expected.items():
            self.assertEqual(after[member], standing, (seed, before[member]))
        self.assertEqual(
            {(partner, left, reached) for _id, partner, left, reached, _move in moves},
            {
                (partner, before[partner][0], after[0])
                for partner, after in expected.items()
                if after[0] != before[partner][0]
            },
        )
        self.assertEqual(self._apply(program, as_of, may_fall), [])
        return len(moves)

    def test_rising_is_decided_alike(self):
        moved = sum(self._compare(seed, may_fall=False) for seed in SEEDS)

        self.assertGreater(moved, CROWD)

    def test_falling_without_a_term_is_decided_alike(self):
        moved = sum(self._compare(seed, may_fall=True) for seed in SEEDS)

        self.assertGreater(moved, CROWD)

    def test_falling_with_a_term_is_decided_alike(self):
        moved = sum(
            self._compare(seed, True, term_months=seed + 1, fall_day=28)
            for seed in SEEDS
        )

        self.assertGreater(moved, CROWD)

    def test_every_kind_of_promise_is_decided_alike(self):
        for seed, (term_type, months) in enumerate(TERMS):
            self._compare(seed, True, term_type=term_type, term_months=months)

    def test_grace_and_one_rung_are_decided_alike(self):
        for seed in SEEDS:
            self._compare(seed, True, fall_policy="one_rung", grace_days=seed)

    def test_members_of_an_older_version_are_decided_alike(self):
        risen = 0
        for seed in SEEDS:
            random = self._get_random(seed)
            program = self._create_random_program(random)
            members = self._create_crowd(random, CROWD, program)
            old = program.version_id
            self._draft_random_rules(random, program)._activate()
            for membership in members:
                version = random.choice([old, program.version_id])
                self._put(membership, version_id=version.id)
            self.env.registry.clear_cache()

            expected = {
                membership.partner_id.id: self._expect_standing(
                    program, membership, TODAY, may_fall=True
                )
                for membership in members
            }
            self._apply(program, may_fall=True)

            self.assertEqual(self._get_standings(members), expected, f"seed {seed}")
            risen += len(
                members.decision_ids.filtered(
                    lambda one, old=old: one.event == "up" and one.version_id == old
                )
            )
        self.assertGreater(risen, 0)

    def test_every_decision_comes_out_the_same_again(self):
        replayed = 0
        for seed in SEEDS:
            random = self._get_random(seed)
            program = self._create_random_program(random)
            members = self._create_crowd(random, CROWD, program)
            self._apply(program, may_fall=True)

            decided = members.decision_ids.filtered("figures")
            self.assertEqual(decided._replay(), {})
            replayed += len(decided)
        self.assertGreater(replayed, CROWD)

    def test_contacts_as_members_are_decided_alike(self):
        for seed in SEEDS:
            self._compare(seed, may_fall=True, member_level="contact")

    def test_a_decision_says_what_was_measured(self):
        random = self._get_random(99)
        program = self._create_random_program(random)
        members = self._create_crowd(random, CROWD, program)

        self._apply(program, may_fall=True)

        keys = program._prepare_evaluation(TODAY).figure_keys()
        decisions = members.decision_ids.filtered("figures")
        self.assertTrue(decisions)
        for decision in decisions:
            figures = self._measure(program, decision.partner_id, TODAY)
            self.assertEqual(
                decision.figures, {key.code: float(figures[key]) for key in keys}
            )

    def test_what_is_shown_is_what_is_decided_by(self):
        customer = self._create_customer()
        [membership] = self._enroll(customer)
        self._book(customer, 600, on=date(2025, 3, 16))
        self._book(customer, 400, on=date(2025, 3, 15))
        self._apply(self.program)
        self.assertEqual(membership.tier_id, self.ordinary)

        self._book(customer, 400)
        self._apply(self.program)

        self.assertEqual(membership.window_amount, 1000)
        self.assertEqual(membership.window_order_count, 2)
        self.assertEqual(membership.tier_id, self.silver)

    def test_others_are_left_alone(self):
        random = self._get_random(5)
        program = self._create_random_program(random)
        members = self._create_crowd(random, 20, program)
        inside, outside = members[:10], members[10:]
        before = self._get_standings(outside)

        scope = EVERYBODY.__class__(partner_ids=tuple(inside.partner_id.ids))
        self._apply(program, may_fall=True, scope=scope)

        self.assertEqual(self._get_standings(outside), before)
