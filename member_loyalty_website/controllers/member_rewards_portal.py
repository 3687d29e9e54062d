from odoo.exceptions import UserError
from odoo.http import request, route

from ..models.member_reward_shelf import ALONE
from .member_points_portal import MemberPointsPortal

URL = "/my/membership/rewards"
REFUSAL = "member_reward_refusal"
CLAIMS = 30
MINUTES = 10


class MemberRewardsPortal(MemberPointsPortal):
    """The points shop: what a buyer can have for points, and claiming it."""

    @route(URL, type="http", auth="user", website=True, readonly=True, sitemap=False)
    def my_membership_rewards(self, **_parameters):
        """Show what can be had now, what soon, and what members of other tiers have."""
        if not request.env["member.centre"]._get_point_programs():
            raise request.not_found()
        partner = request.env.user.partner_id.sudo()
        shelves = request.env["member.reward.shelf"]
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_rewards",
            shelves=[
                (purse, shelves._get_shelf(purse, partner, request.cart))
                for purse in self._find_purse_statements()
            ],
            refusal=request.session.pop(REFUSAL, ""),
        )
        return request.render("member_loyalty_website.portal_my_rewards", values)

    @route(
        f"{URL}/claim",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def claim_member_reward(
        self, reward_id="", product_id="", claimed="0", **_parameters
    ):
        """Put a reward into the cart, once for each time the button was shown.

        :param claimed: how often it was in the cart when the button was shown; a
            second press of the same button changes nothing
        """
        partner = request.env.user.partner_id
        attempts = request.env["member.attempt"].sudo()
        if not attempts._take("reward", f"contact {partner.id}", CLAIMS, MINUTES):
            return self._refuse_reward(
                request.env._("That was too fast. Wait some minutes, then claim again.")
            )
        purse, reward = request.env["member.reward.shelf"]._find_claimed(
            self._find_purse_statements(), reward_id
        )
        if not reward:
            return self._refuse_reward(
                request.env._(
                    "This reward is not offered to you, or not any more. Here is what"
                    " you can have."
                )
            )
        product = reward.reward_product_ids.filtered(
            lambda one: str(one.id) == product_id
        )
        if product_id and not product:
            raise request.not_found()
        return self._claim(purse, reward, product, claimed)

    def _claim(self, purse, reward, product, claimed):
        """Put a reward into the cart, or say why that cannot be."""
        cart = request.cart
        count = cart._count_claims(reward) if cart else 0
        if str(count) != str(claimed):
            return request.redirect("/shop/cart")
        wishes = request.env["member.reward.wish"]
        can_pay = bool(cart and cart._get_payable_lines())
        if not can_pay and reward.reward_type not in ALONE:
            wishes._keep(reward)
            return self._refuse_reward(
                request.env._(
                    "“%(reward)s” makes an order cheaper. Put something into your cart"
                    " first: it waits for you there.",
                    reward=reward.description,
                )
            )
        cart = cart or request.website._create_cart()
        try:
            with request.env.cr.savepoint():
                cart._claim_member_reward(reward, purse.card_id, product)
        except UserError as error:
            return self._refuse_reward(str(error))
        wishes._forget(reward)
        cart._verify_cart_after_update()
        return request.redirect("/shop/cart")

    def _refuse_reward(self, sentence):
        """Return to the points shop with a sentence that says why."""
        request.session[REFUSAL] = sentence
        return request.redirect(URL)
