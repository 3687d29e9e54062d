from odoo import models


class ResUsers(models.Model):
    """A buyer who is logged in on the website."""

    _name = "res.users"
    _inherit = [
        "member.referral.signup",
        "member.inquiry.login",
        "member.interest.user",
        "res.users",
    ]

    def _get_member_unread_count(self):
        """Return how many messages of the membership are unread on this website."""
        self.ensure_one()
        if self._is_public():
            return 0
        messages = self.env["member.notification"]
        return messages._count_unread(self.sudo().partner_id, self._get_member_seller())

    def _get_member_claims(self):
        """Return the free products that the buyer may still claim on this website.

        :return: benefits of the kind "product", with rights
        """
        self.ensure_one()
        benefits = self.env["member.benefit"].sudo()
        seller = self._get_member_seller()
        if self._is_public() or not benefits._is_kind_granted(seller, "product"):
            return benefits
        partner, day = self.sudo().partner_id, seller._member_today()
        granted = benefits._find_granted(partner, seller, day, "product")
        return benefits.union(
            *(
                benefit
                for membership, benefit in granted[partner.id]
                if benefit.product_ids and benefit._get_available(membership, day) != 0
            )
        )

    def _get_member_seller(self):
        """Return the company whose website the buyer is on."""
        return self.env["website"].get_current_website().company_id
