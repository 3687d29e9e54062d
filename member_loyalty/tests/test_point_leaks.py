from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .point_common import PointsCommon


@tagged("post_install", "-at_install")
class TestPointLeaks(PointsCommon):
    """Where Odoo's own cards lose count, ours do not."""

    def setUp(self):
        super().setUp()
        self.customer = self._create_customer()

    def test_a_member_has_one_card(self):
        self._confirm_order(self.customer, 100)
        values = {
            "program_id": self.wallet.id,
            "partner_id": self.customer.id,
        }
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env["loyalty.card"].create(values)

    def test_codes_have_eighty_random_bits(self):
        codes = {self.env["loyalty.card"]._generate_code() for _turn in range(1000)}
        self.assertEqual(len(codes), 1000)
        for code in codes:
            self.assertRegex(code, "^044[0-9a-f]{20}$")

    def test_a_program_that_comes_to_match_after_confirmation_has_its_entry(self):
        self._create_rule("order", points=7)
        self.rule.active = False
        self._create_rule("amount", minimum_amount=150)
        order = self._confirm_order(self.customer, 100)
        self._set_line(order, product_uom_qty=2)
        order._update_programs_and_rewards()
        self.assertEqual(self._get_points(self.customer), 7)

    def test_a_reward_claimed_on_a_confirmed_order_is_spent(self):
        self._confirm_order(self.customer, 200)
        order = self._confirm_order(self.customer, 100)
        order._update_programs_and_rewards()
        card = self._get_card(self.customer)
        order._apply_program_reward(self.reward, card)
        spent = [row for row in self._kinds(self.customer) if row[0] == "spent"]
        self.assertEqual(spent, [("spent", -order.order_line[-1].points_cost)])

    def test_the_price_of_a_claimed_reward_written_later_is_booked(self):
        self._confirm_order(self.customer, 200)
        order = self._create_order(self.customer, 500)
        self._claim(order)
        order.action_confirm()
        line = order.order_line.filtered("reward_id")
        before = self._get_points(self.customer)
        line.points_cost -= 60
        self.assertEqual(self._get_points(self.customer), before + 60)

    def test_the_history_of_odoo_goes_along_with_the_entries(self):
        order = self._confirm_order(self.customer, 200)
        order._action_cancel()
        card = self._get_card(self.customer)
        self.assertEqual(sum(card.history_ids.mapped("issued")), 0)
        self.assertEqual(len(card.history_ids), 2, "nothing is deleted")

    def test_the_history_of_a_card_cannot_be_deleted(self):
        self._confirm_order(self.customer, 200)
        with self.assertRaises(UserError):
            self._get_card(self.customer).history_ids.unlink()

    def test_the_wizard_that_makes_cards_books_their_points(self):
        self.env["loyalty.generate.wizard"].with_context(
            active_id=self.wallet.id
        ).create(
            {
                "program_id": self.wallet.id,
                "mode": "selected",
                "customer_ids": [Command.set(self.customer.ids)],
                "coupon_qty": 1,
                "points_granted": 25,
            }
        ).generate_coupons()
        self.assertEqual(self._kinds(self.customer), [("adjusted", 25)])

    def test_the_wizard_that_sets_a_balance_books_the_difference(self):
        self._confirm_order(self.customer, 100)
        card = self._get_card(self.customer)
        self.env["loyalty.card.update.balance"].create(
            {"card_id": card.id, "new_balance": 80, "description": "Counted again"}
        ).action_update_card_point()
        self.assertEqual(self._kinds(self.customer)[-1], ("adjusted", -20))

    def test_tax_earns_only_where_the_program_counts_it(self):
        tax = self.env["account.tax"].create({"name": "Tenth", "amount": 10})
        order = self._create_order(
            self.customer,
            order_line=[
                self._prepare_line(price_unit=100, tax_ids=[Command.set(tax.ids)])
            ],
        )
        order.action_confirm()
        self.assertEqual(self._get_points(self.customer), 100)
        self.program.points_base_taxed = True
        order.copy().action_confirm()
        self.assertEqual(self._get_points(self.customer), 210)

    def test_hundredths_of_points_are_not_rounded_like_money(self):
        self.program.points_rounding = "hundredth_down"
        self.rule.amount_step = 8
        self._confirm_order(self.customer, 100)
        card = self._get_card(self.customer)
        self.wallet.currency_id = self._enable_currency("JPY")
        order = self._create_order(self.customer, 100)
        self.assertEqual(order._get_real_points_for_coupon(card), 12.5)

    def test_a_card_of_a_member_does_not_expire(self):
        self._confirm_order(self.customer, 100)
        with self.assertRaises(ValidationError):
            self._get_card(self.customer).expiration_date = "2026-12-31"

    def test_orders_of_another_program_are_left_to_odoo(self):
        native = self.env["loyalty.program"].create(
            self.program._prepare_wallet() | {"member_program_id": False}
        )
        self._confirm_order(self.customer, 100)
        card = self.env["loyalty.card"].search([("program_id", "=", native.id)])
        self.assertEqual((card.points, len(card.history_ids)), (100, 1))
        self.assertFalse(card.member_program_id)

    def test_confirming_many_orders_at_once_gives_each_its_points(self):
        orders = self.env["sale.order"].union(
            *(self._create_order(self.customer, 10) for _turn in range(5))
        )
        orders.action_confirm()
        self.assertEqual(self._get_points(self.customer), 50)

    def test_an_order_for_another_customer_leaves_the_first_card_alone(self):
        self._confirm_order(self.customer, 100)
        other = self._create_customer("Bea")
        order = self._create_order(self.customer, 300)
        self._claim(order)
        order.partner_id = other
        order._update_programs_and_rewards()
        self.assertFalse(order.order_line.filtered("reward_id"))
        order.action_confirm()
        self.assertEqual(self._get_points(self.customer), 100)
        self.assertEqual(self._get_points(other), 300)

    def test_pressing_promotions_on_a_confirmed_order_books_nothing(self):
        self._confirm_order(self.customer, 200)
        order = self._create_order(self.customer, 500)
        self._claim(order)
        order.action_confirm()
        booked = self._kinds(self.customer)
        order._update_programs_and_rewards()
        self.assertEqual(self._kinds(self.customer), booked)
        self.assertEqual(sum(order.order_line.mapped("points_cost")), 200)
