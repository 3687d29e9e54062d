from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the shop for members, for each website."""

    _inherit = "res.config.settings"

    member_follow_views = fields.Boolean(
        related="website_id.member_follow_views", readonly=False
    )
    member_interest_months = fields.Integer(
        related="website_id.member_interest_months", readonly=False
    )
    member_recommend_products = fields.Boolean(
        related="website_id.member_recommend_products", readonly=False
    )
