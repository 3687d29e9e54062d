"""Members who would fall: counted, listed, warned."""

from datetime import date

from odoo.tools import SQL

from .ladder_ranks import tier_of_rank
from .metrics import EVERYBODY
from .tier_evaluation import read_fields
from .tier_verdict import Evaluation, is_due, outcome


def count_falls(env, evaluation: Evaluation) -> SQL:
    """Count the members that a review would lower."""
    return SQL(
        "WITH %s SELECT COUNT(*) FROM outcome WHERE move = 'down'",
        outcome(evaluation, EVERYBODY, only=is_due(evaluation)),
        to_flush=read_fields(env),
    )


def list_falls(env, evaluation: Evaluation) -> SQL:
    """Write down the members that a review would lower, for somebody to look at."""
    return SQL(
        """
        WITH %(outcome)s
        INSERT INTO member_evaluation_fall (
               run_id, membership_id, partner_id, company_id, from_tier_id, to_tier_id,
               figures)
        SELECT %(run_id)s, id, partner_id, %(company_id)s, tier_id, %(to_tier)s, figures
          FROM outcome
         WHERE move = 'down'
        """,
        outcome=outcome(evaluation, EVERYBODY, only=is_due(evaluation)),
        run_id=evaluation.run_id,
        company_id=evaluation.company_id,
        to_tier=tier_of_rank(evaluation.ladder, SQL("target_rank")),
        to_flush=read_fields(env),
    )


def forget_falls(run_id: int) -> SQL:
    """Delete the list of a run."""
    return SQL("DELETE FROM member_evaluation_fall WHERE run_id = %s", run_id)


def warn(
    env, evaluation: Evaluation, warned_on: date, ends_from: date, at_once: int
) -> SQL:
    """Log a warning for whoever would fall at a coming review, once for each promise.

    Returns the ids of the decisions.

    :param Evaluation evaluation: as of the day of that review
    :param ends_from: leave out promises that ended before, which older reviews judge
    :param at_once: warn so many, and leave the others to the next time
    """
    return SQL(
        """
        WITH %(outcome)s, falling AS (%(falling)s
        ), warned AS (
              UPDATE member_membership membership
                 SET warned_for = falling.valid_until
                FROM falling
               WHERE membership.id = falling.id
           RETURNING falling.id, falling.tier_id, falling.target_rank, falling.figures
        )
        INSERT INTO member_tier_decision (
               membership_id, date, due_on, event, from_tier_id, to_tier_id,
               event_version_id, figures, create_date)
        SELECT id, %(warned_on)s, %(due_on)s, 'warned', tier_id, %(to_tier)s,
               %(version_id)s, figures, %(now)s
          FROM warned
        RETURNING id
        """,
        outcome=outcome(evaluation, EVERYBODY, only=_unwarned(evaluation, ends_from)),
        falling=_first_to_fall(at_once),
        warned_on=warned_on,
        due_on=evaluation.as_of,
        to_tier=tier_of_rank(evaluation.ladder, SQL("target_rank")),
        version_id=evaluation.rules.version_id,
        now=env.cr.now(),
        to_flush=read_fields(env),
    )


def _unwarned(evaluation: Evaluation, ends_from: date) -> SQL:
    """Return the condition that a membership could fall and was not warned yet."""
    return SQL(
        "%s AND valid_until >= %s AND warned_for IS DISTINCT FROM valid_until",
        is_due(evaluation),
        ends_from,
    )


def _first_to_fall(at_once: int) -> SQL:
    """Return the first rows of ``outcome`` that fall."""
    return SQL(
        """
              SELECT *
                FROM outcome
               WHERE move = 'down'
            ORDER BY id
               LIMIT %s""",
        at_once,
    )
