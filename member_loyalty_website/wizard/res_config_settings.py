from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of a website that concern members."""

    _inherit = "res.config.settings"

    member_inquiry_enabled = fields.Boolean(
        related="website_id.member_inquiry_enabled", readonly=False
    )
    member_inquiry_days = fields.Integer(
        related="website_id.member_inquiry_days", readonly=False
    )
    member_follow_views = fields.Boolean(
        related="website_id.member_follow_views", readonly=False
    )
    member_interest_months = fields.Integer(
        related="website_id.member_interest_months", readonly=False
    )
    member_recommend_products = fields.Boolean(
        related="website_id.member_recommend_products", readonly=False
    )
