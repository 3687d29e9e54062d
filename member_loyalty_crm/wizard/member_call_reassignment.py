from odoo import fields, models


class MemberCallReassignment(models.TransientModel):
    """Gives calls to somebody else."""

    _name = "member.call.reassignment"
    _description = "Give Calls to Somebody"

    call_ids = fields.Many2many(
        comodel_name="member.call",
        relation="member_call_reassignment_call_rel",
        column1="reassignment_id",
        column2="call_id",
        string="Calls",
        required=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Give to",
        required=True,
        domain="[('share', '=', False)]",
        help="An active salesperson. The limit of calls per person does not count"
        " here.",
    )

    def action_give(self):
        """Give the calls, with their activities."""
        self.ensure_one()
        self.call_ids._reassign(self.user_id)
        return {"type": "ir.actions.act_window_close"}
