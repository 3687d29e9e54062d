from odoo import models


class MemberBenefit(models.Model):
    _inherit = "member.benefit"

    def _prepare_own_pricelist(self):
        """Override of `member_loyalty`: the price list holds on every website."""
        return {**super()._prepare_own_pricelist(), "website_id": False}
