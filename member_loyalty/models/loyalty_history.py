from odoo import api, models
from odoo.exceptions import AccessError

from ..logic.native_engine import is_engine


class LoyaltyHistory(models.Model):
    """Odoo's history of a card; of cards that the ledger keeps it only mirrors it."""

    _inherit = "loyalty.history"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `loyalty` to guard the mirror of the ledger."""
        rows = super().create(vals_list)
        rows._check_only_ledger_writes()
        return rows

    def write(self, vals):
        """Override of `loyalty` to guard the mirror of the ledger."""
        self._check_only_ledger_writes()
        result = super().write(vals)
        self._check_only_ledger_writes()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_by_ledger(self):
        self._check_only_ledger_writes()

    def _check_only_ledger_writes(self):
        """Let others write what concerns no card that the ledger keeps.

        :raises AccessError: when it does
        """
        if self.env.su or is_engine(self.env.context):
            return
        if self.sudo().card_id.program_id.member_program_id:
            raise AccessError(
                self.env._(
                    "The history of a member's points is kept in an account and cannot"
                    " be changed. Adjust the points instead, with a reason."
                )
            )
