from odoo import fields, models


class MemberOrderPoints(models.Model):
    """The bonus that an order's top-up was promised when it was confirmed."""

    _inherit = "member.order.points"

    topup = fields.Json(
        readonly=True,
        help="The amount topped up and the bonuses for it: rule, card, points, expiry.",
    )
