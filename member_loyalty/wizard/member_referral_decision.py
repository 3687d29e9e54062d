from odoo import fields, models


class MemberReferralDecision(models.TransientModel):
    """Asks an officer for the reason of a decision on a referral."""

    _name = "member.referral.decision"
    _description = "Decision on a Referral"

    referral_id = fields.Many2one(
        comodel_name="member.referral", required=True, readonly=True
    )
    reason_text = fields.Text(related="referral_id.reason_text")
    decision = fields.Selection(
        selection=[
            ("refuse", "Refuse"),
            ("accept", "Accept"),
            ("take_back", "Take back"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Text(
        required=True,
        help="Colleagues read it on the referral, the referrer when it is refused.",
    )

    def action_decide(self):
        """Decide for this reason.

        :raises AccessError: for anyone but officers
        """
        self.ensure_one()
        self.referral_id._decide_by_hand(self.decision, self.reason)
        return True
