from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    member_tier_id = fields.Many2one(
        related="sale_id.member_confirmed_tier_id",
        store=True,
        index="btree_not_null",
        string="Tier",
        help="The customer's tier when the order was confirmed.",
    )
    member_tier_color = fields.Integer(related="member_tier_id.color")
