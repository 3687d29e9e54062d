from odoo import api, models
from odoo.exceptions import AccessError

from ..logic.native_engine import is_engine


class SaleOrderCouponPoints(models.Model):
    """What the suite assumes of Odoo here: only the engine writes what an order will
    give to a card. It looks these rows up by card, for which it has no index.
    """

    _inherit = "sale.order.coupon.points"

    _card = models.Index("(coupon_id)")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale_loyalty` to guard what orders give to members."""
        rows = super().create(vals_list)
        rows._check_only_engine_writes()
        return rows

    def write(self, vals):
        """Override of `sale_loyalty` to guard what orders give to members."""
        self._check_only_engine_writes()
        result = super().write(vals)
        self._check_only_engine_writes()
        return result

    def unlink(self):
        """Override of `sale_loyalty` to let the engine delete what it wrote."""
        if is_engine(self.env.context):
            return super(SaleOrderCouponPoints, self.sudo()).unlink()
        self._check_only_engine_writes()
        return super().unlink()

    def _check_only_engine_writes(self):
        """Let others write what concerns no card that the ledger keeps.

        :raises AccessError: when it does
        """
        if self.env.su or is_engine(self.env.context):
            return
        if self.sudo().coupon_id.program_id.member_program_id:
            raise AccessError(
                self.env._(
                    "What an order gives in points follows from its lines and the"
                    " earning rules, and cannot be written by hand."
                )
            )
