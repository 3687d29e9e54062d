from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .topup_common import BonusTopupCommon


@tagged("post_install", "-at_install")
class TestTopupBonus(BonusTopupCommon):
    """Topping up 500 gives 50 more, until it is taken back."""

    def test_a_top_up_is_stored_and_earns_its_bonus(self):
        self._top_up(self.ada, 500)

        entries = self.env["member.point.entry"].search(
            [("card_id", "=", self._get_ewallet().id)], order="id"
        )

        self.assertEqual(
            [(entry.kind, entry.points) for entry in entries],
            [("earned", 500), ("earned", 50)],
        )

    def test_a_top_up_earns_no_points(self):
        self._top_up(self.ada, 500)

        self.assertEqual(self._get_points(self.ada), 0)

    def test_less_than_the_amount_earns_no_bonus(self):
        self._top_up(self.ada, 499.99)

        self.assertEqual(self._get_money(), 499.99)

    def test_the_highest_bonus_that_is_reached_counts(self):
        self._create_bonus(2000, 300)
        self._top_up(self.ada, 2500)

        self.assertEqual(self._get_money(), 2800)

    def test_each_full_amount_can_count(self):
        self.bonus.every_full = True
        self._top_up(self.ada, 1600)

        self.assertEqual(self._get_money(), 1750)

    def test_a_bonus_in_points_goes_to_the_wallet(self):
        self.bonus.write({"kind": "points", "bonus": 200})
        self._top_up(self.ada, 500)

        self.assertEqual(self._get_money(), 500)
        self.assertEqual(self._get_points(self.ada), 200)

    def test_a_bonus_has_its_own_expiry_and_the_money_has_none(self):
        self.bonus.expiry_months = 3
        self._top_up(self.ada, 500)

        lots = self.env["member.point.lot"].search(
            [("card_id", "=", self._get_ewallet().id)]
        )

        self.assertEqual(
            {lot.points: lot.expires_at for lot in lots},
            {500: False, 50: datetime(2026, 6, 16)},
        )

    def test_the_bonus_is_spent_before_the_money(self):
        self.bonus.expiry_months = 3
        self._top_up(self.ada, 500)
        order = self._create_order(self.ada, 60)
        self._claim(order, self.stored.reward_ids)
        order.action_confirm()

        lots = self.env["member.point.lot"].search(
            [("card_id", "=", self._get_ewallet().id)], order="points"
        )

        self.assertEqual(order.amount_total, 0)
        self.assertEqual(lots.mapped("remaining"), [0, 490])

    def test_a_bonus_for_once_is_given_once(self):
        self.bonus.once = True
        self._top_up(self.ada, 500)
        self._top_up(self.ada, 500)

        self.assertEqual(self._get_money(), 1050)

    def test_a_bonus_for_once_that_was_taken_back_can_be_had_again(self):
        self.bonus.once = True
        self._top_up(self.ada, 500)._action_cancel()
        self._top_up(self.ada, 500)

        self.assertEqual(self._get_money(), 550)

    def test_a_bonus_counts_on_its_days_only(self):
        self.bonus.date_to = date(2026, 3, 14)
        self._top_up(self.ada, 500)

        self.assertEqual(self._get_money(), 500)

    def test_a_cancelled_top_up_takes_everything_back(self):
        order = self._top_up(self.ada, 500)
        order._action_cancel()

        self.assertEqual(self._get_money(), 0)

    def test_a_top_up_confirmed_again_gives_the_bonus_once(self):
        order = self._top_up(self.ada, 500)
        order._action_cancel()
        order.action_draft()
        order.action_confirm()

        self.assertEqual(self._get_money(), 550)

    def test_a_refund_takes_back_its_share_of_the_bonus(self):
        order = self._top_up(self.ada, 500)
        invoice = self._invoice(order)
        self._credit(invoice, 250)

        self.assertEqual(self._get_money(), 275)

    def test_two_refunds_take_back_no_more_than_there_was(self):
        order = self._top_up(self.ada, 500)
        invoice = self._invoice(order)
        self._credit(invoice, 300)
        self._credit(invoice, 200)

        self.assertEqual(self._get_money(), 0)

    def test_a_refund_after_the_bonus_was_changed_goes_by_what_was_promised(self):
        order = self._top_up(self.ada, 500)
        invoice = self._invoice(order)
        self.bonus.bonus = 400
        self._credit(invoice, 250)

        self.assertEqual(self._get_money(), 275)

    def test_what_was_spent_before_the_refund_is_owed(self):
        order = self._top_up(self.ada, 500)
        invoice = self._invoice(order)
        shopping = self._create_order(self.ada, 520)
        self._claim(shopping, self.stored.reward_ids)
        shopping.action_confirm()
        self._credit(invoice, 500)

        self.assertEqual(self._get_money(), 0)
        self.assertEqual(self._get_ewallet().member_debt, 520)

    def test_a_changed_top_up_is_chosen_anew(self):
        order = self._top_up(self.ada, 500)
        order.order_line.price_unit = 400

        self.assertEqual(self._get_money(), 400)

    def test_what_is_stored_is_what_was_paid_in_the_programs_currency(self):
        euros = self._enable_currency("EUR")
        self.env["res.currency.rate"].create(
            {"name": "2026-01-01", "rate": 0.5, "currency_id": euros.id}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euros", "currency_id": euros.id}
        )
        self._top_up(self.ada, 300, pricelist_id=pricelist.id)

        self.assertEqual(self._get_money(), 650)

    def test_a_bonus_must_give_something(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_bonus(bonus=0)

    def test_a_bonus_cannot_end_before_it_begins(self):
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self._create_bonus(date_from="2026-03-02", date_to="2026-03-01")

    def test_salespeople_sell_top_ups_and_write_no_rules(self):
        sales = self._create_user("sales", "sales_team.group_sale_salesman_all_leads")
        order = self._create_order(self.ada)
        order.order_line = [
            Command.create({"product_id": self.topup.id, "price_unit": 500})
        ]
        order.with_user(sales).action_confirm()

        self.assertEqual(self._get_money(), 550)
        with self.assertRaises(AccessError):
            self.bonus.with_user(sales).bonus = 5000
