"""Who loses the tier at a coming review, and what would keep it.

``logic.tier_keeping`` says the same of one member; a test compares both.
"""

from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.member_loyalty.queries.metrics import EVERYBODY
from odoo.addons.member_loyalty.queries.tier_evaluation import (
    read_fields as evaluated_fields,
)
from odoo.addons.member_loyalty.queries.tier_verdict import outcome

from ..logic.tier_keeping import KINDS_FROM, YEAR, Reference
from .return_features import read_fields
from .tier_keeping import Review, keeping_amount, loss_chance


def forecast_losses(env, review: Review) -> SQL:
    """Write what a review would take from its members, where it is another by now.

    Returns a row for each that was changed.
    """
    evaluation = review.evaluation
    return SQL(
        """
        WITH %(outcome)s, own AS (%(own)s
        ), reference (kind, amounts, orders) AS (%(reference)s
        ), standing AS (%(standing)s
        ), loss AS (
              SELECT member.id AS membership_id,
                     member.move = 'down' AS has_tier_loss,
                     CASE WHEN member.move = 'down'
                          THEN COALESCE(%(amount)s, 0) ELSE 0 END AS keeping_amount,
                     CASE WHEN member.move = 'down'
                          THEN ROUND(%(chance)s, 2) END AS tier_loss_chance
                FROM standing member
        )
        %(write)s
        """,
        outcome=outcome(evaluation, EVERYBODY, only=review.judges()),
        own=_own_year(review),
        reference=_reference(review.reference),
        standing=_standing(review.reference.days),
        amount=keeping_amount(review),
        chance=loss_chance(review),
        write=_write(review),
        to_flush=(*evaluated_fields(env), *read_fields(env)),
    )


def forget_losses(env, company_id: int, day: date, last_review: date | None) -> SQL:
    """Clear the loss of members whom no coming review judges.

    :param last_review: promises that end, grace included, on that day or later are not
        looked at; None when nobody falls at all
    """
    return SQL(
        """
        UPDATE member_forecast forecast
           SET has_tier_loss = FALSE, has_tier_loss_chance = FALSE,
               tier_loss_chance = 0, tier_loss_on = NULL, keeping_amount = 0,
               forecast_on = %(day)s
          FROM member_membership membership
          JOIN member_program program ON program.id = membership.program_id
         WHERE forecast.company_id = %(company_id)s
           AND forecast.membership_id = membership.id
           AND forecast.has_tier_loss
           AND (%(last_review)s::date IS NULL
                OR membership.valid_until + program.grace_days >= %(last_review)s
                OR membership.automatic IS FALSE
                OR membership.tier_id = (
                   SELECT tier.id
                     FROM member_tier tier
                    WHERE tier.program_id = program.id
                 ORDER BY tier.sequence, tier.id
                    LIMIT 1))
        """,
        company_id=company_id,
        day=day,
        last_review=last_review,
        to_flush=(*read_fields(env), env["member.program"]._fields["grace_days"]),
    )


def _own_year(review: Review) -> SQL:
    """Return what those who would fall bought in the last 365 days."""
    evaluation = review.evaluation
    partner = SQL.identifier("activity", evaluation.partner_column)
    return SQL(
        """
              SELECT %(partner)s AS partner_id, SUM(amount) AS amount,
                     SUM(order_count) AS orders
                FROM member_activity activity
               WHERE company_id = %(company_id)s
                 AND kind = 'purchase'
                 AND date > %(since)s
                 AND date <= %(today)s
                 AND %(partner)s IN (
                     SELECT partner_id FROM outcome WHERE move = 'down')
            GROUP BY 1""",
        partner=partner,
        company_id=evaluation.company_id,
        since=review.today - timedelta(days=YEAR),
        today=review.today,
    )


def _reference(reference: Reference) -> SQL:
    """Return the spreads as rows."""
    rows = [
        SQL("(%s, %s::float8[], %s::float8[])", kind, [*one.amounts], [*one.orders])
        for kind, one in sorted(reference.spreads.items())
    ]
    empty = SQL("(NULL::int, NULL::float8[], NULL::float8[])")
    return SQL("VALUES %s", SQL(", ").join([*rows, empty]))


def _standing(days: int) -> SQL:
    """Return the members with whom they are comparable, and their scales."""
    return SQL(
        """
              SELECT outcome.*, reference.amounts, reference.orders,
                     CASE WHEN kind = 0 THEN 1
                          ELSE own.amount * %(days)s / %(year)s END AS per_amount,
                     CASE WHEN kind = 0 THEN 1
                          ELSE own.orders * %(days)s / %(year)s::numeric END
                         AS per_order
                FROM outcome
           LEFT JOIN own ON own.partner_id = outcome.partner_id
           LEFT JOIN reference ON reference.kind = (
                     CASE WHEN own.amount > 0
                          THEN width_bucket(own.orders, %(kinds)s::bigint[])
                          ELSE 0 END)""",
        days=days,
        year=YEAR,
        kinds=list(KINDS_FROM),
    )


def _write(review: Review) -> SQL:
    """Write the losses where they are others by now."""
    return SQL(
        """UPDATE member_forecast forecast
              SET has_tier_loss = loss.has_tier_loss,
                  has_tier_loss_chance = loss.tier_loss_chance IS NOT NULL,
                  tier_loss_chance = COALESCE(loss.tier_loss_chance, 0),
                  tier_loss_on = CASE WHEN loss.has_tier_loss
                                      THEN %(last_day)s::date END,
                  keeping_amount = loss.keeping_amount,
                  forecast_on = %(today)s
             FROM loss
            WHERE forecast.membership_id = loss.membership_id
              AND (forecast.has_tier_loss, forecast.has_tier_loss_chance,
                   forecast.tier_loss_chance::numeric, forecast.tier_loss_on,
                   forecast.keeping_amount)
                  IS DISTINCT FROM
                  (loss.has_tier_loss, loss.tier_loss_chance IS NOT NULL,
                   COALESCE(loss.tier_loss_chance, 0),
                   CASE WHEN loss.has_tier_loss THEN %(last_day)s::date END,
                   loss.keeping_amount)
        RETURNING forecast.id""",
        last_day=review.last_day,
        today=review.today,
    )
