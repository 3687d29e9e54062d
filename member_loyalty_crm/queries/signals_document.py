"""Signals from quotations, complaints and interest, each with its own document."""

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


def demand(rule: SignalRule, has_views: bool) -> SQL:
    """Find who looked at or asked for products of a category, and did not order any.

    The cause is the category and the calendar quarter. Products: the five that drew
    most interest.

    :param bool has_views: whether the shop writes down what its visitors look at
    """
    return SQL(
        """
        SELECT member.id AS membership_id, member.partner_id,
               concat('demand:', member.id, ':', category_id, ':', %(quarter)s)
                   AS cause,
               jsonb_build_object(
                   'category_id', category_id, 'views', views, 'inquiries', inquiries,
                   'months', %(months)s, 'tier_id', member.tier_id,
                   'product_ids', product_ids
               ) AS facts
          FROM (%(interest)s) wanted
          JOIN member ON member.partner_id = wanted.partner_id
         WHERE (views >= %(times)s OR inquiries >= %(inquiry_times)s)
           AND NOT EXISTS (%(ordered)s)
        """,
        quarter=rule.quarter,
        months=rule.months,
        interest=_interest(rule, has_views),
        times=rule.times,
        inquiry_times=rule.inquiry_times,
        ordered=_ordered_in_category(rule),
    )


def _interest(rule: SignalRule, has_views: bool) -> SQL:
    """Return what members looked at and asked for, by category."""
    return SQL(
        """
                SELECT partner_id, category_id,
                       COUNT(*) FILTER (WHERE lead_id IS NULL) AS views,
                       COUNT(DISTINCT lead_id) AS inquiries,
                       jsonb_path_query_array(
                           to_jsonb(array_agg(DISTINCT ARRAY[-times, product_id])),
                           '$[0 to 4][1]'
                       ) AS product_ids
                  FROM (SELECT partner_id, lead_id, interest.product_id,
                               template.categ_id AS category_id,
                               COUNT(*) OVER (
                                   PARTITION BY partner_id, interest.product_id
                               ) AS times
                          FROM (%(asked)s%(viewed)s) interest
                          JOIN product_product product
                            ON product.id = interest.product_id
                          JOIN product_template template
                            ON template.id = product.product_tmpl_id
                         WHERE template.categ_id IS NOT NULL) weighed
              GROUP BY 1, 2""",
        asked=_asked_for(rule),
        viewed=_viewed(rule) if has_views else NOTHING,
    )


def _asked_for(rule: SignalRule) -> SQL:
    return SQL(
        """
        SELECT %(member)s AS partner_id, line.product_id, lead.id AS lead_id
          FROM member_inquiry_line line
          JOIN crm_lead lead ON lead.id = line.lead_id
          JOIN res_partner contact ON contact.id = COALESCE(
                   lead.member_inquiry_partner_id, lead.partner_id)
         WHERE line.product_id IS NOT NULL
           AND (lead.company_id = %(company_id)s OR lead.company_id IS NULL)
           AND lead.member_inquiry_state NOT IN ('spam', 'duplicate', 'copy')
           AND %(created)s > %(since)s
           AND %(created)s <= %(day)s
        """,
        member=rule.member_of("contact"),
        company_id=rule.company_id,
        created=rule.day_of(SQL("lead.create_date")),
        since=rule.months_ago(rule.months),
        day=rule.day,
    )


def _viewed(rule: SignalRule) -> SQL:
    return SQL(
        """
         UNION ALL
        SELECT %(member)s, track.product_id, NULL
          FROM website_track track
          JOIN website_visitor visitor ON visitor.id = track.visitor_id
          JOIN website ON website.id = visitor.website_id
          JOIN res_partner contact ON contact.id = visitor.partner_id
         WHERE track.product_id IS NOT NULL
           AND website.company_id = %(company_id)s
           AND %(seen)s > %(since)s
           AND %(seen)s <= %(day)s
        """,
        member=rule.member_of("contact"),
        company_id=rule.company_id,
        seen=rule.day_of(SQL("track.visit_datetime")),
        since=rule.months_ago(rule.months),
        day=rule.day,
    )


def _ordered_in_category(rule: SignalRule) -> SQL:
    return SQL(
        """
                   SELECT 1
                     FROM sale_order bought
                     JOIN res_partner contact ON contact.id = bought.partner_id
                     JOIN sale_order_line line ON line.order_id = bought.id
                     JOIN product_product product ON product.id = line.product_id
                     JOIN product_template template
                       ON template.id = product.product_tmpl_id
                    WHERE %(member)s = wanted.partner_id
                      AND bought.company_id = %(company_id)s
                      AND bought.state = 'sale'
                      AND %(ordered)s > %(since)s
                      AND template.categ_id = wanted.category_id""",
        member=rule.member_of("contact"),
        company_id=rule.company_id,
        ordered=rule.day_of(SQL("bought.date_order")),
        since=rule.months_ago(rule.months),
    )
