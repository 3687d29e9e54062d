from odoo import models

from ..queries import behaviour as queries


class BasePartnerMerge(models.TransientModel):
    """What the suite assumes of Odoo here: a merge repoints every reference from the
    merged contacts to the one that stays, in ``_update_foreign_keys``, and deletes
    rows of a table where two of them would be alike.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base` to sum up what was noted of one person twice."""
        dst_partner._take_interests(queries.of_contacts(src_partners.ids))
        return super()._update_foreign_keys(src_partners, dst_partner)
