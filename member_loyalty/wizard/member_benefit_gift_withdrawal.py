from odoo import api, fields, models


class MemberBenefitGiftWithdrawal(models.TransientModel):
    """Takes gifts back that nobody used, with a reason."""

    _name = "member.benefit.gift.withdrawal"
    _description = "Take Gifts Back"

    issue_ids = fields.Many2many(
        comodel_name="member.benefit.gift.issue",
        string="Gifts",
        required=True,
        default=lambda self: self._default_issue_ids(),
    )
    reason = fields.Char(required=True)

    @api.model
    def _default_issue_ids(self):
        issues = self.env["member.benefit.gift.issue"]
        if self.env.context.get("active_model") != issues._name:
            return issues
        return issues.browse(self.env.context.get("active_ids", ()))

    def action_withdraw(self):
        """Take the gifts back; coupons are worth nothing from now on.

        :raises UserError: when one of them was used
        """
        self.ensure_one()
        self.issue_ids._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
