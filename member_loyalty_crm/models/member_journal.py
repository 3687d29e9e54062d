from odoo import api, models


class MemberJournal(models.AbstractModel):
    _inherit = "member.journal"

    @api.model
    def _find_drift(self, company):
        """Override of `member_loyalty` to compare inquiries with leads as well."""
        drift = super()._find_drift(company)
        return drift + self.env["member.inquiry.journal"]._find_drift(company)
