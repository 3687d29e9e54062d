from odoo import fields, models

from ..models.member_call import OUTCOMES


class MemberCallOutcome(models.TransientModel):
    """Asks what came of a call."""

    _name = "member.call.outcome"
    _description = "Outcome of a Call"

    call_id = fields.Many2one(
        comodel_name="member.call",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    reason = fields.Text(related="call_id.reason")
    outcome = fields.Selection(selection=OUTCOMES, required=True)
    note = fields.Text(help="It goes into the customer's history too.")

    def action_record(self):
        """Close the call, and its activity."""
        self.ensure_one()
        self.call_id._close(self.outcome, self.note)
        return {"type": "ir.actions.act_window_close"}
