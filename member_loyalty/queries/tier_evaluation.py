"""Decide and write the tiers of many members in one statement.

``logic.tier_qualification.decide`` says the same of one member; a test compares
both row for row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from odoo.tools import SQL

from ..logic.tier_qualification import FigureKey, Ladder, Rule, Term
from . import pending
from .metrics import Metric


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose tiers are decided: members by id, or a span of partner ids.

    ``after`` is left out of the span, ``upto`` belongs to it.
    """

    partner_ids: tuple[int, ...] | None = None
    after: int = 0
    upto: int = 0

    def contains(self, column: SQL) -> SQL:
        """Return the condition that a partner id is in the scope."""
        if self.partner_ids is not None:
            return SQL("%s = ANY(%s)", column, list(self.partner_ids))
        return SQL(
            "%(column)s > %(after)s AND %(column)s <= %(upto)s",
            column=column,
            after=self.after,
            upto=self.upto,
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything an evaluation needs to know about its program and its day."""

    program_id: int
    company_id: int
    partner_column: str
    ladder: Ladder
    metrics: Mapping[str, Metric]
    term: Term
    as_of: date
    may_fall: bool
    run_id: int | None = None
    user_id: int = 1


def evaluate(env, evaluation: Evaluation, scope: Scope) -> SQL:
    """Move the members whose figures ask for it and log why.

    Returns a row for each member that moved: membership id, partner id, the tier
    left, the tier reached and 'up' or 'down'.
    """
    return SQL(
        """
        WITH %(outcome)s
        ), changed AS (%(change)s
        ), logged AS (%(log)s
        )
        SELECT id, partner_id, from_tier_id, to_tier_id, move
          FROM changed
         WHERE move IN ('up', 'down')
        """,
        outcome=_outcome(evaluation, scope),
        change=_change(evaluation, env.cr.now()),
        log=_log(evaluation, env.cr.now()),
        to_flush=_read_fields(env),
    )


def _outcome(evaluation: Evaluation, scope: Scope) -> SQL:
    """Measure the members in scope and say what becomes of each."""
    return SQL(
        """member AS (
              SELECT id, partner_id, tier_id, valid_until
                FROM member_membership
               WHERE program_id = %(program_id)s
                 AND active
                 AND %(in_scope)s
        ), figure AS (%(figures)s
        ), verdict AS (
              SELECT member.id, member.partner_id, member.tier_id, member.valid_until,
                     %(held_rank)s AS held_rank,
                     %(reached_rank)s AS reached_rank,
                     %(figure_json)s AS figures
                FROM member
           LEFT JOIN figure ON figure.partner_id = member.partner_id
        ), outcome AS (
              SELECT verdict.*, %(move)s AS move
                FROM verdict""",
        program_id=evaluation.program_id,
        in_scope=scope.contains(SQL("partner_id")),
        figures=_figures(evaluation, scope),
        held_rank=_rank_of_tier(evaluation.ladder, SQL("member.tier_id")),
        reached_rank=_reached_rank(evaluation.ladder),
        figure_json=_figure_json(evaluation.ladder),
        move=_move(evaluation),
    )


def _change(evaluation: Evaluation, now: datetime) -> SQL:
    """Write the members that move or are promised their tier anew, and only them."""
    return SQL(
        """
              UPDATE member_membership membership
                 SET tier_id = CASE WHEN outcome.move IN ('up', 'down')
                                    THEN %(reached_tier)s ELSE membership.tier_id END,
                     tier_since = CASE WHEN outcome.move IN ('up', 'down')
                                       THEN %(as_of)s ELSE membership.tier_since END,
                     valid_until = CASE WHEN outcome.reached_rank > 0
                                        THEN %(promised_until)s END,
                     write_uid = %(user_id)s,
                     write_date = %(now)s
                FROM outcome
               WHERE membership.id = outcome.id
                 AND outcome.move IN ('up', 'down', 'kept')
           RETURNING outcome.id, outcome.partner_id, outcome.tier_id AS from_tier_id,
                     membership.tier_id AS to_tier_id, outcome.move,
                     CASE WHEN outcome.move <> 'kept' THEN outcome.figures END
                         AS figures""",
        reached_tier=_tier_of_rank(evaluation.ladder, SQL("outcome.reached_rank")),
        as_of=evaluation.as_of,
        promised_until=evaluation.term.last_day(evaluation.as_of),
        user_id=evaluation.user_id,
        now=now,
    )


def _log(evaluation: Evaluation, now: datetime) -> SQL:
    """Keep a decision for every member that moved."""
    return SQL(
        """
              INSERT INTO member_tier_decision (
                     membership_id, date, event, from_tier_id, to_tier_id, run_id,
                     figures, create_date)
              SELECT id, %(as_of)s, move, from_tier_id, to_tier_id, %(run_id)s,
                     figures, %(now)s
                FROM changed
               WHERE move IN ('up', 'down')""",
        as_of=evaluation.as_of,
        run_id=evaluation.run_id,
        now=now,
    )


def ladder_figures(env, evaluation: Evaluation, scope: Scope) -> SQL:
    """Measure members for every figure the ladder asks for, writing nothing.

    Columns: partner id, NULL, then a figure for each of ``ladder.figure_keys()``.
    Who has no activity in the windows is left out.
    """
    return SQL(
        "%(figures)s",
        figures=_figures(evaluation, scope),
        to_flush=_read_fields(env),
    )


def _read_fields(env) -> tuple:
    """Return the fields whose pending writes the evaluation has to see."""
    return (
        *pending.memberships(env),
        env["member.activity"]._fields["amount"],
        env["member.evaluation.run"]._fields["position"],
    )


def _figures(evaluation: Evaluation, scope: Scope) -> SQL:
    """Sum the journal once for every figure the ladder asks for."""
    keys = evaluation.ladder.figure_keys()
    columns = [SQL("NULL::int AS nothing")] + [
        SQL(
            "%s AS %s",
            evaluation.metrics[key.metric].measure(key, evaluation.as_of),
            SQL.identifier(f"figure_{position}"),
        )
        for position, key in enumerate(keys)
    ]
    partner = SQL.identifier("activity", evaluation.partner_column)
    return SQL(
        """
              SELECT %(partner)s AS partner_id, %(columns)s
                FROM member_activity activity
               WHERE activity.company_id = %(company_id)s
                 AND activity.date <= %(as_of)s%(since)s
                 AND %(in_scope)s
            GROUP BY %(partner)s""",
        partner=partner,
        columns=SQL(", ").join(columns),
        company_id=evaluation.company_id,
        as_of=evaluation.as_of,
        since=_earliest_day(keys, evaluation.as_of),
        in_scope=scope.contains(partner),
    )


def _earliest_day(keys: Sequence[FigureKey], as_of: date) -> SQL:
    """Leave out what is older than every window, if every window has a start."""
    firsts = [key.window.days_as_of(as_of).first for key in keys]
    if not firsts or None in firsts:
        return SQL()
    return SQL(" AND activity.date >= %s", min(firsts))


def _move(evaluation: Evaluation) -> SQL:
    """Say what becomes of a member: up, down, kept (promised anew), stay or held."""
    due = SQL("(valid_until IS NULL OR valid_until < %s)", evaluation.as_of)
    falls = SQL("held_rank > reached_rank AND %s", due)
    kept = SQL("held_rank = reached_rank AND held_rank > 0 AND %s", due)
    if not evaluation.may_fall:
        falls = kept = SQL("FALSE")
    return SQL(
        """CASE WHEN reached_rank > held_rank THEN 'up'
                WHEN %(falls)s THEN 'down'
                WHEN %(kept)s THEN 'kept'
                ELSE 'stay' END""",
        falls=falls,
        kept=kept,
    )


def _reached_rank(ladder: Ladder) -> SQL:
    """Return the rank that a member's figures give: the highest that holds."""
    keys = {key: position for position, key in enumerate(ladder.figure_keys())}
    branches = [
        SQL("WHEN %s THEN %s", SQL(" OR ").join(rules), rank)
        for rank, tier in reversed(list(enumerate(ladder.tiers))[1:])
        if (rules := [_rule(rule, keys) for rule in tier.rules if rule.conditions])
    ]
    if not branches:
        return SQL("0")
    return SQL("CASE %s ELSE 0 END", SQL(" ").join(branches))


def _rule(rule: Rule, keys: Mapping[FigureKey, int]) -> SQL:
    """Return the condition that every figure of a rule reaches its threshold."""
    conditions = [
        SQL(
            "COALESCE(%s, 0) >= %s",
            SQL.identifier("figure", f"figure_{keys[condition.figure]}"),
            condition.threshold,
        )
        for condition in rule.conditions
    ]
    return SQL("(%s)", SQL(" AND ").join(conditions))


def _rank_of_tier(ladder: Ladder, tier: SQL) -> SQL:
    """Return the rank of the tier a member holds, 0 for one that left the ladder."""
    branches = [
        SQL("WHEN %s THEN %s", tier_.tier_id, rank)
        for rank, tier_ in enumerate(ladder.tiers)
    ]
    return SQL("CASE %s %s ELSE 0 END", tier, SQL(" ").join(branches))


def _tier_of_rank(ladder: Ladder, rank: SQL) -> SQL:
    """Return the tier that stands on a rank."""
    branches = [
        SQL("WHEN %s THEN %s", position, tier.tier_id)
        for position, tier in enumerate(ladder.tiers)
    ]
    return SQL("CASE %s %s END", rank, SQL(" ").join(branches))


def _figure_json(ladder: Ladder) -> SQL:
    """Return the measured figures as a JSON object, by the code of the figure."""
    pairs = [
        SQL(
            "%s::text, COALESCE(%s, 0)",
            key.code,
            SQL.identifier("figure", f"figure_{position}"),
        )
        for position, key in enumerate(ladder.figure_keys())
    ]
    return SQL("jsonb_build_object(%s)", SQL(", ").join(pairs))
