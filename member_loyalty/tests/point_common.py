from odoo import Command

from .common import MemberCommon
from .point_invariants import assert_points_are_sound


class PointsCommon(MemberCommon):
    """The club gives 1 point for each unit spent; 100 points pay 100.

    After each test every card is compared with its entries and lots.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program._start_points()
        cls.wallet = cls.program.wallet_id
        cls.rule = cls.program.earning_rule_ids
        cls.reward = cls.wallet.reward_ids

    def tearDown(self):
        try:
            self.env.flush_all()
            assert_points_are_sound(self.env)
        finally:
            super().tearDown()

    # What a test needs, as verbs with defaults

    @classmethod
    def _get_card(cls, customer, program=None):
        return cls.env["loyalty.card"]._get_member_wallet(
            program or cls.program, customer
        )

    @classmethod
    def _open_card(cls, customer, program=None):
        """Return the card of a customer, a new one when there is none."""
        return cls.env["loyalty.card"]._get_member_wallet(
            program or cls.program, customer, create=True
        )

    @classmethod
    def _get_points(cls, customer):
        return cls._get_card(customer).points

    @classmethod
    def _claim(cls, order, reward=None):
        """Claim a reward on a quotation, as the Promotions button does."""
        order._update_programs_and_rewards()
        rewards = order._get_claimable_rewards()
        for card, found in rewards.items():
            for one in found:
                if one == (reward or cls.reward):
                    order._apply_program_reward(one, card)
                    order._update_programs_and_rewards()
                    return card
        raise AssertionError("The reward cannot be claimed")

    @classmethod
    def _create_rule(cls, kind, points=1, **values):
        return cls.env["member.earning.rule"].create(
            {
                "program_id": cls.program.id,
                "name": kind.capitalize(),
                "kind": kind,
                "points": points,
                **values,
            }
        )

    @classmethod
    def _set_line(cls, order, **values):
        order.order_line[:1].write(values)

    @classmethod
    def _kinds(cls, customer):
        """Return kind and points of a customer's entries, oldest first."""
        entries = cls.env["member.point.entry"].search(
            [("card_id", "=", cls._get_card(customer).id)], order="id"
        )
        return [(entry.kind, entry.points) for entry in entries]

    @classmethod
    def _create_contact(cls, company, name="Bea", **values):
        return cls._create_customer(name, parent_id=company.id, **values)

    @classmethod
    def _create_reward(cls, **values):
        cls.wallet.reward_ids = [
            Command.create({"reward_type": "discount", "required_points": 50, **values})
        ]
        return cls.wallet.reward_ids[-1]
