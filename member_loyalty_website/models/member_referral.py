from odoo import models

REFERRALS_URL = "/my/membership/referrals"


class MemberReferral(models.Model):
    """A referral that its referrer can follow on the website."""

    _inherit = "member.referral"

    def _get_page(self):
        """Override of `member_loyalty`: there is a page of referrals."""
        return REFERRALS_URL
