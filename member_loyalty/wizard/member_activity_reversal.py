from odoo import fields, models


class MemberActivityReversal(models.TransientModel):
    """Takes wrong activities back, with a reason."""

    _name = "member.activity.reversal"
    _description = "Reverse Activities"

    activity_ids = fields.Many2many(
        comodel_name="member.activity",
        required=True,
        default=lambda self: self._default_activity_ids(),
    )
    reason = fields.Char(required=True)

    def _default_activity_ids(self):
        if self.env.context.get("active_model") == "member.activity":
            return self.env.context.get("active_ids", [])
        return []

    def action_reverse(self):
        """Reverse the activities."""
        self.ensure_one()
        self.activity_ids._reverse(self.reason)
        return True
