from odoo import api, fields, models


class MemberBenefitReversal(models.TransientModel):
    """Takes a use of a benefit back, with a reason."""

    _name = "member.benefit.reversal"
    _description = "Take a Use Back"

    usage_id = fields.Many2one(
        comodel_name="member.benefit.usage", string="Use", required=True, readonly=True
    )
    benefit_id = fields.Many2one(related="usage_id.benefit_id")
    membership_id = fields.Many2one(related="usage_id.membership_id", string="Member")
    date = fields.Date(related="usage_id.date")
    quantity = fields.Integer(
        string="Times Used",
        compute="_compute_quantity",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
    )
    reason = fields.Char(required=True)

    @api.depends("usage_id")
    def _compute_quantity(self):
        for wizard in self:
            wizard.quantity = wizard.usage_id.open_quantity

    def action_take_back(self):
        """Take the use back."""
        self.ensure_one()
        self.usage_id.check_access("read")
        self.usage_id._take_back(self.quantity, self.reason)
        return {"type": "ir.actions.act_window_close"}
