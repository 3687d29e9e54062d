"""What becomes of many members, decided in one statement that writes nothing.

``logic.tier_qualification.decide`` says the same of one member; a test compares
both row for row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from odoo.tools import SQL

from ..logic.figures import FigureKey
from ..logic.ladder import Ladder
from ..logic.tier_qualification import FallPolicy
from ..logic.tier_term import Term
from .anniversaries import next_anniversary
from .ladder_ranks import any_rule_holds, entered_rank, figure_json, rank_of_tier
from .metrics import Figures, Measuring, Metric, Scope, measure

FALSE = SQL("FALSE")


@dataclass(frozen=True, slots=True)
class Rules:
    """A version of the rules and the ladder that it makes on the day."""

    version_id: int
    ladder: Ladder


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything an evaluation needs to know about its program and its day.

    :param rules: what is in force
    :param former: older versions under which some members are still promised a tier
    :param may_fall: whether it is a review, at which members can fall
    :param renews: whether a rolling term is promised anew to who qualifies
    """

    program_id: int
    company_id: int
    partner_column: str
    rules: Rules
    metrics: Mapping[str, Metric]
    term: Term
    as_of: date
    former: tuple[Rules, ...] = ()
    policy: FallPolicy = field(default_factory=FallPolicy)
    may_fall: bool = False
    renews: bool = False
    run_id: int | None = None
    user_id: int = 1
    recorded_until: datetime | None = None

    @property
    def ladder(self) -> Ladder:
        """Return the ladder in force, whose tiers the ranks count."""
        return self.rules.ladder

    def figure_keys(self) -> tuple[FigureKey, ...]:
        """Return every figure that some version asks for, each once."""
        keys = [key for rules in self._all() for key in rules.ladder.figure_keys()]
        return tuple(dict.fromkeys(keys))

    def _all(self) -> tuple[Rules, ...]:
        return (self.rules, *self.former)

    def measuring(self, scope: Scope, only_members: bool = False) -> Measuring:
        """Return whom to measure and as of when."""
        return Measuring(
            self.program_id,
            self.company_id,
            self.partner_column,
            self.as_of,
            scope,
            self.recorded_until,
            only_members,
        )

    def measure(self, scope: Scope, only_members: bool = False) -> Figures:
        """Return how to measure the members in scope for all versions at once."""
        return measure(
            self.figure_keys(), self.metrics, self.measuring(scope, only_members)
        )


def outcome(evaluation: Evaluation, scope: Scope, only: SQL | None = None) -> SQL:
    """Return CTEs, the last named ``outcome``: what becomes of each member in scope.

    Columns of ``outcome``: id, partner_id, tier_id, valid_until, version_id,
    joined_on, held_rank, entered_rank, former_rank, kept_rank, figures (JSON),
    move ('up', 'down', 'kept' or 'stay') and target_rank.

    :param only: a further condition on memberships; all others are left out
    """
    figures = evaluation.measure(scope, only_members=only is not None)
    return SQL(
        """member AS (%(members)s
        ), %(figures)s, ranked AS (
              SELECT member.*, %(held_rank)s AS held_rank%(columns)s
                FROM member%(joins)s
        ), verdict AS (
              SELECT ranked.*, %(entered)s AS entered_rank, %(former)s AS former_rank,
                     %(kept)s AS kept_rank, %(json)s AS figures
                FROM ranked
        ), reached AS (
              SELECT verdict.*, %(reached)s AS reached_rank
                FROM verdict
        ), outcome AS (
              SELECT reached.*, %(move)s AS move, %(target)s AS target_rank
                FROM reached
        )""",
        members=_members(evaluation.program_id, scope, only),
        figures=figures.ctes,
        held_rank=rank_of_tier(evaluation.ladder, SQL("member.tier_id")),
        columns=SQL("").join(
            SQL(", %s AS %s", column, SQL.identifier(f"measured_{position}"))
            for position, column in enumerate(figures.columns.values())
        ),
        joins=figures.joins,
        **verdict(evaluation, evaluation.figure_keys()),
    )


def _members(program_id: int, scope: Scope, only: SQL | None) -> SQL:
    """Return the memberships that figures may move."""
    return SQL(
        """
              SELECT id, partner_id, tier_id, valid_until, version_id, joined_on,
                     granted_tier_id, granted_until
                FROM member_membership
               WHERE program_id = %(program_id)s
                 AND active
                 AND automatic IS NOT FALSE
                 AND %(in_scope)s%(only)s""",
        program_id=program_id,
        in_scope=scope.contains(SQL("partner_id")),
        only=SQL(" AND %s", only) if only is not None else SQL(),
    )


def verdict(evaluation: Evaluation, keys: tuple[FigureKey, ...]) -> dict[str, SQL]:
    """Return the expressions that decide, by their place in the statement.

    :param keys: the figures in the order in which the columns ``measured_0``,
        ``measured_1`` ... hold them
    """
    columns = {key: SQL.identifier(f"measured_{n}") for n, key in enumerate(keys)}
    return {
        "entered": SQL(
            "GREATEST(%s, %s)",
            entered_rank(evaluation.ladder, columns),
            _granted_rank(evaluation),
        ),
        "former": _former_rank(evaluation, columns),
        "kept": _kept_rank(evaluation.ladder, columns),
        "json": figure_json(columns),
        "reached": SQL("GREATEST(entered_rank, former_rank)"),
        "move": _move(evaluation),
        "target": _target_rank(evaluation),
    }


def _move(evaluation: Evaluation) -> SQL:
    """Say what becomes of a member: up, down, kept (promised anew) or stay."""
    falls = kept = FALSE
    if evaluation.may_fall:
        falls = _is_over(evaluation, evaluation.policy.grace_days)
        kept = _is_over(evaluation)
    if evaluation.term.rolls and evaluation.renews:
        kept = SQL(
            "(%s OR valid_until < %s)", kept, promised_until(evaluation, "reached")
        )
    return SQL(
        """CASE WHEN reached_rank > held_rank THEN 'up'
                WHEN GREATEST(reached_rank, kept_rank) >= held_rank
                THEN CASE WHEN held_rank > 0 AND %(kept)s THEN 'kept' ELSE 'stay' END
                WHEN %(falls)s THEN 'down'
                ELSE 'stay' END""",
        falls=falls,
        kept=kept,
    )


def _is_over(evaluation: Evaluation, grace_days: int = 0) -> SQL:
    """Return the condition that the tier is no longer promised, grace included."""
    return SQL(
        "(valid_until IS NULL OR valid_until + %s < %s)", grace_days, evaluation.as_of
    )


def is_due(evaluation: Evaluation) -> SQL:
    """Return the condition that a membership could fall at this evaluation."""
    base = evaluation.ladder.tiers[0].tier_id
    over = _is_over(evaluation, evaluation.policy.grace_days)
    return SQL("tier_id <> %s AND %s", base, over)


def _target_rank(evaluation: Evaluation) -> SQL:
    """Return the rank a member moves to: up at once, down by the program's policy."""
    kept = SQL("GREATEST(reached_rank, kept_rank)")
    lower = SQL("held_rank - 1") if evaluation.policy.one_rung else kept
    return SQL(
        """CASE WHEN reached_rank > held_rank THEN reached_rank
                WHEN %(kept)s >= held_rank THEN held_rank
                ELSE %(lower)s END""",
        kept=kept,
        lower=lower,
    )


def _kept_rank(ladder: Ladder, columns: Mapping[FigureKey, SQL]) -> SQL:
    """Return the highest rank up to the one held that can be kept.

    Without rules of their own to keep tiers, it is what the figures give.
    """
    if not any(tier.keeping for tier in ladder.tiers):
        return entered_rank(ladder, columns)
    branches = [
        SQL("WHEN held_rank >= %s AND %s THEN %s", rank, holds, rank)
        for rank, tier in reversed(list(enumerate(ladder.tiers))[1:])
        if (holds := any_rule_holds((*tier.rules, *tier.keeping), columns))
    ]
    return SQL("CASE %s ELSE 0 END", SQL(" ").join(branches)) if branches else SQL("0")


def _former_rank(evaluation: Evaluation, columns: Mapping[FigureKey, SQL]) -> SQL:
    """Return what the rules give under which a promised tier was entered."""
    branches = [
        SQL("WHEN %s THEN %s", rules.version_id, entered_rank(rules.ladder, columns))
        for rules in evaluation.former
    ]
    if not branches:
        return SQL("0")
    return SQL(
        "CASE WHEN valid_until >= %s THEN CASE version_id %s ELSE 0 END ELSE 0 END",
        evaluation.as_of,
        SQL(" ").join(branches),
    )


def _granted_rank(evaluation: Evaluation) -> SQL:
    """Return the rank that was given by hand, until that is over."""
    return SQL(
        "CASE WHEN granted_until >= %s THEN %s ELSE 0 END",
        evaluation.as_of,
        rank_of_tier(evaluation.ladder, SQL("granted_tier_id")),
    )


def promised_until(evaluation: Evaluation, alias: str) -> SQL:
    """Return the last day of a promise made on the day of the evaluation."""
    if evaluation.term.type == "anniversary":
        joined = SQL.identifier(alias, "joined_on")
        return SQL("(%s - 1)", next_anniversary(joined, evaluation.as_of))
    return SQL("%s::date", evaluation.term.last_day(evaluation.as_of))
