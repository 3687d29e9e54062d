from odoo import api, models

from ..logic.referral import OPEN_STATES

# which referral of one company counts: rewarded, else on its way, else closed
STANDING = {"rewarded": 0, **dict.fromkeys(OPEN_STATES, 1)}


class MemberReferralMerging(models.AbstractModel):
    """Two companies that become one: both were referred, one referral counts."""

    _name = "member.referral.merging"
    _description = "Referrals of Merged Companies"

    @api.model
    def _merge_referred(self, src_partners, dst_partner):
        """Keep the referrals of companies that are merged; one of them counts.

        What was rewarded comes before what is on its way, the earlier before the
        later. The others stay as history; those on their way are refused, for the
        company was referred before. Without this, Odoo deletes them.

        :param src_partners: the contacts that go
        :param dst_partner: the contact that stays
        """
        partners = src_partners | dst_partner
        found = self.sudo().search(
            [("referred_id", "in", partners.ids), ("is_merged", "=", False)]
        )
        for referrals in found.grouped("program_id").values():
            others = referrals.sorted(
                lambda one: (STANDING.get(one.state, 2), one.bound_at, one.id)
            )[1:]
            others.is_merged = True
            for referral in others.filtered(lambda one: one.state in OPEN_STATES):
                referral.write(
                    {
                        **referral._prepare_closing("refused"),
                        "reasons": "referred_before",
                    }
                )
        self.env.flush_all()
