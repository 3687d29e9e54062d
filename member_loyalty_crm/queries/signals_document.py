"""Signals from quotations and complaints, each with its own document."""

from odoo.tools import SQL

from .signals import NOTHING, SignalRule


def lost_quotation(rule: SignalRule) -> SQL:
    """Find lost opportunities and quotations, of who bought nothing since.

    A quotation is lost when it was cancelled before it became an order, or sent and
    no longer valid.
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('lost_quotation:', document) AS cause,
               jsonb_build_object(
                   'name', name, 'amount', amount, 'last_on', lost_on,
                   'tier_id', member.tier_id, 'product_ids', to_jsonb(product_ids)
               ) AS facts
          FROM (%(leads)s UNION ALL %(orders)s) lost
          JOIN member ON member.partner_id = lost.partner_id
         WHERE lost_on > %(day)s::date - %(days)s
           AND lost_on <= %(day)s
           AND amount >= %(minimum_amount)s
           AND NOT EXISTS (
                   SELECT 1
                     FROM member_activity activity
                    WHERE activity.company_id = %(company_id)s
                      AND %(buyer)s = lost.partner_id
                      AND activity.order_count > 0
                      AND activity.date > lost_on
               )
        """,
        leads=_lost_leads(rule),
        orders=_lost_orders(rule),
        day=rule.day,
        days=rule.days,
        minimum_amount=rule.minimum_amount,
        company_id=rule.company_id,
        buyer=rule.buyer,
    )


def _lost_leads(rule: SignalRule) -> SQL:
    return SQL(
        """
        SELECT %(member)s AS partner_id, 'crm.lead,' || lead.id AS document,
               lead.name, COALESCE(lead.expected_revenue, 0) AS amount,
               %(lost_on)s AS lost_on, NULL::int[] AS product_ids
          FROM crm_lead lead
          JOIN res_partner contact ON contact.id = lead.partner_id
         WHERE lead.won_status = 'lost'
           AND (lead.company_id = %(company_id)s OR lead.company_id IS NULL)
           AND COALESCE(lead.date_closed, lead.write_date)
               > %(day)s::timestamp - make_interval(days => %(days)s + 2)
        """,
        member=rule.member_of("contact"),
        lost_on=rule.day_of(SQL("COALESCE(lead.date_closed, lead.write_date)")),
        company_id=rule.company_id,
        day=rule.day,
        days=rule.days,
    )


def _lost_orders(rule: SignalRule) -> SQL:
    return SQL(
        """
        SELECT %(member)s, 'sale.order,' || quotation.id, quotation.name,
               (quotation.amount_untaxed
                   / COALESCE(NULLIF(quotation.currency_rate, 0), 1))::numeric,
               CASE WHEN quotation.state = 'cancel' THEN %(cancelled_on)s
                    ELSE quotation.validity_date
               END,
               (SELECT array_agg(line.product_id ORDER BY line.price_subtotal DESC)
                  FROM sale_order_line line
                 WHERE line.order_id = quotation.id
                   AND line.product_id IS NOT NULL
                   AND line.price_subtotal > 0)
          FROM sale_order quotation
          JOIN res_partner contact ON contact.id = quotation.partner_id
         WHERE quotation.company_id = %(company_id)s
           AND quotation.write_date
               > %(day)s::timestamp - make_interval(days => %(days)s + 366)
           AND (quotation.state = 'cancel'
                AND NOT EXISTS (
                        SELECT 1
                          FROM member_activity activity
                         WHERE activity.source_key = 'sale.order,' || quotation.id
                    )
                OR quotation.state = 'sent' AND quotation.validity_date < %(day)s)
        """,
        member=rule.member_of("contact"),
        cancelled_on=rule.day_of(SQL("quotation.write_date")),
        company_id=rule.company_id,
        day=rule.day,
        days=rule.days,
    )


def complaint(rule: SignalRule, has_ratings: bool) -> SQL:
    """Find complaints: a tag given, a lead with a tag, a rating of two or less of five.

    :param bool has_ratings: whether customers rate anything in this database
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('complaint:', document) AS cause,
               jsonb_build_object(
                   'last_on', complained_on, 'by', source, 'tier_id', member.tier_id
               ) AS facts
          FROM (%(tagged)s UNION ALL %(leads)s%(ratings)s) complained
          JOIN member ON member.partner_id = complained.partner_id
         WHERE complained_on > %(day)s::date - %(days)s
           AND complained_on <= %(day)s
        """,
        tagged=_complaints_tagged(rule),
        leads=_complaints_of_leads(rule),
        ratings=_bad_ratings(rule) if has_ratings else NOTHING,
        day=rule.day,
        days=rule.days,
    )


def _complaints_tagged(rule: SignalRule) -> SQL:
    return SQL(
        """
        SELECT %(member)s AS partner_id, 'member.tag.change,' || change.id AS document,
               change.date AS complained_on, 'tag' AS source
          FROM member_tag_change change
          JOIN res_partner contact ON contact.id = change.partner_id
         WHERE change.change = 'added'
           AND change.tag_id = ANY(%(tag_ids)s)
        """,
        member=rule.member_of("contact"),
        tag_ids=list(rule.tag_ids),
    )


def _complaints_of_leads(rule: SignalRule) -> SQL:
    return SQL(
        """
        SELECT %(member)s, 'crm.lead,' || lead.id, %(created)s, 'lead'
          FROM crm_lead lead
          JOIN res_partner contact ON contact.id = lead.partner_id
         WHERE (lead.company_id = %(company_id)s OR lead.company_id IS NULL)
           AND EXISTS (
                   SELECT 1
                     FROM crm_tag_rel tagged
                    WHERE tagged.lead_id = lead.id
                      AND tagged.tag_id = ANY(%(tag_ids)s)
               )
        """,
        member=rule.member_of("contact"),
        created=rule.day_of(SQL("lead.create_date")),
        company_id=rule.company_id,
        tag_ids=list(rule.lead_tag_ids),
    )


def _bad_ratings(rule: SignalRule) -> SQL:
    return SQL(
        """
         UNION ALL
        SELECT %(member)s, 'rating.rating,' || rating.id, %(rated)s, 'rating'
          FROM rating_rating rating
          JOIN res_partner contact ON contact.id = rating.partner_id
         WHERE rating.consumed
           AND rating.rating >= 1
           AND rating.rating <= 2
        """,
        member=rule.member_of("contact"),
        rated=rule.day_of(SQL("COALESCE(rating.rated_on, rating.write_date)")),
    )
