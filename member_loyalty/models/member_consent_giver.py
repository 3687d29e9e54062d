from odoo import models


class MemberConsentGiver(models.AbstractModel):
    """What a contact agreed to."""

    _name = "member.consent.giver"
    _description = "Contact who Gives Consent"

    def _get_consent(self, purpose):
        """Return what a contact said to a purpose.

        :param str purpose: code of the purpose, such as "profiling"
        :return: "given", "refused" (withdrawn too), or "" when never asked
        """
        self.ensure_one()
        return ""
