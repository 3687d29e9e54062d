from odoo import fields, models
from odoo.tools import SQL

from ..models.member_lead_customer import DOUBTS
from ..models.member_lead_inquiry import LEVELS, LINKS, STATES


class MemberInquiryReport(models.Model):
    """How good the inquiries are, whose, and what becomes of them: one row each."""

    _name = "member.inquiry.report"
    _description = "Inquiry Quality"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "lead_id"
    _depends = {
        "crm.lead": [
            *("member_inquiry_state", "member_inquiry_level", "member_inquiry_grade"),
            *("member_inquiry_on", "member_inquiry_partner_id"),
            *("member_inquiry_link", "member_inquiry_doubt"),
            *("type", "won_status", "active", "partner_id", "country_id"),
            *("team_id", "user_id", "company_id", "source_id", "medium_id"),
        ],
        "sale.order": [
            *("opportunity_id", "state", "amount_untaxed", "currency_rate"),
        ],
        "member.membership": ["partner_id", "program_id", "company_id", "active"],
        "member.tier.decision": ["membership_id", "date", "to_tier_id"],
        "res.partner": ["commercial_partner_id", "country_id"],
    }

    date = fields.Date(string="Inquiry Date", readonly=True)
    lead_id = fields.Many2one(comodel_name="crm.lead", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Inquiry of", readonly=True
    )
    commercial_partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Tier That Day",
        readonly=True,
        help="The tier that the customer had on the day of the inquiry.",
    )
    tier_color = fields.Integer(related="tier_id.color")
    state = fields.Selection(selection=STATES, string="Quality", readonly=True)
    level = fields.Selection(selection=LEVELS, readonly=True)
    link = fields.Selection(selection=LINKS, string="Known by", readonly=True)
    doubt = fields.Selection(
        selection=DOUBTS, string="Not Known Because", readonly=True
    )
    grade = fields.Integer(readonly=True, aggregator="avg")
    quality_count = fields.Integer(string="Quality Inquiries", readonly=True)
    quality_share = fields.Float(
        string="Share of Quality (%)",
        readonly=True,
        aggregator="avg",
        help="Of 100 inquiries, how many are quality inquiries.",
    )
    quoted_count = fields.Integer(
        string="With Quotation",
        readonly=True,
        help="Inquiries that a quotation was made for, cancelled ones left out.",
    )
    quoted_share = fields.Float(
        string="Share with Quotation (%)", readonly=True, aggregator="avg"
    )
    won_count = fields.Integer(
        string="Won", readonly=True, help="Won, or with a confirmed order."
    )
    won_share = fields.Float(string="Share Won (%)", readonly=True, aggregator="avg")
    revenue = fields.Monetary(
        readonly=True,
        help="Untaxed, of the confirmed orders, in company currency.",
    )
    type = fields.Selection(
        selection=[("lead", "Lead"), ("opportunity", "Opportunity")], readonly=True
    )
    won_status = fields.Selection(
        selection=[("won", "Won"), ("lost", "Lost"), ("pending", "Pending")],
        string="Won or Lost",
        readonly=True,
    )
    country_id = fields.Many2one(comodel_name="res.country", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    source_id = fields.Many2one(comodel_name="utm.source", readonly=True)
    medium_id = fields.Many2one(comodel_name="utm.medium", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)

    @property
    def _table_query(self):
        """Return a row for each lead that is an inquiry of some kind."""
        return SQL(
            "SELECT %s FROM %s WHERE %s", self._select(), self._from(), self._where()
        )

    def _select(self):
        """Return the columns."""
        return SQL(
            """lead.id, lead.id AS lead_id,
               COALESCE(lead.member_inquiry_on, lead.create_date::date) AS date,
               contact.id AS partner_id, contact.commercial_partner_id,
               held.tier_id,
               lead.member_inquiry_state AS state,
               lead.member_inquiry_level AS level,
               lead.member_inquiry_link AS link,
               lead.member_inquiry_doubt AS doubt,
               lead.member_inquiry_grade AS grade,
               (lead.member_inquiry_state = 'quality')::int AS quality_count,
               (lead.member_inquiry_state = 'quality')::int * 100.0 AS quality_share,
               (sale.quoted > 0)::int AS quoted_count,
               (sale.quoted > 0)::int * 100.0 AS quoted_share,
               (lead.won_status = 'won' OR sale.confirmed > 0)::int AS won_count,
               (lead.won_status = 'won' OR sale.confirmed > 0)::int * 100.0
                   AS won_share,
               sale.revenue,
               lead.type, lead.won_status,
               COALESCE(lead.country_id, contact.country_id) AS country_id,
               lead.team_id, lead.user_id, lead.source_id, lead.medium_id,
               company.id AS company_id, company.currency_id"""
        )

    def _from(self):
        """Return the tables, with the orders and the tier of each lead."""
        return SQL(
            """crm_lead lead
          LEFT JOIN crm_team team ON team.id = lead.team_id
          LEFT JOIN res_users "user" ON "user".id = lead.user_id
          LEFT JOIN res_company company ON company.id = COALESCE(
                        lead.company_id, team.company_id, "user".company_id)
          LEFT JOIN res_partner contact ON contact.id = lead.member_inquiry_partner_id
         CROSS JOIN LATERAL (
                    SELECT COUNT(*) AS quoted,
                           COUNT(*) FILTER (WHERE state = 'sale') AS confirmed,
                           COALESCE(SUM(amount_untaxed
                               / COALESCE(NULLIF(currency_rate, 0), 1)
                           ) FILTER (WHERE state = 'sale'), 0) AS revenue
                      FROM sale_order
                     WHERE opportunity_id = lead.id
                       AND state <> 'cancel') sale
          LEFT JOIN LATERAL (
                    SELECT decision.to_tier_id AS tier_id
                      FROM member_membership membership
                      JOIN member_tier_decision decision
                        ON decision.membership_id = membership.id
                     WHERE membership.partner_id
                           IN (contact.id, contact.commercial_partner_id)
                       AND membership.company_id = company.id
                       AND membership.active
                       AND decision.date <= COALESCE(
                               lead.member_inquiry_on, lead.create_date::date)
                  ORDER BY membership.program_id, decision.date DESC,
                           decision.id DESC
                     LIMIT 1) held ON TRUE"""
        )

    def _where(self):
        """Return which leads are inquiries; lost ones still are."""
        return SQL("lead.member_inquiry_state <> 'none'")

    def action_open_lead(self):
        """Open the lead of this inquiry."""
        self.ensure_one()
        return self.lead_id._get_records_action()
