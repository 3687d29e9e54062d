from odoo import Command
from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalCreditNote(JournalCommon):
    """What is given back to customers, wholly, in parts, and taken back again."""

    def setUp(self):
        super().setUp()
        self.order = self._confirm_order(self.customer, 100)
        self.invoice = self._invoice(self.order)
        self._travel_to("2026-03-20")

    def test_an_invoice_changes_nothing(self):
        self.assertJournal(self.order, [("booked", "03-15", 100, 1)])
        self.assertFalse(self._get_rows(self.invoice))

    def test_a_draft_credit_note_changes_nothing(self):
        self.invoice._reverse_moves()

        self.assertEqual(self._get_net(self.order), (100, 1))

    def test_a_part_credited_is_taken_off_at_the_day_of_the_credit_note(self):
        note = self._credit(self.invoice, 30, on="2026-03-18")

        self.assertJournal(note, [("credited", "03-18", -30, 0)])
        self.assertJournal(self.order, [("booked", "03-15", 100, 1)])

    def test_wholly_credited_it_no_longer_is_an_order(self):
        note = self._credit(self.invoice, on="2026-03-18")

        self.assertJournal(note, [("credited", "03-18", -100, 0)])
        self.assertJournal(
            self.order, [("booked", "03-15", 100, 1), ("credited", "03-18", 0, -1)]
        )

    def test_several_parts_that_make_the_whole_take_the_order_back_with_the_last(self):
        first = self._credit(self.invoice, 60, on="2026-03-17")
        second = self._credit(self.invoice, 40, on="2026-03-19")

        self.assertEqual(self._get_net(self.order, first, second), (0, 0))
        self.assertEqual(str(self._get_rows(self.order)[-1].date), "2026-03-19")

    def test_more_credited_than_ordered_is_told_as_it_is(self):
        note = self._credit(self.invoice, 130)

        self.assertEqual(self._get_net(self.order, note), (-30, 0))

    def test_set_back_to_draft_it_is_taken_back_today(self):
        note = self._credit(self.invoice, on="2026-03-18")
        self._travel_to("2026-03-25")
        note.button_draft()

        self.assertJournal(
            note,
            [("credited", "03-18", -100, 0), ("credit_cancelled", "03-25", 100, 0)],
        )
        self.assertEqual(self._get_net(self.order, note), (100, 1))
        self.assertEqual(str(self._get_rows(self.order)[-1].date), "2026-03-25")

    def test_taking_back_one_of_two_is_dated_today(self):
        first = self._credit(self.invoice, 60, on="2026-03-17")
        self._credit(self.invoice, 40, on="2026-03-19")
        self._travel_to("2026-03-25")
        first.button_draft()

        self.assertEqual(
            [(str(row.date), row.order_count) for row in self._get_rows(self.order)],
            [("2026-03-15", 1), ("2026-03-19", -1), ("2026-03-25", 1)],
        )

    def test_posted_again_later_it_is_not_told_twice_in_between(self):
        note = self._credit(self.invoice, on="2026-03-18")
        self._travel_to("2026-03-25")
        note.button_draft()
        self._travel_to("2026-03-28")
        note.action_post()

        for day in range(18, 29):
            held = self._get_rows(self.order, note).filtered(
                lambda row, day=day: row.date.day <= day
            )
            self.assertIn(sum(held.mapped("amount")), (0, 100), day)
            self.assertIn(sum(held.mapped("order_count")), (0, 1), day)
        self.assertEqual(self._get_net(self.order, note), (0, 0))

    def test_a_cancelled_draft_stays_taken_back(self):
        note = self._credit(self.invoice, 30)
        note.button_draft()
        note.button_cancel()

        self.assertEqual(self._get_net(self.order, note), (100, 1))

    def test_cancelling_a_credited_order_takes_only_the_rest(self):
        note = self._credit(self.invoice, 40)
        self.order._action_cancel()

        self.assertEqual(self._get_net(self.order, note), (0, 0))
        self.assertEqual(self._get_rows(self.order)[-1].amount, -60)

    def test_crediting_a_cancelled_order_takes_nothing_twice(self):
        self.order._action_cancel()
        note = self._credit(self.invoice)

        self.assertEqual(self._get_net(self.order, note), (0, 0))

    def test_lowering_a_line_and_crediting_the_difference_takes_it_once(self):
        self.order.order_line.price_unit = 40
        self.assertEqual(self._get_net(self.order), (40, 1))

        note = self._credit(self.invoice, 60)

        self.assertEqual(self._get_net(self.order, note), (40, 1))

    def test_credited_and_billed_again_the_order_is_whole(self):
        note = self._credit(self.invoice)
        self.assertEqual(self._get_net(self.order, note), (0, 0))

        again = self._invoice(self.order)

        self.assertEqual(again.amount_untaxed, 100)
        self.assertEqual(self._get_net(self.order, note), (100, 1))

    def test_a_free_standing_credit_note_is_taken_off(self):
        note = self._create_move("out_refund", 25)
        note.action_post()

        self.assertJournal(note, [("credited", "03-20", -25, 0)])

    def test_an_invoice_without_order_and_its_credit_note_are_no_purchase(self):
        invoice = self._create_move("out_invoice", 80)
        invoice.action_post()
        note = self._credit(invoice)

        self.assertFalse(self._get_rows(invoice, note))

    def test_a_vendor_refund_is_no_credit_to_a_customer(self):
        refund = self._create_move("in_refund", 25)
        refund.action_post()

        self.assertFalse(self._get_rows(refund))

    def test_crediting_the_delivery_takes_nothing_off(self):
        if "is_delivery" not in self.order.order_line._fields:
            return
        order = self._create_order(self.customer, 100, 9)
        order.order_line[1].is_delivery = True
        order.action_confirm()
        note = self._credit(self._invoice(order))

        self.assertEqual(self._get_net(order, note), (0, 0))
        self.assertEqual(self._get_net(note), (-100, 0))

    def test_a_down_payment_and_its_credit_note_are_no_purchase(self):
        order = self._confirm_order(self.customer, 100)
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": order.ids,
                "advance_payment_method": "fixed",
                "fixed_amount": 20,
            }
        )
        down = wizard._create_invoices(order)
        down.action_post()
        note = self._credit(down)

        self.assertFalse(self._get_rows(note))
        self.assertEqual(self._get_net(order), (100, 1))

    def test_one_credit_note_for_two_orders_takes_each_its_part(self):
        other = self._confirm_order(self.customer, 70)
        both = (self._confirm_order(self.customer, 30) | other)._create_invoices()
        both.action_post()
        note = self._credit(both)

        self.assertEqual(self._get_net(other)[1], 0)
        self.assertEqual(self._get_net(note), (-100, 0))

    def test_posting_many_credit_notes_at_once_books_each(self):
        notes = self._create_move("out_refund", 1) | self._create_move("out_refund", 2)
        notes.action_post()

        self.assertEqual(self._get_net(*notes), (-3, 0))

    def _create_move(self, move_type, amount):
        return self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.customer.id,
                "invoice_date": "2026-03-20",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "x", "price_unit": amount, "tax_ids": False}
                    )
                ],
            }
        )
