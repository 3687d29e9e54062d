from odoo import models


class AccountMove(models.Model):
    """What the suite assumes of Odoo here: a move is posted, set back to draft and
    cancelled by ``write({"state": ...})``; ``_invoice_paid_hook`` is called when it is
    paid.
    """

    _name = "account.move"
    _inherit = ["account.move", "member.journal.source"]

    def write(self, vals):
        """Override of `account` to book credit notes posted and taken back."""
        if "state" not in vals:
            return super().write(vals)
        with self._follow_in_journal() as pending:
            before = {move.id: move.state for move in self}
            result = super().write(vals)
            pending.move_ids.update(
                move.id
                for move in self
                if move.move_type in ("out_invoice", "out_refund")
                and move.partner_id
                and "posted" in (before[move.id], move.state)
            )
        return result

    def _invoice_paid_hook(self):
        """Override of `account` to release points that waited for the payment."""
        result = super()._invoice_paid_hook()
        sales = self.sudo().filtered(
            lambda move: move.move_type in ("out_invoice", "out_refund")
        )
        orders = sales.line_ids.sale_line_ids.order_id
        self.env["member.point.pending"]._release_paid(orders)
        return result
