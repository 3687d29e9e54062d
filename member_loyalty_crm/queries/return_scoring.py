"""The forecasts of all members of a program, written where something changed."""

from datetime import date

from odoo.tools import SQL

from odoo.addons.member_loyalty.queries.measuring import Measuring

from ..logic.regression import FARTHEST, Coefficients
from ..logic.return_model import ReturnModel
from ..logic.tier_keeping import LEAST, MOST
from .return_features import past, read_fields

SCORED = SQL("has_return_chance, return_chance, expected_orders, expected_value")


def forget(env, company_id: int, program_id: int | None) -> SQL:
    """Delete a company's forecasts that are of no active member of the program."""
    return SQL(
        """
        DELETE FROM member_forecast forecast
         WHERE forecast.company_id = %(company_id)s
           AND NOT EXISTS (
               SELECT 1
                 FROM member_membership membership
                WHERE membership.id = forecast.membership_id
                  AND membership.program_id = %(program_id)s
                  AND membership.partner_id = forecast.partner_id
                  AND membership.active)
        """,
        company_id=company_id,
        program_id=program_id,
        to_flush=read_fields(env),
    )


def score(env, measuring: Measuring, model: ReturnModel | None) -> SQL:
    """Write chance, orders and value of every member, where they are others by now.

    Returns one row: how many were changed, how many are new. Chances are rounded to
    whole percent and orders to tenths: more would be rewritten every night and says
    no more.

    :param Measuring measuring: as of the day
    :param ReturnModel model: None when no chance may be shown
    """
    return SQL(
        """
        WITH %(told)s, forecast AS MATERIALIZED (%(forecast)s
        ), changed AS (%(change)s
        ), added AS (%(add)s
        )
        SELECT (SELECT COUNT(*) FROM changed), (SELECT COUNT(*) FROM added)
        """,
        told=_told(measuring, model),
        forecast=_forecast(measuring.program_id),
        change=_change(measuring.as_of),
        add=_add(measuring.as_of),
        to_flush=read_fields(env),
    )


def _forecast(program_id: int) -> SQL:
    """Return what is to be written of each active member, beside what is written.

    It is joined here, once: a look for each new row would read all rows that the same
    statement has added before.
    """
    return SQL(
        """
              SELECT membership.id AS membership_id, membership.partner_id,
                     membership.company_id,
                     told.partner_id IS NOT NULL AS has_return_chance,
                     CASE WHEN told.partner_id IS NULL THEN 0
                          ELSE LEAST(%(most)s, GREATEST(%(least)s,
                               ROUND(told.chance, 2))) END AS return_chance,
                     COALESCE(ROUND(told.orders, 1), 0) AS expected_orders,
                     COALESCE(ROUND(ROUND(told.orders, 1) * told.average), 0)
                         AS expected_value,
                     known.id AS known_id, known.has_return_chance AS knew_chance,
                     known.return_chance::numeric AS known_chance,
                     known.expected_orders::numeric AS known_orders,
                     known.expected_value AS known_value
                FROM member_membership membership
           LEFT JOIN told ON told.partner_id = membership.partner_id
           LEFT JOIN member_forecast known ON known.membership_id = membership.id
               WHERE membership.program_id = %(program_id)s
                 AND membership.active""",
        least=LEAST,
        most=MOST,
        program_id=program_id,
    )


def _change(day: date) -> SQL:
    """Write the forecasts that are others by now."""
    return SQL(
        """
              UPDATE member_forecast
                 SET (%(columns)s, forecast_on)
                     = (forecast.has_return_chance, forecast.return_chance,
                        forecast.expected_orders, forecast.expected_value, %(day)s)
                FROM forecast
               WHERE member_forecast.id = forecast.known_id
                 AND (knew_chance, known_chance, known_orders, known_value)
                     IS DISTINCT FROM
                     (forecast.has_return_chance, forecast.return_chance,
                      forecast.expected_orders, forecast.expected_value)
           RETURNING 1""",
        columns=SCORED,
        day=day,
    )


def _add(day: date) -> SQL:
    """Write the forecasts of new members."""
    return SQL(
        """
              INSERT INTO member_forecast (
                     membership_id, partner_id, company_id, %(columns)s, has_tier_loss,
                     has_tier_loss_chance, tier_loss_chance, keeping_amount,
                     forecast_on)
              SELECT membership_id, partner_id, company_id, %(columns)s, FALSE, FALSE,
                     0, 0, %(day)s::date
                FROM forecast
               WHERE known_id IS NULL
           RETURNING 1""",
        columns=SCORED,
        day=day,
    )


def _told(measuring: Measuring, model: ReturnModel | None) -> SQL:
    """Return CTEs, the last named ``told``: what the model says of who ever bought."""
    if model is None:
        return SQL(
            """told AS (
              SELECT NULL::int AS partner_id, NULL::numeric AS chance,
                     NULL::numeric AS orders, NULL::numeric AS average
               WHERE FALSE
        )"""
        )
    return SQL(
        """%(past)s, guessed AS (
              SELECT partner_id, orders AS placed, GREATEST(amount, 0) AS amount,
                     1 / (1 + EXP(-%(returning)s)) AS chance,
                     EXP(%(further)s) AS further
                FROM past
        ), told AS (
              SELECT partner_id, chance::numeric AS chance,
                     (chance * (1 + further))::numeric AS orders,
                     (amount + %(credibility)s::numeric * %(order_amount)s::numeric)
                     / (placed + %(credibility)s::numeric) AS average
                FROM guessed
        )""",
        past=past(measuring, measuring.as_of, SQL()),
        returning=_score(model.returning),
        further=_score(model.further),
        credibility=model.credibility,
        order_amount=model.order_amount,
    )


def _score(coefficients: Coefficients) -> SQL:
    """Return the sum of the weighted terms of the row ``past``."""
    constant, recency, days, amount = coefficients.values
    return SQL(
        """GREATEST(-%(farthest)s::float8, LEAST(%(farthest)s::float8,
                       %(constant)s::float8
                       + %(recency)s::float8 * SQRT(recency::float8)
                       + %(days)s::float8 * LN(1 + days::float8)
                       + %(amount)s::float8 * LN(1 + GREATEST(amount, 0)::float8)))""",
        farthest=FARTHEST,
        constant=constant,
        recency=recency,
        days=days,
        amount=amount,
    )


def forget_all(company_id: int) -> SQL:
    """Delete a company's forecasts: nobody wants them any more."""
    return SQL("DELETE FROM member_forecast WHERE company_id = %s", company_id)
