from inspect import signature

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sale.models.sale_order import SaleOrder
from odoo.addons.stock.models.stock_move import StockMove
from odoo.addons.stock.models.stock_picking import StockPicking

from .priority_common import PriorityCommon


@tagged("post_install", "-at_install")
class TestPriorityDelivery(PriorityCommon):
    """Transfers of gold members go first."""

    def setUp(self):
        super().setUp()
        self.benefit = self._create_priority(self.gold, cost=4)
        self.ada = self._create_member(tier=self.gold)
        self.bea = self._create_member("Bea", tier=self.silver)

    def test_transfers_of_an_entitled_member_have_priority(self):
        order = self._confirm_goods(self.ada)

        self.assertEqual(order.picking_ids.mapped("priority"), ["1"])
        self.assertEqual(order.picking_ids.move_ids.mapped("priority"), ["1"])
        self.assertEqual(self._get_uses(self.benefit), [(1, 4)])

    def test_transfers_of_others_have_none(self):
        order = self._confirm_goods(self.bea)

        self.assertEqual(order.picking_ids.mapped("priority"), ["0"])
        self.assertEqual(self._get_uses(self.benefit), [])

    def test_orders_confirmed_together_are_told_apart(self):
        orders = self.env["sale.order"]
        for customer in (self.ada, self.bea):
            order = self._create_order(customer)
            order.order_line = [self._prepare_goods()]
            orders |= order

        orders.action_confirm()

        self.assertEqual([order.picking_ids.priority for order in orders], ["1", "0"])

    def test_every_step_of_the_way_has_priority(self):
        self.warehouse.delivery_steps = "pick_ship"

        order = self._confirm_goods(self.ada)
        picked = order.picking_ids
        picked.action_assign()
        picked.move_ids.write({"picked": True})
        picked.button_validate()

        later = order.picking_ids - picked
        self.assertEqual(later.mapped("priority"), ["1"])

    def test_a_backorder_keeps_the_priority(self):
        order = self._confirm_goods(self.ada, 3)

        backorder = self._deliver(order.picking_ids, 1)

        self.assertEqual(backorder.priority, "1")
        self.assertEqual(self._get_uses(self.benefit), [(1, 4)])

    def test_a_transfer_made_later_for_the_order_has_priority_too(self):
        order = self._confirm_goods(self.ada)
        first = order.picking_ids
        self._deliver(first, 2)

        self._get_membership(self.ada)._assign_tier(self.ordinary, "For the test")
        order.order_line = [self._prepare_goods(1)]

        self.assertEqual((order.picking_ids - first).priority, "1")
        self.assertEqual(self._get_uses(self.benefit), [(1, 4)])

    def test_a_fall_changes_no_transfer_under_way(self):
        order = self._confirm_goods(self.ada)

        self._get_membership(self.ada)._assign_tier(self.ordinary, "For the test")

        self.assertEqual(order.picking_ids.priority, "1")
        self.assertEqual(order.picking_ids.member_tier_id, self.gold)

    def test_what_the_warehouse_decided_stays(self):
        order = self._confirm_goods(self.ada)

        order.picking_ids.priority = "0"
        order.order_line.price_unit = 90

        self.assertEqual(order.picking_ids.priority, "0")

    def test_a_rise_gives_the_next_order_priority(self):
        before = self._confirm_goods(self.bea)
        self._get_membership(self.bea)._assign_tier(self.gold, "For the test")

        after = self._confirm_goods(self.bea)

        self.assertEqual(before.picking_ids.priority, "0")
        self.assertEqual(after.picking_ids.priority, "1")

    def test_a_cancelled_order_gives_the_use_back(self):
        order = self._confirm_goods(self.ada)

        order.action_cancel()
        order.action_draft()
        order.action_confirm()

        self.assertEqual(self._get_uses(self.benefit), [(1, 4), (-1, -4), (1, 4)])
        waiting = order.picking_ids.filtered(lambda one: one.state != "cancel")
        self.assertEqual(waiting.priority, "1")

    def test_what_needs_no_transfer_uses_nothing(self):
        order = self._create_order(self.ada, 100)

        order.action_confirm()

        self.assertEqual(self._get_uses(self.benefit), [])

    def test_a_used_up_quota_leaves_the_order_as_any_other(self):
        self.benefit.quota = 1
        self._confirm_goods(self.ada)

        second = self._confirm_goods(self.ada)

        self.assertEqual(second.picking_ids.priority, "0")
        self.assertEqual(self._get_uses(self.benefit), [(1, 4)])

    def test_priority_can_be_for_a_product_line(self):
        line = self.env["product.category"].create({"name": "Urgent"})
        self.benefit.category_ids = line
        other = self._confirm_goods(self.ada)
        self.lamp.categ_id = line

        urgent = self._confirm_goods(self.ada)

        self.assertEqual(other.picking_ids.priority, "0")
        self.assertEqual(urgent.picking_ids.priority, "1")

    def test_what_comes_back_does_not_go_first(self):
        order = self._confirm_goods(self.ada)
        self._deliver(order.picking_ids, 2)
        wizard = self.env["stock.return.picking"].create(
            {"picking_id": order.picking_ids.id}
        )
        wizard.product_return_moves.quantity = 1
        action = wizard.action_create_returns()

        returned = self.env["stock.picking"].browse(action["res_id"])

        self.assertEqual(returned.priority, "0")

    def test_a_transfer_shows_the_tier_to_the_warehouse(self):
        order = self._confirm_goods(self.ada)
        keeper = new_test_user(self.env, "keeper", "stock.group_stock_user")
        transfers = self.env["stock.picking"].with_user(keeper)
        [shown] = transfers.browse(order.picking_ids.id).web_read(
            {
                "member_tier_id": {"fields": {"display_name": {}}},
                "member_tier_color": {},
            }
        )

        groups = transfers.formatted_read_group(
            [("id", "=", order.picking_ids.id)], ["member_tier_id"], ["__count"]
        )

        self.assertEqual(shown["member_tier_id"]["display_name"], "Gold")
        self.assertEqual(groups[0]["member_tier_id"][1], "Gold")
        self.assertEqual(
            transfers.search([("member_tier_id", "ilike", "Gold")]) & order.picking_ids,
            order.picking_ids,
        )

    def test_the_screens_load_for_the_warehouse(self):
        keeper = new_test_user(self.env, "keeper", "stock.group_stock_user")
        wanted = [
            ("stock.view_picking_form", "form"),
            ("stock.vpicktree", "list"),
            ("stock.stock_picking_kanban", "kanban"),
            ("stock.view_picking_internal_search", "search"),
        ]
        views = (
            self.env["stock.picking"]
            .with_user(keeper)
            .get_views([(self.env.ref(name).id, kind) for name, kind in wanted])
        )["views"]

        lacking = [
            kind for kind, view in views.items() if "member_tier_id" not in view["arch"]
        ]
        self.assertFalse(lacking)

    def test_a_benefit_without_a_tier_is_refused(self):
        with self.assertRaisesRegex(UserError, "at least one tier"):
            self._create_priority(tier_ids=[Command.clear()])

    def test_hooked_methods_take_what_we_pass_on(self):
        hooked = [
            (StockMove, "_get_new_picking_values", "(self)"),
            (StockMove, "_assign_picking", "(self)"),
            (StockPicking, "_create_backorder_picking", "(self)"),
            (SaleOrder, "_action_confirm", "(self)"),
            (SaleOrder, "write", "(self, vals)"),
        ]
        for owner, name, expected in hooked:
            with self.subTest(name):
                self.assertEqual(str(signature(getattr(owner, name))), expected)
