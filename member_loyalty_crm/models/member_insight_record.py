from odoo import fields, models


class MemberInsightRecord(models.AbstractModel):
    """A row that is worked out about a member, and read only."""

    _name = "member.insight.record"
    _inherit = ["member.customer.record"]
    _description = "Insight into a Member"
    _rec_name = "partner_id"

    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    tier_id = fields.Many2one(related="membership_id.tier_id")
    tier_color = fields.Integer(related="membership_id.tier_id.color")
