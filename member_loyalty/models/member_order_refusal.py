from odoo import models
from odoo.tools import format_amount

from ..logic.point_reward import Refusal, payable, price


class MemberOrderRefusal(models.AbstractModel):
    """Says in words why a customer cannot have a reward."""

    _name = "member.order.refusal"
    _description = "Refusal of a Reward"

    def _say_refusal(self, why, reward, card):
        """Return the sentence for a ``Refusal``: what happened and what to do."""
        self.ensure_one()
        reward = reward.sudo()
        say = {
            Refusal.SPENDER: self._say_spender,
            Refusal.TIER: self._say_tier,
            Refusal.TAG: self._say_tag,
            Refusal.MINIMUM: self._say_minimum,
            Refusal.SHARE: self._say_share,
            Refusal.POINTS: self._say_points,
            Refusal.DELIVERY: self._say_delivery,
        }
        return say[why](reward, card)

    def _say_spender(self, _reward, card):
        return self.env._(
            "%(contact)s may not spend the points of %(owner)s. Ask %(owner)s to let"
            " them, or order in the name of the company.",
            contact=self.sudo().partner_id.display_name,
            owner=card.sudo().member_owner_id.display_name or "",
        )

    def _say_tier(self, reward, _card):
        return self.env._(
            "“%(reward)s” is for members of the tier %(tiers)s.",
            reward=reward.description,
            tiers=", ".join(reward.member_tier_ids.mapped("name")),
        )

    def _say_tag(self, reward, _card):
        return self.env._(
            "“%(reward)s” is for chosen members only. Choose another reward.",
            reward=reward.description,
        )

    def _say_minimum(self, reward, _card):
        return self.env._(
            "“%(reward)s” can be had from an order of %(amount)s. Add something to the"
            " order.",
            reward=reward.description,
            amount=format_amount(
                self.env,
                float(self._get_reward_offer(reward).minimum),
                self.currency_id,
            ),
        )

    def _say_share(self, reward, card):
        offer, claim = self._get_reward_facts(reward, card)
        return self.env._(
            "Points may pay %(share)s%% of an order, which leaves %(left)s here:"
            " too little for “%(reward)s”. Add something to the order.",
            share=f"{offer.share.normalize():f}",
            left=format_amount(
                self.env, float(payable(offer, claim)), self.currency_id
            ),
            reward=reward.description,
        )

    def _say_points(self, reward, card):
        offer, claim = self._get_reward_facts(reward, card)
        return self.env._(
            "“%(reward)s” costs %(price)s points; %(points)s can be used.",
            reward=reward.description,
            price=f"{price(offer, claim.tier_id).normalize():f}",
            points=f"{claim.points.normalize():f}",
        )

    def _say_delivery(self, reward, _card):
        return self.env._(
            "“%(reward)s” would pay nothing: the order has no delivery with a price."
            " Choose a delivery first.",
            reward=reward.description,
        )
