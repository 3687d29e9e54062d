from typing import NamedTuple

from odoo import api, models

from odoo.addons.member_loyalty.logic.purchase_posting import exact

from ..logic.reward_shelf import Buyer, Reward, sort_out

ALONE = ("product", "member_coupon")
ICONS = {
    "product": "fa-gift",
    "shipping": "fa-truck",
    "member_coupon": "fa-ticket",
}


class ShownReward(NamedTuple):
    """A reward as the points shop shows it."""

    reward: models.BaseModel
    points: float
    """What it costs the buyer."""
    missing: float
    claimed: int
    """How often it is in the cart already."""
    needs_products: bool
    """Whether the cart has to have products first."""


class ShownShelf(NamedTuple):
    """The rewards of one purse: to be had now, soon, and those of other tiers."""

    now: list
    soon: list
    others: list
    points: float
    """What is left to spend: without what the cart spends already."""
    in_cart: float
    """What rewards in the cart cost."""


class MemberRewardShelf(models.AbstractModel):
    """The points shop: what a buyer can have for points, and for how many.

    It only shows: whoever claims is checked by the cart once more.
    """

    _name = "member.reward.shelf"
    _description = "Rewards in the Points Shop"

    @api.model
    def _get_shelf(self, statement, partner, cart):
        """Return the rewards of a purse, sorted out for a buyer.

        :param statement: the purse, as ``member.point.statement``
        :param partner: the contact who is logged in
        :param cart: their cart, with rights; may be none
        :rtype: ShownShelf
        """
        rewards = self._find_rewards(statement.wallet_id)
        program = statement.program_id
        tier = program._get_spending_tier(partner)
        tags = (partner | program._get_member_partners(partner)).member_tag_ids
        points, in_cart = self._get_points_left(statement, cart)
        offers = [
            Reward(
                reward.id,
                exact(reward._get_member_price(tier)),
                frozenset(reward.member_tier_ids.ids),
                frozenset(reward.member_tag_ids.ids),
            )
            for reward in rewards
        ]
        shelf = sort_out(offers, Buyer(exact(points), tier.id, frozenset(tags.ids)))
        show = self._get_showing(rewards, cart)
        return ShownShelf(
            *([show(one) for one in part] for part in (shelf.now, shelf.soon)),
            others=[show(one) for one in shelf.others],
            points=points,
            in_cart=in_cart,
        )

    @api.model
    def _find_rewards(self, wallet):
        """Return what points of a wallet can be spent on here and today.

        :param wallet: the ``loyalty.program`` with rights
        """
        website = self.env["website"].get_current_website()
        today = website.company_id._member_today()
        is_open = (
            wallet.active
            and wallet.ecommerce_ok
            and wallet.website_id in (website, website.browse())
            and (not wallet.date_from or wallet.date_from <= today)
            and (not wallet.date_to or wallet.date_to >= today)
        )
        if not is_open:
            return wallet.reward_ids.browse()
        for_products = wallet.reward_ids.filtered(
            lambda reward: reward.reward_type == "product"
        )
        lacking = for_products - for_products.filtered_domain(
            self.env["loyalty.reward"]._get_active_products_domain()
        )
        return wallet.reward_ids - lacking

    @api.model
    def _get_points_left(self, statement, cart):
        """Return what can be spent, and what the cart spends already."""
        lines = cart.order_line.filtered(
            lambda line: line.coupon_id == statement.card_id
        )
        in_cart = sum(lines.mapped("points_cost"))
        if not in_cart:
            return statement.usable_points, 0.0
        left = cart._get_real_points_for_coupon(statement.card_id)
        return max(0.0, left), in_cart

    @api.model
    def _get_showing(self, rewards, cart):
        """Return the function by which a reward on the shelf is shown."""
        by_id = {reward.id: reward for reward in rewards}
        can_pay = bool(cart and cart._get_payable_lines())

        def show(offered):
            reward = by_id[offered.reward_id]
            return ShownReward(
                reward,
                float(offered.price),
                float(offered.missing),
                cart._count_claims(reward) if cart else 0,
                reward.reward_type not in ALONE and not can_pay,
            )

        return show

    @api.model
    def _find_claimed(self, purses, reward_id):
        """Return the purse and the reward that a form names; nothing for any other.

        :param purses: those of the buyer
        :param str reward_id: as it was sent
        :return: (statement, reward), both with rights, both empty when unknown
        """
        for purse in purses:
            reward = self._find_rewards(purse.wallet_id).filtered(
                lambda one: str(one.id) == reward_id
            )
            if reward:
                return purse, reward
        return purses.browse(), self.env["loyalty.reward"].sudo()

    @api.model
    def _say_conditions(self, reward):
        """Say what a reward asks for besides points; may be empty.

        :rtype: list[str]
        """
        reward = reward.sudo()
        conditions = []
        if reward.member_minimum_amount:
            conditions.append(
                self.env._(
                    "From an order of %(amount)s.",
                    amount=reward.currency_id.format(reward.member_minimum_amount),
                )
            )
        if reward.member_maximum_share:
            conditions.append(
                self.env._(
                    "Pays up to %(share)s%% of an order.",
                    share=f"{reward.member_maximum_share:g}",
                )
            )
        if reward.clear_wallet:
            conditions.append(self.env._("Takes all points that you have."))
        if reward.reward_type == "member_coupon" and reward.member_coupon_days:
            conditions.append(
                self.env._(
                    "Valid for %(days)s days after your order.",
                    days=reward.member_coupon_days,
                )
            )
        return conditions

    @api.model
    def _say_price(self, shown):
        """Say what a reward costs.

        :param shown: ``ShownReward``
        """
        points = self.env["member.centre"]._show_points(shown.points)
        reward = shown.reward
        if reward.discount_mode == "per_point" and reward.reward_type == "discount":
            return self.env._("From %(points)s points", points=points)
        return self.env._("%(points)s points", points=points)

    @api.model
    def _say_missing(self, shown):
        """Say how many points are missing for a reward."""
        return self.env._(
            "%(points)s points missing",
            points=self.env["member.centre"]._show_points(shown.missing),
        )

    @api.model
    def _get_icon(self, reward):
        """Return the icon of a reward that has no picture, of Font Awesome."""
        return ICONS.get(reward.reward_type, "fa-percent")
