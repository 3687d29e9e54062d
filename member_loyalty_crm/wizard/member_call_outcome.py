from odoo import api, fields, models

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
    reason = fields.Text(compute="_compute_reason")
    outcome = fields.Selection(selection=OUTCOMES, required=True)
    note = fields.Text(help="It goes into the customer's history too.")

    @api.depends("call_id")
    @api.depends_context("lang", "uid")
    def _compute_reason(self):
        self._check_call()
        for form in self:
            form.reason = form.call_id._origin.reason

    @api.constrains("call_id")
    def _check_call(self):
        """Let calls pass that the user may see; a form names any of them."""
        self.call_id._origin.sudo(False).check_access("read")

    def action_record(self):
        """Close the call, and its activity."""
        self.ensure_one()
        self.call_id._close(self.outcome, self.note)
        return {"type": "ir.actions.act_window_close"}
