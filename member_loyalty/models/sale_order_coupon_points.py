from odoo import models


class SaleOrderCouponPoints(models.Model):
    """Odoo looks these rows up by card, for which it has no index."""

    _inherit = "sale.order.coupon.points"

    _card = models.Index("(coupon_id)")
