from odoo import fields, models


class MemberTierAppealRefusal(models.TransientModel):
    """Asks why an appeal is refused."""

    _name = "member.tier.appeal.refusal"
    _description = "Refusal of an Appeal"

    appeal_id = fields.Many2one(
        comodel_name="member.tier.appeal", required=True, readonly=True
    )
    reason = fields.Text(
        required=True, help="Colleagues read it on the appeal, the member in a mail."
    )

    def action_refuse(self):
        """Refuse the appeal for this reason.

        :raises AccessError: for anyone but managers
        """
        self.ensure_one()
        self.appeal_id._refuse(self.reason)
        return True
