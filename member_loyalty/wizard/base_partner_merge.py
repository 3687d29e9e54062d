from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """What the suite assumes of Odoo here: a merge repoints every reference from the
    merged contacts to the one that stays, in ``_update_foreign_keys``. It repoints
    the commercial partner of their contacts as well, which is not right when the one
    that stays is itself the contact of a company.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Override of `loyalty`: points of members go over by entries."""
        self.env["loyalty.card"]._give_to_member(src_partners, dst_partner)
        return super()._merge_loyalty_cards(src_partners, dst_partner)

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base` to merge memberships before their contacts are one."""
        memberships = self.env["member.membership"].sudo()
        memberships._give_to_member(src_partners, dst_partner)
        self.env["member.referral"]._merge_referred(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        family = dst_partner._get_member_family()
        self.env.add_to_compute(family._fields["commercial_partner_id"], family)
        self.env["member.journal"].sudo()._follow_contacts(family)
        return result
