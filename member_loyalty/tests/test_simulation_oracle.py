from decimal import Decimal

from odoo.tests import tagged

from ..logic.tier_qualification import decide
from .common import TODAY
from .rehearsal_common import RehearsalCommon


@tagged("post_install", "-at_install")
class TestSimulationOracle(RehearsalCommon):
    """A simulation says of every member what the pure rules say."""

    def test_every_member_is_decided_alike(self):
        listed = 0
        for seed in range(10):
            random = self._get_random(seed)
            program = self._create_random_program(
                random,
                fall_policy=random.choice(["figures", "one_rung"]),
                grace_days=random.choice([0, 5]),
            )
            members = self._create_crowd(random, 40, program)
            draft = self._draft_random_rules(random, program)
            if draft._find_flaws():
                continue
            may_fall = random.random() < 0.5
            simulation = self._simulate(draft, may_fall=may_fall)
            lines = {line.membership_id: line for line in simulation.line_ids}

            for membership in members:
                held = membership.tier_id
                in_force = self._decide(program, membership, None, may_fall)
                after = self._decide(program, membership, draft, may_fall)
                line = lines.get(membership)
                if line:
                    self.assertEqual(line.tier_id, held)
                    self.assertEqual(line.in_force_tier_id.id, in_force, seed)
                    self.assertEqual(line.draft_tier_id.id, after, seed)
                else:
                    self.assertEqual((held.id, held.id), (in_force, after), seed)
            listed += len(lines)
        self.assertGreater(listed, 40)

    def _decide(self, program, membership, draft, may_fall):
        """Return the tier that the pure rules give, by the draft or what is in force.

        Whoever entered under what is in force keeps it while the tier is promised.
        """
        in_force = program._get_ladder()
        ladder = draft._get_ladder() if draft else in_force
        former = in_force if draft and membership.version_id else None
        figures = self._measure_keys(
            program, membership, {*ladder.figure_keys(), *in_force.figure_keys()}
        )
        return decide(
            figures,
            ladder,
            self._get_standing(membership),
            TODAY,
            may_fall,
            program._get_policy().fall_policy,
            former,
        ).to_tier_id

    def _measure_keys(self, program, membership, keys):
        column = program._get_partner_column()
        rows = self.env["member.activity"].search(
            [
                ("company_id", "=", program.company_id.id),
                (column, "=", membership.partner_id.id),
            ]
        )
        columns = {"purchase_amount": "amount", "order_count": "order_count"}
        figures = {}
        for key in keys:
            days = key.window.days_as_of(TODAY, membership.joined_on or None)
            figures[key] = sum(
                Decimal(str(row[columns[key.metric]]))
                for row in rows
                if row.date <= days.last and (not days.first or row.date >= days.first)
            )
        return figures
