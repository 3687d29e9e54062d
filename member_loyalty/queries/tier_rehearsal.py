"""Every member measured once, and decided under two versions of the rules.

Nothing is written here, and nobody moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from odoo.tools import SQL

from ..logic.figures import FigureKey
from .benefit_cost import BenefitCost
from .ladder_ranks import rank_of_tier
from .metrics import Scope, measure
from .tier_verdict import Evaluation, verdict


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The same members on the same day under two versions of the rules.

    :param in_force: how the rules in force decide
    :param draft: how the draft decides, with what is in force among its former rules
    :param revenue: the figure that says what a member buys
    :param costs: what benefits cost, by tier id
    :param automatic: whether figures move anybody at all
    :param settled: what comes of it once every promise has ended
    :param in_past: take the tiers that were held on the day
    """

    simulation_id: int
    in_force: Evaluation
    draft: Evaluation
    revenue: FigureKey
    costs: Mapping[int, BenefitCost]
    automatic: bool = True
    settled: bool = False
    in_past: bool = False

    def figure_keys(self) -> tuple[FigureKey, ...]:
        """Return every figure that is asked for, each once."""
        keys = (*self.draft.figure_keys(), *self.in_force.figure_keys(), self.revenue)
        return tuple(dict.fromkeys(keys))


def decided(rehearsal: Rehearsal, scope: Scope) -> SQL:
    """Return CTEs, the last named ``decided``: every member's tier under each version.

    Columns: id, partner_id, tier_id, revenue, held_rank, in_force_rank, draft_rank,
    in_force_cost and draft_cost.
    """
    keys = rehearsal.figure_keys()
    return SQL(
        """%(ranked)s, judged AS (
              SELECT ranked.id, ranked.partner_id, ranked.tier_id, ranked.held_rank,
                     %(revenue)s AS revenue,
                     CASE WHEN ranked.moves THEN in_force.rank ELSE held_rank END
                         AS in_force_rank,
                     CASE WHEN ranked.moves THEN draft.rank ELSE held_rank END
                         AS draft_rank
                FROM ranked
  CROSS JOIN LATERAL (%(in_force)s) in_force
  CROSS JOIN LATERAL (%(draft)s) draft
        ), decided AS (
              SELECT judged.*, %(in_force_cost)s AS in_force_cost,
                     %(draft_cost)s AS draft_cost
                FROM judged
        )""",
        ranked=_ranked(rehearsal, keys, scope),
        revenue=SQL.identifier(f"measured_{keys.index(rehearsal.revenue)}"),
        in_force=_outcome_rank(rehearsal.in_force, keys),
        draft=_outcome_rank(rehearsal.draft, keys),
        in_force_cost=_cost(rehearsal, SQL("in_force_rank")),
        draft_cost=_cost(rehearsal, SQL("draft_rank")),
    )


def _ranked(rehearsal: Rehearsal, keys: tuple[FigureKey, ...], scope: Scope) -> SQL:
    """Return CTEs, the last named ``ranked``: every member with what was measured."""
    draft = rehearsal.draft
    figures = measure(keys, draft.metrics, draft.measuring(scope))
    return SQL(
        """member AS (%(members)s
        ), %(figures)s, ranked AS (
              SELECT member.*, %(held_rank)s AS held_rank, %(columns)s
                FROM member%(joins)s
        )""",
        members=_members(rehearsal, scope),
        figures=figures.ctes,
        held_rank=rank_of_tier(draft.ladder, SQL("member.tier_id")),
        columns=SQL(", ").join(
            SQL("%s AS %s", figures.columns[key], SQL.identifier(f"measured_{number}"))
            for number, key in enumerate(keys)
        ),
        joins=figures.joins,
    )


def _members(rehearsal: Rehearsal, scope: Scope) -> SQL:
    """Return everybody, with what they hold and were promised on the day."""
    promised = SQL("valid_until, granted_tier_id, granted_until")
    if rehearsal.settled:
        promised = SQL(
            "NULL::date AS valid_until, NULL::int AS granted_tier_id,"
            " NULL::date AS granted_until"
        )
    draft = rehearsal.draft
    return SQL(
        """
              SELECT id, partner_id, %(tier)s AS tier_id, version_id, joined_on,
                     %(promised)s, automatic IS NOT FALSE AND %(automatic)s AS moves
                FROM member_membership membership
               WHERE program_id = %(program_id)s
                 AND active
                 AND %(in_scope)s%(joined)s""",
        tier=_tier_held(rehearsal),
        promised=promised,
        automatic=rehearsal.automatic,
        program_id=draft.program_id,
        in_scope=scope.contains(SQL("partner_id")),
        joined=SQL(" AND (joined_on IS NULL OR joined_on <= %s)", draft.as_of)
        if rehearsal.in_past
        else SQL(),
    )


def _tier_held(rehearsal: Rehearsal) -> SQL:
    """Return the tier held on the day: that of the last decision until then."""
    if not rehearsal.in_past:
        return SQL("tier_id")
    return SQL(
        """COALESCE((
                  SELECT decision.to_tier_id
                    FROM member_tier_decision decision
                   WHERE decision.membership_id = membership.id
                     AND decision.date <= %(as_of)s
                     AND decision.event <> 'warned'
                ORDER BY decision.date DESC, decision.id DESC
                   LIMIT 1
                ), %(base)s)""",
        as_of=rehearsal.draft.as_of,
        base=rehearsal.draft.ladder.tiers[0].tier_id,
    )


def _outcome_rank(evaluation: Evaluation, keys: tuple[FigureKey, ...]) -> SQL:
    """Return a query of the rank that a row of ``ranked`` comes to."""
    parts = verdict(evaluation, keys)
    return SQL(
        """
                    SELECT CASE WHEN move IN ('up', 'down')
                                THEN target_rank ELSE held_rank END AS rank
                      FROM (
                              SELECT %(move)s AS move, %(target)s AS target_rank
                                FROM (
                                        SELECT verdict.*, %(reached)s AS reached_rank
                                          FROM (
                                                  SELECT ranked.joined_on,
                                                         %(entered)s AS entered_rank,
                                                         %(former)s AS former_rank,
                                                         %(kept)s AS kept_rank
                                               ) verdict
                                     ) reached
                           ) outcome
                """,
        **{name: part for name, part in parts.items() if name != "json"},
    )


def _cost(rehearsal: Rehearsal, rank: SQL) -> SQL:
    """Return what benefits cost for a member who comes to a rank."""
    branches = [
        SQL("WHEN %s THEN %s", position, cost.of(SQL("revenue")))
        for position, tier in enumerate(rehearsal.draft.ladder.tiers)
        if (cost := rehearsal.costs.get(tier.tier_id))
    ]
    if not branches:
        return SQL("0")
    return SQL("CASE %s %s ELSE 0 END", rank, SQL(" ").join(branches))
