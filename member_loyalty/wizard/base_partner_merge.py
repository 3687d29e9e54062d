from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """What the suite assumes of Odoo here: a merge repoints every reference from the
    merged contacts to the one that stays, in ``_update_foreign_keys``.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base` to merge memberships before their contacts are one."""
        memberships = self.env["member.membership"].sudo()
        memberships._merge_before_contacts(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["member.journal"].sudo()._follow_merge(dst_partner)
        return result
