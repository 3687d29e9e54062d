from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from .member_reward_shelf import ALONE

WRONG_CODES = 10
MINUTES = 15
LAST_WRONG = "member_wrong_code"


class MemberCartReward(models.AbstractModel):
    """Rewards that come into a cart from the points shop, and codes that are typed.

    What the suite assumes of Odoo here: every code that a visitor types or brings by
    a link is tried by ``_try_apply_code``, and "not_found" says that there is none.
    """

    _name = "member.cart.reward"
    _description = "Rewards and Codes in a Cart"

    def _claim_member_reward(self, reward, card, product):
        """Put a reward of the points shop into the cart.

        :param reward: one that the points of ``card`` pay
        :param product: which one, when the reward leaves a choice
        :raises UserError: in words, when it cannot be had now
        """
        self.ensure_one()
        if reward.reward_type not in ALONE and not self._get_payable_lines():
            raise UserError(
                self.env._(
                    "“%(reward)s” needs something in the cart that it makes cheaper."
                    " Add a product first, and claim it then.",
                    reward=reward.description,
                )
            )
        self._update_programs_and_rewards()
        before = self._count_claims(reward)
        if not self._claim_one_more(reward, card, product):
            answer = self._apply_program_reward(
                reward, card, product=product, member_pieces=1
            )
            if answer.get("error"):
                raise UserError(answer["error"])
        self._update_programs_and_rewards()
        if self._count_claims(reward) <= before:
            raise UserError(
                self.env._(
                    "“%(reward)s” cannot be had with what is in your cart now.",
                    reward=reward.description,
                )
            )

    def _claim_one_more(self, reward, card, product):
        """Take one more piece of a product that was claimed in the points shop.

        :return: whether it was; else there is no line to add it to
        :raises UserError: when the points are not enough for one more
        """
        lines = self._find_claimed_lines(reward, card, product)
        if not lines:
            return False
        if why := self._find_refusal(reward, card):
            raise UserError(self._say_refusal(why, reward, card))
        lines[0].member_reward_pieces += 1
        return True

    def _find_claimed_lines(self, reward, card, product):
        """Return the lines of a product whose pieces a buyer has claimed one by one."""
        product = product or reward.reward_product_ids[:1]
        return self.order_line.filtered(
            lambda line: (
                line.member_reward_pieces
                and (line.reward_id, line.coupon_id) == (reward, card)
                and line.product_id == product
            )
        )

    def _count_claims(self, reward):
        """Return how often a reward is in the cart."""
        lines = self.order_line.filtered(lambda line: line.reward_id == reward)
        return sum(
            max(1, *of_claim.mapped("member_reward_pieces"))
            for of_claim in lines.grouped("reward_identifier_code").values()
        )

    def _get_reward_values_product(self, reward, coupon, product=None, **kwargs):
        """Override of `sale_loyalty`, which gives as many as there are points for.

        Whoever claims in the points shop gets one for each time.

        ``member_pieces`` among the other arguments says how many to give; without it
        there are as many as before.
        """
        member_pieces = kwargs.pop("member_pieces", 0)
        values = super()._get_reward_values_product(
            reward, coupon, product=product, **kwargs
        )
        known = self._find_claimed_lines(reward, coupon, product)
        pieces = member_pieces or max([0, *known.mapped("member_reward_pieces")])
        if not pieces or reward.clear_wallet or not reward._is_member_reward():
            return values
        price = self._get_reward_price(reward)
        for line in values:
            most = line["product_uom_qty"] / reward.reward_product_qty
            given = min(pieces, most)
            line.update(
                product_uom_qty=reward.reward_product_qty * given,
                points_cost=price * given,
                member_reward_pieces=pieces,
            )
        return values

    def _try_apply_code(self, code):
        """Override of `sale_loyalty` to let nobody guess codes at speed.

        Only codes that do not exist count, and the same one once in a session, for
        the shop tries a code that came by a link again with each change of the cart.
        """
        if not request or not self.website_id:
            return super()._try_apply_code(code)
        attempts, who = self.env["member.attempt"].sudo(), self._get_guesser()
        if not attempts._is_within("loyalty_code", who, WRONG_CODES, MINUTES):
            return {
                "error": self.env._(
                    "Too many codes were tried that do not exist. Wait %(minutes)s"
                    " minutes, then try again.",
                    minutes=MINUTES,
                )
            }
        answer = super()._try_apply_code(code)
        if answer.get("not_found") and not self._is_known_code(code):
            request.session[LAST_WRONG] = code
            attempts._take("loyalty_code", who, WRONG_CODES, MINUTES)
        return answer

    def _get_guesser(self):
        """Return who types a code: the contact, or a visitor's network address."""
        user = request.env.user
        if not user._is_public():
            return f"contact {user.sudo().partner_id.id}"
        return f"address {request.httprequest.remote_addr}"

    def _is_known_code(self, code):
        """Tell whether a code was counted in this session, or gives a price list."""
        if request.session.get(LAST_WRONG) == code:
            return True
        pricelists = self.env["product.pricelist"].sudo()
        return bool(pricelists.search_count([("code", "=", code)], limit=1))
