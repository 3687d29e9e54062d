from datetime import timedelta
from decimal import Decimal
from random import Random
from unittest.mock import patch

from odoo.tests import freeze_time

from odoo.addons.base.models.ir_cron import IrCron

from ..logic.tier_qualification import Standing, decide, find_tier
from ..queries.tier_evaluation import Scope
from .common import TODAY, MemberCommon

EVERYBODY = Scope(after=0, upto=2**31 - 1)
WINDOWS = [
    ("rolling_months", 1),
    ("rolling_months", 12),
    ("rolling_days", 1),
    ("rolling_days", 30),
    ("calendar_month", 0),
    ("calendar_year", 0),
    ("lifetime", 0),
]


@freeze_time("2026-03-15 10:00:00")
class EvaluationCommon(MemberCommon):
    """Programs with any ladder, members with any history."""

    def _create_random_program(self, random, **values):
        """Make a program of one to four tiers with random rules."""
        rungs = random.randint(1, 4)
        return self.env["member.program"].create(
            {
                "name": "Random",
                "tier_ids": [
                    self._prepare_random_tier(random, rank) for rank in range(rungs)
                ],
                **values,
            }
        )

    def _prepare_random_tier(self, random, rank):
        tier = self._prepare_tier(f"Tier {rank}", rank)
        tier[2]["rule_ids"] = [
            self._prepare_rule(
                *(
                    self._prepare_random_condition(random, rank)
                    for _condition in range(random.randint(1, 2))
                )
            )
            for _rule in range(random.randint(1, 3) if rank else 0)
        ]
        return tier

    def _prepare_random_condition(self, random, rank):
        metric = random.choice(["purchase_amount", "order_count"])
        window_type, length = random.choice(WINDOWS)
        value = rank * random.choice([50, 100, 150])
        return {
            "metric": metric,
            "value": rank if metric == "order_count" else value,
            "window_type": window_type,
            "window_length": length,
        }

    def _create_crowd(self, random, size, program, last_day=TODAY):
        """Make members in random tiers with random purchases and credit notes."""
        partners = self.env["res.partner"].create(
            [{"name": f"Member {number}"} for number in range(size)]
        )
        self._book_random(random, partners, last_day, program.company_id)
        members = program._enroll_partners(partners, "hand")
        tiers = program.tier_ids
        self.env.flush_all()
        for membership in members:
            self._put(
                membership,
                tier_id=random.choice(tiers).id,
                tier_since=TODAY - timedelta(days=400),
                valid_until=random.choice(
                    [None, *(TODAY + timedelta(days=gap) for gap in (-1, 0, 1))]
                ),
            )
        return members

    def _book_random(self, random, partners, last_day, company):
        """Book a few activities for each partner, on edges of windows as well."""
        gaps = [-5, 0, 1, 14, 15, 27, 28, 29, 30, 31, 73, 74, 364, 365, 366, 500]
        values = [
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "partner_id": partner.id,
                "commercial_partner_id": partner.id,
                "kind": "purchase",
                "event": "imported",
                "date": last_day - timedelta(days=random.choice(gaps)),
                "amount": random.choice([50, 99.99, 100, 100, 150, -50, 0.01]),
                "order_count": random.choice([1, 1, 1, 0, -1]),
                "source_key": f"random,{partner.id},{number}",
                "revision": 1,
            }
            for partner in partners
            for number in range(random.randint(0, 4))
        ]
        return self.env["member.activity"].sudo().create(values)

    def _put(self, membership, **values):
        """Put a membership where no decision brought it."""
        columns = ", ".join(f"{name} = %s" for name in values)
        self.env.cr.execute(
            f"UPDATE member_membership SET {columns} WHERE id = %s",
            [*values.values(), membership.id],
        )
        membership.invalidate_recordset()

    def _get_standings(self, memberships):
        memberships.invalidate_recordset()
        return {
            membership.partner_id.id: (
                membership.tier_id.id,
                membership.tier_since,
                membership.valid_until,
            )
            for membership in memberships
        }

    def _measure(self, program, partner, as_of):
        """Measure a member's figures in plain Python."""
        rows = self.env["member.activity"].search(
            [
                ("company_id", "=", program.company_id.id),
                (program._get_partner_column(), "=", partner.id),
            ]
        )
        columns = {"purchase_amount": "amount", "order_count": "order_count"}
        figures = {}
        for key in program._get_ladder().figure_keys():
            days = key.window.days_as_of(as_of)
            figures[key] = sum(
                Decimal(str(row[columns[key.metric]]))
                for row in rows
                if row.date <= days.last and (not days.first or row.date >= days.first)
            )
        return figures

    def _expect_standing(self, program, membership, as_of, may_fall):
        """Say with the pure rules what becomes of a membership."""
        ladder, term = program._get_ladder(), program._get_term()
        figures = self._measure(program, membership.partner_id, as_of)
        held, until = membership.tier_id.id, membership.valid_until or None
        decision = decide(figures, ladder, Standing(held, until), as_of, may_fall)
        reached = ladder.rank(find_tier(figures, ladder).tier_id)
        promised = term.last_day(as_of) if reached else False
        if decision.move in ("up", "down"):
            return decision.to_tier_id, as_of, promised
        is_due = may_fall and (not until or until < as_of)
        if decision.move == "stay" and reached and is_due:
            return held, membership.tier_since, promised
        return held, membership.tier_since, membership.valid_until

    def _apply(self, program, as_of=TODAY, may_fall=False, scope=EVERYBODY):
        evaluation = program._prepare_evaluation(as_of, may_fall)
        return program._apply_evaluation(evaluation, scope)

    def _catch_up(self, *programs):
        """Do what the scheduled action does for programs, without committing."""
        with patch.object(
            IrCron, "_commit_progress", lambda *_args, **_values: float("inf")
        ):
            for program in programs:
                self.assertTrue(program._catch_up())
        self.env.invalidate_all()

    def _get_random(self, seed):
        return Random(seed)
