from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .point_rights_common import DOORS, PointRightsCommon


@tagged("post_install", "-at_install")
class TestPointRightsOfOrders(PointRightsCommon):
    """Orders of salespeople earn and spend; their lines make no points."""

    def test_an_order_of_a_salesperson_earns_and_spends(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()

        kinds = dict(self._kinds(self.customer))
        self.assertEqual(kinds["spent"], -500)

    def test_a_salesperson_cancels_an_order_and_points_go_back(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()
        order._action_cancel()

        self._assert_untouched()

    def test_a_salesperson_copies_an_order_with_a_reward(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()

        copy = order.copy()

        self.assertFalse(copy.order_line.coupon_id)

    def test_the_price_of_a_reward_cannot_be_lowered_by_hand(self):
        order = self._create_order(self.customer, 500).with_user(self.salesperson)
        self._claim(order)
        order.action_confirm()
        line = order.order_line.filtered("points_cost")
        spent = self.card.points
        for vals in (
            {"points_cost": 0},
            {"points_cost": -9999},
            {"coupon_id": False},
            {"reward_id": False},
        ):
            for context in DOORS:
                hostile = line.with_context(**context)
                with self.subTest(vals=vals, context=context):
                    self.assertFalse(
                        self._try(
                            lambda hostile=hostile, vals=vals: hostile.write(vals)
                        )
                    )
                    self.assertFalse(
                        self._try(
                            lambda vals=vals, context=context: order.with_context(
                                **context
                            ).write({"order_line": [Command.update(line.id, vals)]})
                        )
                    )
                    self._assert_untouched(spent)

    def test_a_line_that_gives_points_cannot_be_made_up(self):
        order = self._confirm_order(self.customer, 100).with_user(self.salesperson)
        points = self.card.points
        for context in DOORS:
            with self.subTest(context=context):
                done = self._try(
                    lambda context=context: order.with_context(**context).write(
                        {
                            "order_line": [
                                self._prepare_line(
                                    price_unit=0,
                                    coupon_id=self.card.id,
                                    reward_id=self.reward.id,
                                    points_cost=-9999,
                                )
                            ]
                        }
                    )
                )

                self.assertFalse(done)
                self._assert_untouched(points)

    def test_nobody_pays_with_the_points_of_somebody_else(self):
        order = self._create_order(self._create_customer("Eve"), 500)
        order.applied_coupon_ids = self.card
        with self.assertRaises(ValidationError):
            order._apply_program_reward(self.reward, self.card)

    def test_what_an_order_gives_cannot_be_written(self):
        order = self._create_order(self.customer, 100)
        order._update_programs_and_rewards()
        row = order.coupon_point_ids.filtered(lambda one: one.coupon_id == self.card)
        for user in (self.salesperson, self.sales_manager):
            for context in DOORS:
                hostile = self._as(row, user, **context)
                with self.subTest(user=user.login, context=context):
                    self.assertFalse(
                        self._try(lambda hostile=hostile: hostile.write({"points": 9}))
                    )
