from decimal import Decimal

from odoo import models

from ..logic.benefit_use import NOTHING, Use
from ..logic.purchase_posting import exact
from .member_follow_up import FIRST_ORDERS


class MemberOrderGift(models.AbstractModel):
    """Gifts and orders: thanks for the first one, and the use of gift coupons.

    What we assume of `sale_loyalty`: codes are applied by ``_try_apply_code``, and
    the lines that a coupon pays for carry it in ``coupon_id``.
    """

    _name = "member.order.gift"
    _description = "Gifts and Orders"

    def write(self, vals):
        """Override of `sale` to have thanked for first orders, a moment later."""
        result = super().write(vals)
        if vals.get("state") == "sale":
            thanked = self.filtered(lambda order: order._may_be_thanked_for())
            self.env["member.follow.up"].sudo()._queue(FIRST_ORDERS, thanked.ids)
        return result

    def _may_be_thanked_for(self):
        """Tell whether anything is given for first orders, without asking."""
        benefits = self.env["member.benefit"]
        if not benefits._is_kind_granted(self.company_id, "gift"):
            return False
        programs = self.env["member.program"]._get_company_programs(self.company_id)
        return any(benefits._find_gifts(one, "first_order") for one in programs)

    def _try_apply_code(self, code):
        """Override of `sale_loyalty`: a gift's coupon is for its member alone."""
        issues = self.env["member.benefit.gift.issue"]
        if self.env["member.benefit"]._are_coupons_given():
            issue = issues.sudo().search([("card_id.code", "=", code)], limit=1)
            if issue and not issue._is_for_customer(self.sudo().partner_id):
                return {"error": issue.with_env(self.env)._say_not_yours()}
        return super()._try_apply_code(code)

    def _get_benefit_uses_due(self):
        """Override to record the use of gift coupons, with what they took off."""
        due = super()._get_benefit_uses_due()
        lines = self.sudo().order_line.filtered("coupon_id")
        if self.state != "sale" or not lines:
            return due
        for issue in self.env["member.benefit.gift.issue"]._find_of_cards(
            lines.coupon_id
        ):
            key = issue.membership_id._get_current(), issue.benefit_id
            held = due.get(key, NOTHING)
            cost = self._get_coupon_cost(
                lines.filtered(lambda line, one=issue: line.coupon_id == one.card_id)
            )
            due[key] = Use(held.quantity + 1, held.cost + cost)
        return due

    def _get_coupon_cost(self, lines):
        """Return what a coupon's lines cost, in company currency.

        :param lines: the lines that it pays for; free products cost what they cost
        :rtype: Decimal
        """
        taken = -sum((exact(line.price_subtotal) for line in lines), Decimal(0))
        taken /= exact(self.currency_rate or 1)
        free = sum(
            line.product_id.with_company(self.company_id).standard_price
            * line.product_uom_qty
            for line in lines
            if line.reward_id.reward_type == "product"
        )
        return (taken + exact(free)).quantize(Decimal("0.01"))
