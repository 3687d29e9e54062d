from decimal import Decimal

from odoo import models

from ..logic.order_points import credited_part
from ..logic.point_earning import Line


class MemberOrderLine(models.AbstractModel):
    """What a line of an order counts for when points are earned."""

    _name = "member.order.line"
    _description = "Points of an Order Line"

    def _is_reward_that_pays(self):
        """Tell whether the line is a reward that makes the order cheaper.

        What a gift card or an eWallet pays was money before: it earns like money.
        """
        return bool(self.reward_id) and not self.reward_id.program_id.is_payment_program

    def _earns_points(self, program, base):
        """Tell whether a line earns points.

        Notes, down payments, rewards, lines that are no purchase and what tops up an
        eWallet do not; delivery does when the program says so.
        """
        self.ensure_one()
        if self.display_type or self.is_downpayment or self.reward_id:
            return False
        if self.member_is_uncounted:
            return False
        if "is_delivery" in self._fields and self.is_delivery:
            return base.delivery
        return self.product_id.id not in program._get_uncounted_product_ids()

    def _get_point_line(self, value, factor, billed, loose):
        """Return the line as ``Line`` of ``logic``, in the program's currency.

        :param Decimal value: what it comes to, in the order's currency
        :param Decimal factor: what of it counts, in the program's currency
        :param billed: what was invoiced and what was credited, or None
        :param Decimal loose: the share that credit notes without a sale take back
        """
        invoiced, credited = billed or (Decimal(0), Decimal(0))
        taken = credited_part(value, invoiced, credited) + loose * value
        return Line(
            self.id or self._origin.id,
            value * factor,
            self.product_id.categ_id.id,
            taken * factor,
        )
