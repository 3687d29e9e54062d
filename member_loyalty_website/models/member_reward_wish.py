from odoo import api, models
from odoo.http import request

WISH = "member_reward_wish"


class MemberRewardWish(models.AbstractModel):
    """A reward that was claimed too early: it waits for a cart that it makes cheaper.

    It is kept in the visit alone and costs nothing until it is claimed in the cart.
    """

    _name = "member.reward.wish"
    _description = "Reward that Waits for a Cart"

    @api.model
    def _keep(self, reward):
        """Remember what a buyer wants; the last one counts."""
        request.session[WISH] = reward.id

    @api.model
    def _forget(self, reward):
        """Forget a reward that the buyer has now."""
        if request.session.get(WISH) == reward.id:
            request.session.pop(WISH)

    @api.model
    def _get_for(self, cart):
        """Return the reward that waits for a cart; None when it cannot be had there.

        :param cart: ``sale.order`` of who asks; may be none
        :rtype: ShownReward or None
        """
        wished = request and request.session.get(WISH)
        if not wished or not cart or not cart._get_payable_lines():
            return None
        partner = self.env.user.partner_id.sudo()
        purses = self.env["member.point.statement"]._find_of_buyer(
            partner, self.env["member.centre"]._get_point_programs()
        )
        shelves = self.env["member.reward.shelf"]
        purse, reward = shelves._find_claimed(purses, str(wished))
        if not reward:
            return None
        shelf = shelves._get_shelf(purse, partner, cart)
        waiting = [one for one in shelf.now if one.reward == reward and not one.claimed]
        return waiting[0] if waiting else None
