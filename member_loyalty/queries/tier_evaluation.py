"""Write the tiers of many members in one statement, and log why."""

from datetime import datetime

from odoo.tools import SQL

from . import pending
from .ladder_ranks import tier_of_rank
from .metrics import Scope
from .metrics import read_fields as measured_fields
from .tier_verdict import Evaluation, outcome, promised_until


def evaluate(env, evaluation: Evaluation, scope: Scope) -> SQL:
    """Move the members whose figures ask for it and log why.

    Returns a row for each member that moved: membership id, partner id, the tier
    left, the tier reached and 'up' or 'down'.
    """
    return SQL(
        """
        WITH %(outcome)s, changed AS (%(change)s
        ), logged AS (%(log)s
        )
        SELECT id, partner_id, from_tier_id, to_tier_id, move
          FROM changed
         WHERE move IN ('up', 'down')
        """,
        outcome=outcome(evaluation, scope),
        change=_change(evaluation, env.cr.now()),
        log=_log(evaluation, env.cr.now()),
        to_flush=read_fields(env),
    )


def _change(evaluation: Evaluation, now: datetime) -> SQL:
    """Write the members that move or are promised their tier anew, and only them.

    Who rises by the rules of a former version stays with that version.
    """
    return SQL(
        """
              UPDATE member_membership membership
                 SET tier_id = CASE WHEN outcome.move IN ('up', 'down')
                                    THEN %(target_tier)s ELSE membership.tier_id END,
                     tier_since = CASE WHEN outcome.move IN ('up', 'down')
                                       THEN %(as_of)s ELSE membership.tier_since END,
                     valid_until = CASE WHEN outcome.target_rank > 0
                                        THEN %(promised_until)s END,
                     version_id = CASE WHEN outcome.former_rank
                                            > GREATEST(outcome.entered_rank,
                                                       outcome.granted_rank)
                                       THEN outcome.version_id ELSE %(version_id)s END,
                     write_uid = %(user_id)s,
                     write_date = %(now)s
                FROM outcome
               WHERE membership.id = outcome.id
                 AND outcome.move IN ('up', 'down', 'kept')
           RETURNING outcome.id, outcome.partner_id, outcome.tier_id AS from_tier_id,
                     membership.tier_id AS to_tier_id, outcome.move,
                     membership.version_id,
                     CASE WHEN outcome.move <> 'kept' THEN outcome.figures END
                         AS figures""",
        target_tier=tier_of_rank(evaluation.ladder, SQL("outcome.target_rank")),
        as_of=evaluation.as_of,
        promised_until=promised_until(evaluation),
        version_id=evaluation.rules.version_id,
        user_id=evaluation.user_id,
        now=now,
    )


def _log(evaluation: Evaluation, now: datetime) -> SQL:
    """Keep a decision for every member that moved."""
    return SQL(
        """
              INSERT INTO member_tier_decision (
                     membership_id, date, event, from_tier_id, to_tier_id, run_id,
                     event_version_id, figures, create_date)
              SELECT id, %(as_of)s, move, from_tier_id, to_tier_id, %(run_id)s,
                     %(version_id)s, figures, %(now)s
                FROM changed
               WHERE move IN ('up', 'down')""",
        as_of=evaluation.as_of,
        run_id=evaluation.run_id,
        version_id=_event_version(evaluation),
        now=now,
    )


def _event_version(evaluation: Evaluation) -> SQL:
    """Return the version to keep with a decision: none where it is the run's."""
    if evaluation.run_id is None:
        return SQL("version_id")
    return SQL("NULLIF(version_id, %s)", evaluation.rules.version_id)


def ladder_figures(env, evaluation: Evaluation, scope: Scope) -> SQL:
    """Measure members for every figure the rules ask for, writing nothing.

    Columns: partner id, then a figure for each of ``evaluation.figure_keys()``.
    """
    figures = evaluation.measure(scope)
    return SQL(
        """
        WITH member AS (
              SELECT partner_id, joined_on
                FROM member_membership
               WHERE program_id = %(program_id)s
                 AND active
                 AND %(in_scope)s
        ), %(ctes)s
        SELECT %(columns)s
          FROM member%(joins)s
        """,
        program_id=evaluation.program_id,
        in_scope=scope.contains(SQL("partner_id")),
        ctes=figures.ctes,
        columns=SQL(", ").join([SQL("member.partner_id"), *figures.columns.values()]),
        joins=figures.joins,
        to_flush=read_fields(env),
    )


def read_fields(env) -> tuple:
    """Return the fields whose pending writes an evaluation has to see."""
    return (
        *pending.memberships(env),
        *measured_fields(env),
        env["member.evaluation.run"]._fields["position"],
    )
