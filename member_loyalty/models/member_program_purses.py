from odoo import models


class MemberProgramPurses(models.AbstractModel):
    """The cards of many members at once."""

    _name = "member.program.purses"
    _description = "Wallets of Many Members"

    def _get_wallets(self, partners):
        """Return the cards that hold the points of contacts; who has none gets one.

        :param partners: contacts; those of one company may share a card
        """
        self.ensure_one()
        policy = self._get_points_policy()
        is_shared = policy.purse == "company"
        partners = partners.sudo()
        owners = partners.commercial_partner_id if is_shared else partners
        Card = self.env["loyalty.card"].sudo()
        found = Card.search(
            [
                ("program_id", "=", policy.wallet_id),
                ("member_owner_id", "in", owners.ids),
            ]
        )
        new = Card.with_context(loyalty_no_mail=True, tracking_disable=True).create(
            [
                {
                    "program_id": policy.wallet_id,
                    "partner_id": False if is_shared else owner.id,
                    "member_owner_id": owner.id,
                    "points": 0,
                }
                for owner in owners - found.member_owner_id
            ]
        )
        return found | new
