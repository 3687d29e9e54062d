from odoo import Command
from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalCurrency(JournalCommon):
    """Orders and credit notes in other currencies, at the rate of their day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.setup_other_currency(
            "EUR", rates=[("2026-03-01", 0.8), ("2026-03-18", 0.5)]
        )
        cls.yen = cls.setup_other_currency("JPY", rates=[("2026-03-01", 151.37)])
        cls.pricelist = cls._create_pricelist(cls.euro)

    @classmethod
    def _create_pricelist(cls, currency):
        return cls.env["product.pricelist"].create(
            {"name": currency.name, "currency_id": currency.id}
        )

    def _confirm_in(self, pricelist, amount):
        return self._confirm_order(self.customer, amount, pricelist_id=pricelist.id)

    def test_an_order_is_converted_at_its_date(self):
        order = self._confirm_in(self.pricelist, 80)

        row = self._get_rows(order)
        self.assertEqual((row.amount, row.document_amount), (100, 80))
        self.assertEqual(row.document_currency_id, self.euro)
        self.assertEqual(row.document_rate, 1.25)

    def test_the_rate_is_frozen_for_changes_and_cancellation(self):
        order = self._confirm_in(self.pricelist, 80)
        self._travel_to("2026-03-20")
        order.order_line.price_unit = 40
        self.assertEqual(self._get_net(order), (50, 1))

        order._action_cancel()

        self.assertEqual(self._get_net(order), (0, 0))

    def test_confirmed_again_it_takes_the_rate_of_its_new_date(self):
        order = self._confirm_in(self.pricelist, 80)
        order._action_cancel()
        order.action_draft()
        self._travel_to("2026-03-20")
        order.action_confirm()

        self.assertEqual(self._get_net(order), (160, 1))

    def test_odd_rates_cancel_out_to_the_cent(self):
        order = self._confirm_in(self._create_pricelist(self.yen), 9999)
        for price in (3333, 1, 7777):
            order.order_line.price_unit = price
        order._action_cancel()

        self.assertEqual(self._get_net(order), (0, 0))

    def test_a_credit_note_is_converted_at_its_own_date(self):
        order = self._confirm_in(self.pricelist, 80)
        invoice = self._invoice(order)
        self._travel_to("2026-03-20")
        note = self._credit(invoice, 40)

        self.assertEqual(self._get_net(note), (-80, 0))
        self.assertEqual(self._get_net(order), (100, 1))

    def test_wholly_credited_in_the_company_currency_it_is_no_order(self):
        order = self._confirm_in(self.pricelist, 80)
        invoice = self._invoice(order)
        note = invoice._reverse_moves([{"invoice_date": "2026-03-15"}])
        note.write({"currency_id": self.company.currency_id.id})
        note.invoice_line_ids.price_unit = 100
        note.action_post()

        self.assertEqual(self._get_net(note), (-100, 0))
        self.assertEqual(self._get_net(order), (100, 0))

    def test_a_small_part_credited_in_yen_leaves_the_order_an_order(self):
        order = self._confirm_in(self.pricelist, 80)
        invoice = self._invoice(order)
        note = invoice._reverse_moves([{"invoice_date": "2026-03-15"}])
        note.write({"currency_id": self.yen.id})
        note.invoice_line_ids.price_unit = 151
        note.action_post()

        self.assertEqual(self._get_net(order, note), (99, 1))

    def test_an_order_in_another_currency_than_before_is_booked_anew(self):
        order = self._confirm_in(self.pricelist, 80)
        self._travel_to("2026-03-20")

        order.write({"currency_id": self.company.currency_id.id})

        self.assertJournal(
            order,
            [
                ("booked", "03-15", 100, 1),
                ("changed", "03-15", -100, -1),
                ("booked", "03-15", 80, 1),
            ],
        )

    def test_a_free_credit_note_in_another_currency_is_converted(self):
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.customer.id,
                "invoice_date": "2026-03-15",
                "currency_id": self.euro.id,
                "invoice_line_ids": [
                    Command.create({"name": "x", "price_unit": 8, "tax_ids": False})
                ],
            }
        )
        note.action_post()

        self.assertEqual(self._get_net(note), (-10, 0))
