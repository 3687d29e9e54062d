from odoo import api, models

from .loyalty_card import BY_LEDGER


class SaleOrderLine(models.Model):
    """The native methods of `sale_loyalty` that write points for a changed line."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale_loyalty`: the ledger follows reward lines."""
        lines = super(SaleOrderLine, self._by_ledger()).create(vals_list)
        return lines.with_env(self.env)

    def write(self, vals):
        """Override of `sale_loyalty`: the ledger follows reward lines."""
        return super(SaleOrderLine, self._by_ledger()).write(vals)

    def unlink(self):
        """Override of `sale_loyalty`: the ledger follows reward lines."""
        return super(SaleOrderLine, self._by_ledger()).unlink()

    def _by_ledger(self):
        """Return the lines so that the engine leaves points to the ledger."""
        return self.with_context(**{BY_LEDGER: True})

    @api.model
    def _get_member_followed_fields(self):
        """Override of `member_loyalty`: what a reward costs counts as well."""
        return super()._get_member_followed_fields() | {"points_cost", "coupon_id"}
