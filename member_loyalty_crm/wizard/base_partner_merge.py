from odoo import api, models

from odoo.addons.member_loyalty.queries.execution import execute_quietly

from ..queries import merges

MERGED_ELSEWHERE = frozenset(
    {"loyalty_card", "member_membership", "member_duplicate", "member_referral"}
)


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Every merge of contacts that touches members can be undone, and goes through.

    What is assumed of Odoo: `_update_foreign_keys` repoints every reference, deletes
    what a unique constraint refuses, and fails at what a unique index does.
    """

    _name = "base.partner.merge.automatic.wizard"
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base` to write down what was whose, and put ours in order.

        Repointing is no matter of rights: modules below read what officers may not,
        such as visits of the website.
        """
        src_partners, dst_partner = src_partners.sudo(), dst_partner.sudo()
        merge = self.env["member.merge"]
        snapshot = merge._take_snapshot(src_partners, dst_partner)
        self._delete_clashes(src_partners, dst_partner)
        duplicates = self.env["member.duplicate"].sudo()
        duplicates._follow_merge(src_partners, dst_partner)
        members = (src_partners | dst_partner).sudo().member_membership_ids
        result = super()._update_foreign_keys(src_partners, dst_partner)
        members._follow_current_membership()
        merge._record(snapshot, src_partners, dst_partner)
        return result

    @api.model
    def _delete_clashes(self, src_partners, dst_partner):
        """Delete what would be there twice, which Odoo does for constraints only."""
        self.env.flush_all()
        for index in self.env.execute_query(merges.unique_indexes_on_contacts()):
            if index[0] not in MERGED_ELSEWHERE:
                execute_quietly(
                    self.env,
                    merges.delete_clashes(index, src_partners.ids, dst_partner.id),
                )
        self.env.invalidate_all()
