from odoo import api, models
from odoo.exceptions import ValidationError


class MemberOrderLineGift(models.AbstractModel):
    """A gift's coupon pays for its member alone, whichever way it came to an order."""

    _name = "member.order.line.gift"
    _description = "Gift Coupons on an Order Line"

    @api.constrains("coupon_id", "order_id")
    def _check_pays_with_own_gift(self):
        lines = self.sudo().filtered("coupon_id")
        issues = self.env["member.benefit.gift.issue"]._find_of_cards(lines.coupon_id)
        for issue in issues:
            for line in lines.filtered(lambda one, i=issue: one.coupon_id == i.card_id):
                if not issue._is_for_customer(line.order_id.partner_id):
                    raise ValidationError(issue.with_env(self.env)._say_not_yours())
