"""Signals from what members buy, and from what they no longer buy."""

from odoo.tools import SQL

from .signals import SignalRule


def silent(rule: SignalRule) -> SQL:
    """Find who neither bought nor asked for the months of the rule.

    Who is silent for too long is left alone. The cause is the last sign of life.
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('silent:', member.id, ':', last.day) AS cause,
               jsonb_build_object(
                   'last_on', last.day, 'tier_id', member.tier_id
               ) AS facts
          FROM member
          JOIN (SELECT partner_id, MAX(day) AS day
                  FROM (%(purchases)s UNION ALL %(inquiries)s) sign
              GROUP BY partner_id) last ON last.partner_id = member.partner_id
         WHERE last.day <= %(since)s
           AND last.day > %(earliest)s
        """,
        purchases=_signs_of_life(rule),
        inquiries=_inquiries(rule),
        since=rule.months_ago(rule.months),
        earliest=rule.months_ago(rule.until_months),
    )


def overdue(rule: SignalRule) -> SQL:
    """Find who waits longer than their own rhythm, by the percent of the rule."""
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('overdue:', member.id, ':', score.last_purchase_on) AS cause,
               jsonb_build_object(
                   'last_on', score.last_purchase_on, 'tier_id', member.tier_id,
                   'interval_days', score.interval_days
               ) AS facts
          FROM member
          JOIN member_score score ON score.membership_id = member.id
         WHERE score.interval_days > 0
           AND score.last_purchase_on > %(earliest)s
           AND score.last_purchase_on
               + CEIL(score.interval_days * %(percent)s / 100.0)::int < %(day)s
        """,
        earliest=rule.months_ago(rule.until_months),
        percent=rule.percent,
        day=rule.day,
    )


def falling(rule: SignalRule) -> SQL:
    """Find who still buys, but less by the percent of the rule than before.

    The months of the rule are compared with as many before them, in which the member
    ordered twice at least. The cause is the calendar quarter.
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('falling:', member.id, ':', %(quarter)s) AS cause,
               jsonb_build_object(
                   'recent', recent, 'before', before, 'tier_id', member.tier_id,
                   'months', %(months)s
               ) AS facts
          FROM member
          JOIN (%(bought)s) bought ON bought.partner_id = member.partner_id
         WHERE orders >= 2
           AND before > 0
           AND before >= %(minimum_amount)s
           AND recent > 0
           AND recent <= before * (1 - %(percent)s / 100.0)
        """,
        quarter=rule.quarter,
        months=rule.months,
        bought=_bought_of_late(rule),
        minimum_amount=rule.minimum_amount,
        percent=rule.percent,
    )


def returned(rule: SignalRule) -> SQL:
    """Find who gave back the percent of the rule of what was bought.

    What was bought and credited in the months of the rule. The cause is the last day
    on which something was credited.
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('returned:', member.id, ':', credited_on) AS cause,
               jsonb_build_object(
                   'credited', credited, 'bought', bought, 'last_on', credited_on,
                   'months', %(months)s, 'tier_id', member.tier_id
               ) AS facts
          FROM member
          JOIN (SELECT %(buyer)s AS partner_id,
                       -SUM(amount) FILTER (
                           WHERE event IN ('credited', 'credit_cancelled')
                       ) AS credited,
                       SUM(amount) FILTER (
                           WHERE event NOT IN ('credited', 'credit_cancelled')
                       ) AS bought,
                       MAX(date) FILTER (WHERE event = 'credited') AS credited_on
                  FROM member_activity activity
                 WHERE company_id = %(company_id)s
                   AND kind = 'purchase'
                   AND date > %(earliest)s
                   AND date <= %(day)s
              GROUP BY 1) back ON back.partner_id = member.partner_id
         WHERE credited > 0
           AND credited >= COALESCE(bought, 0) * %(percent)s / 100.0
        """,
        months=rule.months,
        buyer=rule.buyer,
        company_id=rule.company_id,
        earliest=rule.months_ago(rule.months),
        day=rule.day,
        percent=rule.percent,
    )


def _bought_of_late(rule: SignalRule) -> SQL:
    """Return what members bought in the months of the rule, and in those before."""
    return SQL(
        """
                SELECT %(buyer)s AS partner_id,
                       COALESCE(SUM(amount) FILTER (WHERE date > %(middle)s), 0)
                           AS recent,
                       COALESCE(SUM(amount) FILTER (WHERE date <= %(middle)s), 0)
                           AS before,
                       COALESCE(SUM(order_count) FILTER (WHERE date <= %(middle)s), 0)
                           AS orders
                  FROM member_activity activity
                 WHERE company_id = %(company_id)s
                   AND kind = 'purchase'
                   AND date > %(earliest)s
                   AND date <= %(day)s
              GROUP BY 1""",
        buyer=rule.buyer,
        middle=rule.months_ago(rule.months),
        earliest=rule.months_ago(2 * rule.months),
        company_id=rule.company_id,
        day=rule.day,
    )


def _signs_of_life(rule: SignalRule) -> SQL:
    """Return the days on which members bought or sent a quality inquiry."""
    return SQL(
        """SELECT %(buyer)s AS partner_id, date AS day
             FROM member_activity activity
            WHERE company_id = %(company_id)s
              AND date <= %(day)s
              AND (order_count > 0 OR quantity > 0)""",
        buyer=rule.buyer,
        company_id=rule.company_id,
        day=rule.day,
    )


def _inquiries(rule: SignalRule) -> SQL:
    """Return the days on which members sent a lead of any quality but spam."""
    return SQL(
        """SELECT %(member)s, %(created)s
             FROM crm_lead lead
             JOIN res_partner contact ON contact.id = COALESCE(
                      lead.member_inquiry_partner_id, lead.partner_id)
            WHERE (lead.company_id = %(company_id)s OR lead.company_id IS NULL)
              AND lead.member_inquiry_state IS DISTINCT FROM 'spam'
              AND %(created)s <= %(day)s""",
        member=rule.member_of("contact"),
        created=rule.day_of(SQL("lead.create_date")),
        company_id=rule.company_id,
        day=rule.day,
    )
