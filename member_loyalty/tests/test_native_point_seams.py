from inspect import signature
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.loyalty.models.loyalty_card import LoyaltyCard
from odoo.addons.loyalty.models.loyalty_history import LoyaltyHistory
from odoo.addons.sale_loyalty.models.sale_order import SaleOrder
from odoo.addons.sale_loyalty.models.sale_order_line import SaleOrderLine

from .point_common import PointsCommon

HOOKED = [
    (LoyaltyCard, "_generate_code", "(self)"),
    (LoyaltyCard, "create", "(self, vals_list)"),
    (LoyaltyCard, "write", "(self, vals)"),
    (SaleOrder, "action_confirm", "(self)"),
    (SaleOrder, "_action_cancel", "(self)"),
    (SaleOrder, "_update_programs_and_rewards", "(self)"),
    (SaleOrder, "_add_points_for_coupon", "(self, coupon_points)"),
    (SaleOrder, "_get_point_changes", "(self)"),
    (SaleOrder, "_update_loyalty_history", "(self, coupon_id, points)"),
    (SaleOrder, "_get_points_programs", "(self)"),
    (SaleOrder, "_get_real_points_for_coupon", "(self, coupon, post_confirm=False)"),
    (SaleOrder, "_program_check_compute_points", "(self, programs)"),
    (SaleOrder, "_allow_nominative_programs", "(self)"),
    (SaleOrder, "_get_claimable_rewards", "(self, forced_coupons=None)"),
    (SaleOrder, "_apply_program_reward", "(self, reward, coupon, **kwargs)"),
    (SaleOrder, "_get_reward_line_values", "(self, reward, coupon, **kwargs)"),
    (SaleOrder, "_get_reward_values_discount", "(self, reward, coupon, **kwargs)"),
    (
        SaleOrder,
        "_get_reward_values_product",
        "(self, reward, coupon, product=None, **kwargs)",
    ),
    (
        SaleOrder,
        "_write_vals_from_reward_vals",
        "(self, reward_vals, old_lines, delete=True)",
    ),
    (SaleOrder, "_get_no_effect_on_threshold_lines", "(self)"),
    (SaleOrder, "_get_applied_global_discount_lines", "(self)"),
    (SaleOrderLine, "create", "(self, vals_list)"),
    (SaleOrderLine, "write", "(self, vals)"),
    (SaleOrderLine, "unlink", "(self)"),
]
CONFIRMATION = [
    "_get_point_changes",
    "_get_points_programs",
    "_get_real_points_for_coupon",
    "_program_check_compute_points",
    "_update_programs_and_rewards",
]


@tagged("post_install", "-at_install")
class TestNativePointSeams(PointsCommon):
    """What the ledger assumes of Odoo's loyalty engine."""

    def test_hooked_methods_take_what_we_pass_on(self):
        found = [
            (owner, name, str(signature(getattr(owner, name))))
            for owner, name, _expected in HOOKED
        ]
        self.assertEqual(found, HOOKED)

    def test_a_confirmation_goes_through_what_we_hook(self):
        customer = self._create_customer()
        self._confirm_order(customer, 100)
        order = self._create_order(customer, 300)
        self._claim(order)
        called = set()
        Order = type(order)

        def listen(name):
            method = getattr(Order, name)

            def listening(orders, *args, **values):
                called.add(name)
                return method(orders, *args, **values)

            return patch.object(Order, name, listening)

        for name in CONFIRMATION:
            hook = listen(name)
            hook.start()
            self.addCleanup(hook.stop)
        order.action_confirm()
        self.assertEqual(sorted(called), CONFIRMATION)

    def test_the_engine_writes_points_only_through_the_card(self):
        customer = self._create_customer()
        written = []
        Card = type(self.env["loyalty.card"])
        write = Card.write

        def listen(cards, vals):
            written.append(vals)
            return write(cards, vals)

        with patch.object(Card, "write", listen):
            order = self._confirm_order(customer, 100)
            order._update_programs_and_rewards()
            order._action_cancel()
        self.assertFalse([vals for vals in written if "points" in vals])

    def test_the_history_has_the_columns_that_we_write(self):
        names = {"card_id", "description", "issued", "used", "order_model", "order_id"}
        stored = {
            name
            for name, field in self.env["loyalty.history"]._fields.items()
            if field.store
        }
        magic = {"id", "create_uid", "create_date", "write_uid", "write_date"}
        self.assertEqual(stored, names | magic)
        self.assertEqual(LoyaltyHistory._name, "loyalty.history")
