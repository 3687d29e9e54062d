from odoo import api, models
from odoo.exceptions import UserError

from .loyalty_card import BY_LEDGER


class LoyaltyHistory(models.Model):
    """Odoo's own history; of cards kept by the ledger, the ledger alone writes it."""

    _inherit = "loyalty.history"

    _document = models.Index("(order_model, order_id)")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `loyalty`: leave out what the ledger writes itself."""
        cards = self.env["loyalty.card"].browse(vals["card_id"] for vals in vals_list)
        kept = set(cards.filtered(lambda card: card._is_kept_by_ledger()).ids)
        return super().create(
            [vals for vals in vals_list if vals["card_id"] not in kept]
        )

    def write(self, vals):
        """Override of `loyalty`: what the ledger wrote stays as it is."""
        return super(LoyaltyHistory, self - self._filter_kept()).write(vals)

    def unlink(self):
        """Override of `loyalty`: a cancelled order's history stays."""
        rows = self
        if self.env.context.get(BY_LEDGER):
            rows -= self._filter_kept()
        return super(LoyaltyHistory, rows).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        if self._filter_kept():
            raise UserError(
                self.env._(
                    "The history of a member's points cannot be deleted. Adjust the"
                    " points instead."
                )
            )

    def _filter_kept(self):
        """Return the rows of cards that the ledger keeps."""
        return self.filtered(lambda row: row.card_id._is_kept_by_ledger())
