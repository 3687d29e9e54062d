from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalOrder(JournalCommon):
    """Orders confirmed, cancelled, set back, many at once."""

    def test_a_quotation_is_not_in_the_journal(self):
        order = self._create_order(self.customer, 100)
        order.action_quotation_sent()

        self.assertFalse(self._get_rows(order))

    def test_a_confirmed_order_enters_untaxed_at_its_day(self):
        order = self._confirm_order(self.customer, 100, 50)

        self.assertJournal(order, [("booked", "03-15", 150, 1)])
        row = self._get_rows(order)
        self.assertEqual(row.commercial_partner_id, self.customer)
        self.assertEqual(row.source_ref, order.name)
        self.assertEqual(row.action_open_document()["res_id"], order.id)

    def test_taxes_are_left_out_and_discounts_taken_off(self):
        tax = self.env["account.tax"].create({"name": "Half", "amount": 50})
        order = self._create_order(self.customer, 100)
        order.order_line.write({"tax_ids": tax.ids, "discount": 10})
        order.action_confirm()

        self.assertJournal(order, [("booked", "03-15", 90, 1)])

    def test_confirming_twice_books_once(self):
        order = self._confirm_order(self.customer)
        order.write({"state": "sale"})
        self.env["member.journal"]._settle(order.ids)

        self.assertJournal(order, [("booked", "03-15", 100, 1)])

    def test_a_cancelled_order_is_taken_back_on_that_day(self):
        order = self._confirm_order(self.customer)
        self._travel_to("2026-03-20")
        order._action_cancel()

        self.assertJournal(
            order, [("booked", "03-15", 100, 1), ("cancelled", "03-20", -100, -1)]
        )

    def test_an_order_set_back_and_confirmed_again_enters_again(self):
        order = self._confirm_order(self.customer)
        order._action_cancel()
        order.action_draft()
        order.order_line.price_unit = 70
        self._travel_to("2026-03-20")
        order.action_confirm()

        self.assertJournal(
            order,
            [
                ("booked", "03-15", 100, 1),
                ("cancelled", "03-15", -100, -1),
                ("booked", "03-20", 70, 1),
            ],
        )

    def test_a_cancelled_quotation_leaves_no_trace(self):
        order = self._create_order(self.customer, 100)
        order._action_cancel()

        self.assertFalse(self._get_rows(order))

    def test_several_orders_confirmed_at_once_all_enter(self):
        other = self._create_customer("Bea")
        orders = self.env["sale.order"].union(
            *(self._create_order(who, 600) for who in (self.customer, other)),
            self._create_order(self.customer, 500),
        )

        orders.action_confirm()

        self.assertEqual(self._get_net(*orders), (1700, 3))
        self.assertEqual(self._get_tier(self.customer), "Silver")
        self.assertEqual(self._get_tier(other), "Ordinary")

    def test_several_orders_are_settled_together(self):
        orders = self._create_order(self.customer, 1) | self._create_order(
            self.customer, 2
        )
        Journal = type(self.env["member.journal"])

        with patch.object(
            Journal, "_settle", autospec=True, side_effect=Journal._settle
        ) as settle:
            orders.action_confirm()

        self.assertEqual(
            [set(call.args[1]) for call in settle.mock_calls], [set(orders.ids)]
        )

    def test_an_order_created_as_confirmed_enters(self):
        order = self._create_order(self.customer, 100, state="sale")

        self.assertJournal(order, [("booked", "03-15", 100, 1)])
        self.assertEqual(self._get_tier(self.customer), "Ordinary")

    def test_writing_the_state_is_as_good_as_the_button(self):
        order = self._create_order(self.customer, 100)
        order.write({"state": "sale"})
        order.write({"state": "cancel"})
        order.write({"state": "sale"})

        self.assertEqual(self._get_net(order), (100, 1))

    def test_an_order_written_back_to_quotation_is_taken_back(self):
        order = self._confirm_order(self.customer)
        order.write({"state": "draft"})

        self.assertEqual(self._get_net(order), (0, 0))

    def test_a_free_order_is_no_order(self):
        order = self._confirm_order(self.customer, 0)

        self.assertFalse(self._get_rows(order))
        self.assertFalse(self._get_membership(self.customer))

    def test_deleting_a_cancelled_order_keeps_its_history(self):
        order = self._confirm_order(self.customer)
        order._action_cancel()
        rows = self._get_rows(order)

        order.unlink()

        self.assertEqual(sum(rows.exists().mapped("amount")), 0)
        with self.assertRaisesRegex(UserError, "no longer there"):
            rows[0].action_open_document()

    def test_an_order_dated_in_the_past_counts_there(self):
        order = self._create_order(self.customer, 100, date_order="2026-01-10 08:00:00")
        order.write({"state": "sale"})

        self.assertJournal(order, [("booked", "01-10", 100, 1)])

    def test_an_order_given_a_past_date_after_confirmation_moves_there(self):
        order = self._confirm_order(self.customer)

        order.date_order = "2026-01-10 08:00:00"

        self.assertJournal(
            order,
            [
                ("booked", "03-15", 100, 1),
                ("changed", "03-15", -100, -1),
                ("changed", "01-10", 100, 1),
            ],
        )

    def test_the_order_keeps_the_tier_of_its_confirmation(self):
        first = self._confirm_order(self.customer, 1500)
        second = self._create_order(self.customer, 20000)
        self.assertEqual(second.member_tier_id, self.silver)
        second.action_confirm()

        third = self._create_order(self.customer, 1)
        self.assertFalse(first.member_tier_id)
        self.assertEqual(second.member_tier_id, self.silver)
        self.assertEqual(third.member_tier_id, self.gold)
