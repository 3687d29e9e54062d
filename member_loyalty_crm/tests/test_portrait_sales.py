from collections import Counter
from itertools import combinations

from odoo.tests import freeze_time, tagged

from .portrait_common import PortraitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPortraitSales(PortraitCommon):
    """Orders, invoices, products and months, against plain counting."""

    def test_orders_are_summed_in_the_currency_of_the_company(self):
        dollar = self._enable_currency("USD")
        euro_pricelist, dollar_pricelist = (
            self.env["product.pricelist"].create(
                {"name": currency.name, "currency_id": currency.id}
            )
            for currency in (self.env.company.currency_id, dollar)
        )
        self._order_products(self.person, self.product, pricelist_id=euro_pricelist.id)
        foreign = self._order_products(
            self.company_customer, self.product, pricelist_id=dollar_pricelist.id
        )
        self._create_order(self.company_customer, 50)

        orders = self._get_section("orders")

        expected = 200 + foreign.amount_total / foreign.currency_rate
        said = self.env["member.portrait"]._format_amount(expected)
        self.assertEqual((orders["count"], orders["ordered"]), (2, said))
        self.assertEqual(orders["quotations"], 1)
        self.assertEqual(len(orders["orders"]), 3)

    def test_the_longest_overdue_invoice_comes_first(self):
        old = self._owe(100, "2026-02-05")
        new = self._owe(200, "2026-04-15")
        paid = self._owe(400, "2026-03-01")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET payment_state = 'paid' WHERE id = %s", [paid.id]
        )
        self.env.invalidate_all()

        invoices = self._get_section("invoices")

        say = self.env["member.portrait"]._format_amount
        self.assertEqual([one["id"] for one in invoices["invoices"]], [old.id, new.id])
        self.assertEqual(invoices["invoices"][0]["late_days"], 38)  # 5 Feb to 15 Mar
        self.assertEqual((invoices["due"], invoices["overdue"]), (say(300), say(100)))

    def _owe(self, amount, due_on):
        """Post an invoice that is due on a day."""
        order = self._confirm_order(self.company_customer, amount)
        invoice = order._create_invoices()
        invoice.write(
            {
                "invoice_date": "2026-01-05",
                "invoice_payment_term_id": False,
                "invoice_date_due": due_on,
            }
        )
        invoice.action_post()
        return invoice

    def test_favourites_and_combinations_are_what_plain_counting_gives(self):
        lamp, shade, bulb, cable = self._create_products(
            "A lamp", "Shade", "Bulb", "Cable"
        )
        bought = [
            (lamp, shade),
            (lamp, shade, bulb),
            (lamp, bulb),
            (cable,),
            (shade, lamp, lamp),
        ]
        for products in bought:
            self._order_products(self.company_customer, *products)
        self._create_order(self.company_customer, 100)  # a quotation is no purchase

        section = self._get_section("products")

        counts = Counter(one for products in bought for one in set(products))
        pairs = Counter(
            frozenset(pair)
            for products in bought
            for pair in combinations(set(products), 2)
        )
        self.assertEqual(
            {one["id"]: one["orders"] for one in section["products"]},
            {product.id: count for product, count in counts.items()},
        )
        self.assertEqual(section["products"][0]["id"], lamp.id)
        self.assertEqual(
            {
                frozenset(one["id"] for one in pair["products"]): pair["orders"]
                for pair in section["pairs"]
            },
            {
                frozenset(one.id for one in pair): count
                for pair, count in pairs.items()
                if count >= 2
            },
        )

    def test_the_rhythm_is_what_the_journal_says(self):
        self._book(self.person, 300, "2026-03-01")
        self._book(self.company_customer, 100, "2026-03-14")
        self._book(self.company_customer, 50, "2025-04-01")
        self._book(self.company_customer, 1000, "2025-03-31")  # before the 12 months

        rhythm = self._get_section("rhythm")

        values = [month["value"] for month in rhythm["months"]]
        self.assertEqual(values, [50, *[0] * 10, 400])
        say = self.env["member.portrait"]._format_amount
        self.assertEqual((rhythm["amount"], rhythm["year"]), (say(1450), say(450)))
        self.assertEqual((rhythm["count"], rhythm["days_since"]), (4, 1))
