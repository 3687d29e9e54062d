from odoo import fields, models


class MemberMembership(models.Model):
    _name = "member.membership"
    _inherit = [
        "member.membership",
        "member.membership.following",
        "member.membership.score",
        "member.membership.risk",
        "member.membership.segments",
        "member.code.document",
        "member.portrait.opening",
    ]

    risk_user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    score_ids = fields.One2many(
        comodel_name="member.score", inverse_name="membership_id", readonly=True
    )
    forecast_ids = fields.One2many(
        comodel_name="member.forecast", inverse_name="membership_id", readonly=True
    )
    signal_ids = fields.One2many(
        comodel_name="member.signal", inverse_name="membership_id", readonly=True
    )
