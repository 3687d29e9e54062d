from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_round

from odoo.addons.sale_loyalty.models.sale_order import _generate_random_reward_code

from ..logic.point_reward import Claim, Offer, Refusal, payable, price, refusal
from ..logic.purchase_posting import exact


class PricedReward:
    """A reward at the price that one member pays; all else is the reward's own.

    Native methods read the price from the reward they are given. So they are given
    this instead of a second copy of themselves.
    """

    __slots__ = ("_reward", "discount", "required_points")

    def __init__(self, reward, points):
        self._reward = reward
        self.required_points = points
        # A step of points buys the same for everybody, whatever the step costs.
        per_point = reward.discount_mode == "per_point"
        factor = reward.member_points / points if per_point else 1
        self.discount = reward.discount * factor

    def __getattr__(self, name):
        return getattr(self._reward, name)


class MemberOrderReward(models.AbstractModel):
    """What a customer may have for points on an order, and at what price.

    The same rules answer whoever asks: the dialog and the shop, which show what may
    be claimed; the claim itself; and the engine, which computes every reward line
    anew when the order changes and takes off what may not be had any more.

    What we assume of `sale_loyalty`: every reward line, new or computed anew, passes
    ``_write_vals_from_reward_vals``. (``_get_reward_line_values`` will not do: other
    modules answer it for their kinds of rewards without asking further.)
    """

    _name = "member.order.reward"
    _inherit = ["member.order.refusal"]
    _description = "Rewards on an Order"

    def _get_claimable_rewards(self, forced_coupons=None):
        """Override of `sale_loyalty` to leave out what the customer may not have."""
        found = super()._get_claimable_rewards(forced_coupons)
        return self._leave_out_refused(found)

    def _leave_out_refused(self, rewards_by_card):
        """Return the rewards of each card without those that are refused."""
        self.ensure_one()
        for card in list(rewards_by_card):
            rewards = rewards_by_card[card].filtered(
                lambda reward, card=card: not self._find_refusal(reward, card)
            )
            if rewards:
                rewards_by_card[card] = rewards
            else:
                del rewards_by_card[card]
        return rewards_by_card

    def _apply_program_reward(self, reward, coupon, **kwargs):
        """Override of `sale_loyalty`, which does not ask who may have the reward.

        :raises UserError: in words, when this customer may not
        """
        if why := self._find_refusal(reward, coupon):
            raise UserError(self._say_refusal(why, reward, coupon))
        return super()._apply_program_reward(reward, coupon, **kwargs)

    def _write_vals_from_reward_vals(self, reward_vals, old_lines, delete=True):
        """Override of `sale_loyalty` to take off what may not be had any more."""
        return super()._write_vals_from_reward_vals(
            self._keep_reward_rules(reward_vals), old_lines, delete=delete
        )

    def _keep_reward_rules(self, reward_vals):
        """Return the values of reward lines as the customer may have them."""
        if not reward_vals:
            return reward_vals
        reward = self.env["loyalty.reward"].browse(reward_vals[0]["reward_id"])
        card = self.env["loyalty.card"].browse(reward_vals[0]["coupon_id"])
        if not reward._is_member_reward():
            return reward_vals
        why = self._find_refusal(reward, card)
        if why == Refusal.DELIVERY:
            # It waits, at no cost, until a delivery is chosen that has a price.
            free = {"price_unit": 0, "points_cost": 0}
            return [{**values, **free} for values in reward_vals]
        if why:
            return []
        if reward.reward_type == "shipping" and not reward.clear_wallet:
            cost = self._get_reward_price(reward)
            return [{**values, "points_cost": cost} for values in reward_vals]
        return reward_vals

    def _get_reward_line_values(self, reward, coupon, **kwargs):
        """Override of `sale_loyalty` for coupons for the next order."""
        if reward.reward_type == "member_coupon":
            self.ensure_one()
            reward = reward.with_context(lang=self._get_lang())
            return self._get_reward_values_coupon(reward, coupon)
        return super()._get_reward_line_values(reward, coupon, **kwargs)

    def _get_reward_values_coupon(self, reward, coupon):
        """Return the values of the line that pays for a coupon."""
        points = self._get_real_points_for_coupon(coupon)
        sequences = (self.order_line - self._get_reward_lines()).mapped("sequence")
        return [
            {
                "name": reward.description,
                "product_id": reward.discount_line_product_id.id,
                "product_uom_qty": 1,
                "price_unit": 0,
                "tax_ids": [fields.Command.clear()],
                "reward_id": reward.id,
                "coupon_id": coupon.id,
                "points_cost": points
                if reward.clear_wallet
                else self._get_reward_price(reward),
                "reward_identifier_code": _generate_random_reward_code(),
                "sequence": max(sequences, default=10) + 1,
            }
        ]

    def _get_reward_values_product(self, reward, coupon, product=None, **kwargs):
        """Override of `sale_loyalty` to ask the price of the member's tier."""
        if reward._is_member_reward():
            reward = PricedReward(reward, self._get_reward_price(reward))
        return super()._get_reward_values_product(
            reward, coupon, product=product, **kwargs
        )

    def _get_reward_values_discount(self, reward, coupon, **kwargs):
        """Override of `sale_loyalty`: the tier's price, and a part of the order."""
        if not reward._is_member_reward():
            return super()._get_reward_values_discount(reward, coupon, **kwargs)
        priced = PricedReward(reward, self._get_reward_price(reward))
        values = super()._get_reward_values_discount(priced, coupon, **kwargs)
        if reward.discount_mode == "per_point" and reward.member_maximum_share:
            return self._keep_to_share(values, priced, reward, coupon)
        return values

    def _keep_to_share(self, values, priced, reward, card):
        """Lower a discount to the part of the order that points may pay."""
        left = payable(*self._get_reward_facts(reward, card))
        limit = reward.currency_id._convert(
            priced.discount,
            self.currency_id,
            self.company_id,
            fields.Date.today(),
            round=False,
        )
        cost = sum(line["points_cost"] for line in values)
        most = float_round(
            float(left) / limit, precision_digits=2, rounding_method="DOWN"
        )
        if not cost or cost <= most:
            return values
        return [
            {
                **line,
                "price_unit": line["price_unit"] * most / cost,
                "points_cost": most if line["points_cost"] else 0,
            }
            for line in values
        ]

    def _get_reward_price(self, reward):
        """Return what a reward costs the customer of this order, in points."""
        self.ensure_one()
        offer = self._get_reward_offer(reward)
        return float(price(offer, self._get_spending_tier(reward).id))

    def _get_spending_tier(self, reward):
        """Return the customer's tier in the program of a reward.

        On a confirmed order it is the tier at confirmation.
        """
        self.ensure_one()
        program = reward.sudo().program_id.member_program_id
        confirmed = self.sudo().member_confirmed_tier_id
        if self.state == "sale" and confirmed.program_id == program:
            return confirmed
        return program._get_spending_tier(self.sudo().partner_id)

    def _find_refusal(self, reward, card):
        """Return why the customer cannot have a reward: a ``Refusal``, or None."""
        if not reward._is_member_reward():
            return None
        return refusal(*self._get_reward_facts(reward, card))

    def _get_reward_facts(self, reward, card):
        """Return the ``Offer`` and the ``Claim`` of ``logic`` for this order."""
        return self._get_reward_offer(reward), self._get_reward_claim(reward, card)

    def _get_reward_offer(self, reward):
        """Return a reward as the ``Offer`` of ``logic``, in the order's currency."""
        reward = reward.sudo()
        fixed = reward.reward_type == "discount" and reward.discount_mode == "per_order"
        return Offer(
            points=exact(reward.member_points or reward.required_points),
            tier_points=tuple(
                (line.tier_id.id, exact(line.points))
                for line in reward.member_price_ids
            ),
            tier_ids=frozenset(reward.member_tier_ids.ids),
            tag_ids=frozenset(reward.member_tag_ids.ids),
            minimum=self._get_reward_amount(reward, reward.member_minimum_amount),
            share=exact(reward.member_maximum_share),
            takes_off=self._get_reward_amount(reward, fixed and reward.discount),
            needs_delivery=reward.reward_type == "shipping",
        )

    def _get_reward_amount(self, reward, amount):
        """Return an amount of a reward in the order's currency."""
        if not amount:
            return Decimal(0)
        return exact(
            reward.currency_id._convert(
                amount, self.currency_id, self.company_id, fields.Date.today()
            )
        )

    def _get_reward_claim(self, reward, card):
        """Return what this order brings as the ``Claim`` of ``logic``."""
        program = reward.sudo().program_id.member_program_id
        partner = self.sudo().partner_id
        lines = self._get_reward_lines()
        replaced = self._get_replaced_lines(reward)
        paying = (lines - replaced).filtered(
            lambda line: line.reward_id.reward_type == "discount"
        )
        points = self._get_real_points_for_coupon(card)
        return Claim(
            tier_id=self._get_spending_tier(reward).id,
            points=exact(round(points + sum(replaced.mapped("points_cost")), 2)),
            amount=self._sum_lines(self._get_payable_lines()),
            tag_ids=frozenset(
                (partner | program._get_member_partners(partner)).member_tag_ids.ids
            ),
            paid=-self._sum_lines(paying),
            may_spend=program._may_spend(card, partner),
            has_delivery=reward.reward_type == "shipping"
            and self._has_priced_delivery(),
        )

    def _sum_lines(self, lines):
        total = sum(lines.mapped("price_total"))
        return exact(self.currency_id.round(total) if self.currency_id else total)

    def _get_reward_lines(self):
        """Return the lines of rewards that points of a membership pay."""
        return self.order_line.filtered(
            lambda line: line.reward_id and line.reward_id._is_member_reward()
        )

    def _get_payable_lines(self):
        """Return the lines of what is bought: neither delivery nor paid by points."""
        return (
            self.order_line
            - self._get_no_effect_on_threshold_lines()
            - self._get_reward_lines()
        ).filtered(lambda line: not line.display_type)

    def _get_replaced_lines(self, reward):
        """Return the lines that the engine takes off when the reward is applied."""
        if not reward.is_global_discount:
            return self.env["sale.order.line"]
        return self._get_applied_global_discount_lines().filtered(
            lambda line: line.reward_id != reward and line in self._get_reward_lines()
        )

    def _has_priced_delivery(self):
        """Tell whether the order has a delivery that costs the customer something.

        Seam: a module by which deliveries cost less says so here.
        """
        if "is_delivery" not in self.env["sale.order.line"]._fields:
            return False
        return any(line.is_delivery and line.price_unit > 0 for line in self.order_line)
