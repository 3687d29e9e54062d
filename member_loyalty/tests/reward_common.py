from odoo import Command

from .point_common import PointsCommon


class RewardCommon(PointsCommon):
    """A club with points: Acme has a purse that its contacts Ann and Bob share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._create_customer("Acme", is_company=True)
        cls.ann = cls._create_customer(
            "Ann", parent_id=cls.acme.id, email="ann@example.com"
        )
        cls.bob = cls._create_customer("Bob", parent_id=cls.acme.id)

    @classmethod
    def _create_reward(cls, points=100, tier_points=(), **values):
        """Offer a reward: by default 20 off an order for 100 points."""
        offer = {"reward_type": "discount", "discount_mode": "per_order"}
        starter = cls.reward
        reward = cls.env["loyalty.reward"].create(
            {
                "program_id": cls.wallet.id,
                "required_points": points,
                "member_price_ids": [
                    Command.create({"tier_id": tier.id, "points": price})
                    for tier, price in tier_points
                ],
                **offer,
                "discount": 20,
                **values,
            }
        )
        starter.active = False
        return reward

    @classmethod
    def _give_points(cls, partner, points):
        """Give points to the purse that a contact uses."""
        wallets = cls.env["loyalty.card"]
        card = wallets._get_member_wallet(cls.program, partner, create=True)
        card.points += points
        return card

    def _prepare_quotation(self, partner, *amounts, **values):
        """Make a quotation that the engine has looked at."""
        order = self._create_order(partner, *(amounts or (200,)), **values)
        order._update_programs_and_rewards()
        return order

    def _apply(self, order, reward):
        """Claim a reward without asking whether it may be claimed."""
        return order._apply_program_reward(reward, self._get_card(order.partner_id))

    def _claim(self, order, reward):
        """Claim a reward as the dialog does."""
        wizard = self.env["sale.loyalty.reward.wizard"].create(
            {"order_id": order.id, "selected_reward_id": reward.id}
        )
        wizard.action_apply()
        return self._get_lines(order, reward)

    @staticmethod
    def _get_lines(order, reward):
        return order.order_line.filtered(lambda line: line.reward_id == reward)

    def _get_claimable(self, order):
        return self.env["loyalty.reward"].union(
            *order._get_claimable_rewards().values()
        )
