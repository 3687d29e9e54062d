from datetime import date, timedelta
from decimal import Decimal
from random import Random
from unittest.mock import patch

from odoo.tests import freeze_time

from odoo.addons.base.models.ir_cron import IrCron

from ..logic.tier_qualification import Standing, decide
from ..queries.metrics import EVERYBODY
from .common import TODAY, MemberCommon

WINDOWS = [
    ("rolling_months", 1),
    ("rolling_months", 12),
    ("rolling_days", 1),
    ("rolling_days", 30),
    ("calendar_month", 0),
    ("calendar_quarter", 0),
    ("calendar_year", 0),
    ("anniversary", 0),
    ("lifetime", 0),
]
JOINED = [
    date(2020, 2, 29),
    date(2023, 3, 15),
    date(2024, 3, 16),
    date(2025, 12, 31),
    date(2026, 2, 28),
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
        tier[2]["rule_ids"] = self._prepare_random_rules(random, rank) if rank else []
        return tier

    def _prepare_random_rules(self, random, rank, **values):
        """Prepare rules to reach a tier, often easier ones to keep it too."""
        rules = [
            self._prepare_rule(
                *(
                    self._prepare_random_condition(random, rank)
                    for _condition in range(random.randint(1, 2))
                ),
                **values,
            )
            for _rule in range(random.randint(1, 3))
        ]
        if random.random() < 0.5:
            easier = self._prepare_random_condition(random, rank)
            easier["value"] /= 2
            rules.append(self._prepare_rule(easier, purpose="keep", **values))
        return rules

    def _prepare_random_condition(self, random, rank):
        metric = random.choice(["purchase_amount", "order_count"])
        window_type, length = random.choice(WINDOWS)
        value = 150 * (rank - 1) + random.choice([50, 100, 150])
        return {
            "metric": metric,
            "value": rank if metric == "order_count" else value,
            "window_type": window_type,
            "window_length": length,
        }

    def _draft_random_rules(self, random, program):
        """Make a draft with other random rules for every tier but the lowest."""
        draft = self._draft_rules(program)
        draft.rule_ids.unlink()
        draft.rule_ids = [
            rule
            for rank, tier in enumerate(program._get_tiers()[1:], 1)
            for rule in self._prepare_random_rules(random, rank, tier_id=tier.id)
        ]
        draft.lifetime_tier_ids = program._get_tiers()[1:].filtered(
            lambda _tier: random.random() < 0.3
        )
        return draft

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
                    [None, *(TODAY + timedelta(days=gap) for gap in (-9, -1, 0, 1))]
                ),
                joined_on=random.choice(JOINED),
                automatic=random.random() < 0.95,
                granted_tier_id=random.choice(tiers).id,
                granted_until=random.choice(
                    [*[None] * 4, *(TODAY + timedelta(days=gap) for gap in (-1, 0))]
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
        membership.flush_recordset()
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
        joined_on = self._get_membership(partner, program).joined_on or None
        rows = self.env["member.activity"].search(
            [
                ("company_id", "=", program.company_id.id),
                (program._get_partner_column(), "=", partner.id),
            ]
        )
        columns = {"purchase_amount": "amount", "order_count": "order_count"}
        figures = {}
        for key in program._prepare_evaluation(as_of).figure_keys():
            days = key.window.days_as_of(as_of, joined_on)
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
        decision = decide(
            figures,
            ladder,
            self._get_standing(membership),
            as_of,
            may_fall,
            program._get_policy().fall_policy,
            self._get_former_ladder(program, membership),
        )
        promised = term.last_day(as_of, membership.joined_on or None)
        by_hand = self._is_by_hand(
            figures, ladder, membership, decision.to_tier_id, as_of
        )
        if by_hand:
            promised = membership.granted_until
        if decision.move in ("up", "down"):
            rank = ladder.rank(decision.to_tier_id)
            return decision.to_tier_id, as_of, promised if rank else False
        is_over = may_fall and (not until or until < as_of)
        renews = may_fall and term.rolls and not by_hand
        is_over = is_over or (renews and until < promised)
        if decision.move == "stay" and ladder.rank(held) and is_over:
            return held, membership.tier_since, promised
        return held, membership.tier_since, membership.valid_until

    def _is_by_hand(self, figures, ladder, membership, tier_id, as_of):
        """Tell whether it is not by figures that a member comes to a tier or keeps it.

        A former version of the rules counts as figures.
        """
        former = self._get_former_ladder(membership.program_id, membership)
        until = membership.valid_until
        rank, held = ladder.rank(tier_id), ladder.rank(membership.tier_id.id)
        ranks = [ladder.entered_rank(figures), ladder.kept_rank(figures, held)]
        if former and until and until >= as_of:
            ranks.append(former.entered_rank(figures))
        granted = membership.granted_tier_id
        return (
            bool(membership.granted_until)
            and membership.granted_until >= as_of
            and ladder.rank(granted.id) >= rank
            and max(ranks) < rank
        )

    def _get_standing(self, membership):
        return Standing(
            membership.tier_id.id,
            membership.valid_until or None,
            membership.granted_tier_id.id or None,
            membership.granted_until or None,
            membership.automatic,
        )

    def _get_former_ladder(self, program, membership):
        """Return the ladder under which a member entered, if it is not in force."""
        version = membership.version_id
        if not version or version == program.version_id:
            return None
        return version._get_ladder()

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
