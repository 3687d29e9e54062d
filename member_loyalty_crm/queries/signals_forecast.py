"""Signals from forecasts, and from benefits that end unused."""

from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.member_loyalty.queries.benefit_entitlement import entitlements

from .signals import SignalRule


def leaving(rule: SignalRule) -> SQL:
    """Find who buys again with a smaller chance than the percent of the rule.

    The cause is the last purchase.
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('leaving:', member.id, ':', score.last_purchase_on) AS cause,
               jsonb_build_object(
                   'percent', ROUND((forecast.return_chance * 100)::numeric),
                   'last_on', score.last_purchase_on, 'tier_id', member.tier_id
               ) AS facts
          FROM member
          JOIN member_forecast forecast ON forecast.membership_id = member.id
          JOIN member_score score ON score.membership_id = member.id
         WHERE forecast.has_return_chance
           AND score.last_purchase_on IS NOT NULL
           AND forecast.return_chance < %(percent)s / 100.0
        """,
        percent=rule.percent,
    )


def tier_loss(rule: SignalRule) -> SQL:
    """Find whose tier ends within the days of the rule, and probably is not kept.

    Where nobody can say how probable that is, what is missing today counts.
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('tier_loss:', member.id, ':', member.tier_id, ':',
                      forecast.tier_loss_on) AS cause,
               jsonb_build_object(
                   'ends_on', forecast.tier_loss_on, 'tier_id', member.tier_id,
                   'amount', forecast.keeping_amount
               ) AS facts
          FROM member
          JOIN member_forecast forecast ON forecast.membership_id = member.id
         WHERE forecast.has_tier_loss
           AND forecast.tier_loss_on >= %(day)s
           AND forecast.tier_loss_on <= %(until)s
           AND (forecast.tier_loss_chance >= %(percent)s / 100.0
                OR NOT forecast.has_tier_loss_chance)
        """,
        day=rule.day,
        until=rule.day + timedelta(days=rule.days),
        percent=rule.percent,
    )


def unused_benefit(rule: SignalRule) -> SQL:
    """Find who may still use a benefit, or a coupon, that ends within the days."""
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('unused_benefit:', member.id, ':', benefit_id, ':', ends_on)
                   AS cause,
               jsonb_build_object(
                   'benefit_id', benefit_id, 'ends_on', ends_on,
                   'tier_id', member.tier_id
               ) AS facts
          FROM (SELECT membership_id, benefit_id, usable_until AS ends_on
                  FROM (%(entitlements)s) held
                 WHERE program_id = %(program_id)s
                   AND kind != 'gift'
                   AND available > 0
             UNION ALL
                SELECT issue.membership_id, issue.benefit_id, issue.expires_on
                  FROM member_benefit_gift_issue issue
                  JOIN loyalty_card card ON card.id = issue.card_id
                 WHERE issue.program_id = %(program_id)s
                   AND NOT issue.is_withdrawn
                   AND card.active
                   AND card.points >= issue.worth) unused
          JOIN member ON member.id = unused.membership_id
         WHERE ends_on >= %(day)s
           AND ends_on <= %(until)s
        """,
        entitlements=entitlements(rule.day),
        program_id=rule.program_id,
        day=rule.day,
        until=rule.day + timedelta(days=rule.days),
    )
