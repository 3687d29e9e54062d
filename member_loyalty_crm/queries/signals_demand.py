"""Signals from what members look at and ask for, and do not order."""

from odoo.tools import SQL

from .signals import NOTHING, SignalRule


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
