from odoo import fields, models


class MemberMembershipReferral(models.AbstractModel):
    """The companies that a member referred."""

    _name = "member.membership.referral"
    _description = "Referrals of a Member"

    referral_count = fields.Integer(
        string="Referrals", compute="_compute_referral_count"
    )

    def _compute_referral_count(self):
        counts = dict(
            self.env["member.referral"]._read_group(
                [("membership_id", "in", self.ids)], ["membership_id"], ["__count"]
            )
        )
        for membership in self:
            membership.referral_count = counts.get(membership, 0)

    def action_open_referrals(self):
        """Open the referrals of this member."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_referral_action"
        )
        return {**action, "domain": [("membership_id", "=", self.id)], "context": {}}

    def _give_referrals_to(self, kept):
        """Let the membership that goes on have the referrals of these."""
        referrals = self.env["member.referral"].sudo()
        referrals.search([("membership_id", "in", self.ids)]).membership_id = kept
