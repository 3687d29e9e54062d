"""Which members have which benefits, as ``logic.benefit_entitlement`` says it."""

from collections.abc import Iterable
from datetime import date

from odoo.tools import SQL

from ..logic.benefit_entitlement import EVER, period_of

BENEFIT_BITS = 20  # a row's id is made of membership and benefit


def entitlements(today: date) -> SQL:
    """Return a row for each active member and each benefit that the member has."""
    return SQL(
        """
        SELECT (membership.id::bigint << %(bits)s) + benefit.id AS id,
               membership.id AS membership_id,
               membership.partner_id,
               membership.tier_id,
               benefit.id AS benefit_id,
               benefit.program_id,
               benefit.company_id,
               benefit.family,
               benefit.kind,
               benefit.sequence,
               benefit.quota,
               COALESCE(allowance.used, 0) AS used,
               CASE WHEN benefit.quota > 0
                    THEN GREATEST(benefit.quota - COALESCE(allowance.used, 0), 0)
               END AS available,
               LEAST(benefit.date_to, (%(period_end)s)) AS usable_until,
               last.used_on AS last_used_on
          FROM member_membership membership
          JOIN member_benefit benefit ON benefit.program_id = membership.program_id
     LEFT JOIN member_benefit_allowance allowance
            ON allowance.membership_id = membership.id
           AND allowance.benefit_id = benefit.id
           AND allowance.period_start = (%(period_start)s)
     LEFT JOIN LATERAL (%(last_use)s) last ON TRUE
         WHERE membership.active
           AND %(entitled)s
           AND NOT (%(is_over)s)
        """,
        bits=BENEFIT_BITS,
        period_start=_period_start(today),
        period_end=_period_end(today),
        last_use=_last_use(),
        entitled=is_entitled(today),
        is_over=_is_over(),
    )


def _is_over() -> SQL:
    """Return the condition that the benefit is for a first order, which was made."""
    return SQL(
        """(benefit.kind = 'first_order' OR benefit.kind = 'gift'
                 AND benefit.gift_occasion = 'first_order')
           AND EXISTS (
                   SELECT 1
                     FROM member_activity bought
                    WHERE bought.commercial_partner_id = (
                              SELECT member.commercial_partner_id
                                FROM res_partner member
                               WHERE member.id = membership.partner_id)
                      AND bought.company_id = membership.company_id
                   HAVING SUM(bought.order_count) > 0)"""
    )


def memberships_of(row_ids: Iterable[int]) -> list[int]:
    """Return the ids of the memberships that rows are of."""
    return sorted({row_id >> BENEFIT_BITS for row_id in row_ids})


def _last_use() -> SQL:
    """Return the last day on which the member used the benefit, in any period."""
    return SQL(
        """SELECT MAX(any_period.last_used_on) AS used_on
                     FROM member_benefit_allowance any_period
                    WHERE any_period.membership_id = membership.id
                      AND any_period.benefit_id = benefit.id
                      AND any_period.used > 0"""
    )


def is_entitled(today: date) -> SQL:
    """Return the condition that the row ``membership`` has the row ``benefit``."""
    return SQL(
        """benefit.active
           AND COALESCE(benefit.date_from, %(today)s) <= %(today)s
           AND COALESCE(benefit.date_to, %(today)s) >= %(today)s
           AND (
                   EXISTS (SELECT 1 FROM member_benefit_member_tier_rel granted
                            WHERE granted.member_benefit_id = benefit.id
                              AND granted.member_tier_id = membership.tier_id)
                OR EXISTS (SELECT 1 FROM member_benefit_member_tag_rel granted
                             JOIN member_tag tag
                               ON tag.id = granted.member_tag_id AND tag.active
                             JOIN member_tag_res_partner_rel carried
                               ON carried.member_tag_id = granted.member_tag_id
                            WHERE granted.member_benefit_id = benefit.id
                              AND carried.res_partner_id = membership.partner_id)
                OR NOT EXISTS (SELECT 1 FROM member_benefit_member_tier_rel granted
                                WHERE granted.member_benefit_id = benefit.id)
               AND NOT EXISTS (SELECT 1 FROM member_benefit_member_tag_rel granted
                                WHERE granted.member_benefit_id = benefit.id)
               )""",
        today=today,
    )


def _period_start(today: date) -> SQL:
    """Return the first day of the benefit's period."""
    return SQL(
        """CASE benefit.quota_period
                WHEN 'month' THEN %(month)s::date
                WHEN 'quarter' THEN %(quarter)s::date
                WHEN 'year' THEN %(year)s::date
                ELSE %(ever)s::date END""",
        month=period_of("month", today).first,
        quarter=period_of("quarter", today).first,
        year=period_of("year", today).first,
        ever=EVER,
    )


def _period_end(today: date) -> SQL:
    """Return the last day of the benefit's period; NULL when nothing is limited."""
    return SQL(
        """CASE WHEN benefit.quota > 0 THEN
           CASE benefit.quota_period
                WHEN 'month' THEN %(month)s::date
                WHEN 'quarter' THEN %(quarter)s::date
                WHEN 'year' THEN %(year)s::date END END""",
        month=period_of("month", today).last,
        quarter=period_of("quarter", today).last,
        year=period_of("year", today).last,
    )
