from odoo import api, fields, models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = [
        "member.lead.journal",
        "member.lead.customer",
        "member.lead.priority",
        "member.lead.inquiry",
        "member.lead.inquiry.reading",
        "member.lead.inquiry.correction",
        "member.lead.grouping",
        "member.lead.quotation",
        "crm.lead",
        "member.code.document",
        "member.portrait.lead",
    ]

    _member_inquiry_waits = models.Index("(id) WHERE member_inquiry_waits")

    member_tier_id = fields.Many2one(
        comodel_name="member.tier",
        compute="_compute_member_tier_id",
        search="_search_member_tier_id",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
        help="The tier of the customer in the first program of the lead's company.",
    )
    member_tier_color = fields.Integer(
        related="member_tier_id.color",
        groups="member_loyalty.member_loyalty_group_user",
    )

    @api.depends("partner_id", "company_id")
    @api.depends_context("company")
    def _compute_member_tier_id(self):
        for company, leads in self.grouped("company_id").items():
            tiers = leads.partner_id._get_member_tiers(company or self.env.company)
            for lead in leads:
                lead.member_tier_id = tiers.get(lead.partner_id.id, False)

    def action_open_member_memberships(self):
        """Open the memberships of the customer."""
        self.ensure_one()
        return self.partner_id.action_open_memberships()
