from odoo import models
from odoo.exceptions import UserError


class LoyaltyCardUpdateBalance(models.TransientModel):
    """What the suite assumes of Odoo here: the wizard writes the balance in
    ``action_update_card_point``, after a row in the history.
    """

    _name = "loyalty.card.update.balance"
    _inherit = ["member.number.guard", "loyalty.card.update.balance"]

    def action_update_card_point(self):
        """Override of `loyalty`: for members, what is written becomes the reason.

        :raises AccessError: for anyone but officers, on the card of a member
        :raises UserError: when there is no reason
        """
        kept = self.filtered(lambda wizard: wizard.card_id._is_kept_by_ledger())
        for wizard in kept:
            wizard._adjust_member_points()
        others = self - kept
        if not others:
            return None
        return super(LoyaltyCardUpdateBalance, others).action_update_card_point()

    def _adjust_member_points(self):
        """Write the new balance of a member's card, with its reason."""
        if not (self.description or "").strip():
            raise UserError(
                self.env._("Say why. Members and colleagues read it later.")
            )
        if self.new_balance < 0 or self.new_balance == self.old_balance:
            raise UserError(
                self.env._("Enter another balance than now, and none below zero.")
            )
        self.card_id.with_context(
            member_point_reason=self.description
        ).points = self.new_balance
