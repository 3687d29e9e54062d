from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .orders_common import MemberOrdersCommon

OVERVIEW = "/my/membership"
URL = "/my/membership/payments"


@tagged("post_install", "-at_install")
class TestOpenPayments(MemberOrdersCommon):
    def _get_open(self):
        return [(one.kind, one.amount) for one in self._get_payments().items]

    def test_a_confirmed_order_is_open_until_it_is_paid_or_invoiced(self):
        order = self._order(self.acme, 250)
        self.assertEqual(self._get_open(), [("order", 250)])

        self._pay(order, 100)
        self._pay(order, 50, state="pending")

        self.assertEqual(self._get_open(), [("order", 150)])

    def test_money_of_an_invoiced_order_is_asked_for_once(self):
        order = self._order(self.acme, 250)

        self._invoice(order)

        self.assertEqual(self._get_open(), [("invoice", 250)])

    def test_a_draft_of_an_invoice_takes_nothing_off_an_order(self):
        self._order(self.acme, 250)._create_invoices()

        self.assertEqual(self._get_open(), [("order", 250)])

    def test_a_credit_note_lowers_what_is_open(self):
        invoice = self._invoice(self._order(self.acme, 250))
        credit = invoice.copy({"move_type": "out_refund"})
        credit.invoice_line_ids.price_unit = 40
        credit.invoice_date = fields.Date.today()
        credit.action_post()

        [total] = self._get_payments().totals

        self.assertEqual((total.kind, total.amount), ("invoice", 210))

    def test_a_quotation_is_open_with_what_confirms_it(self):
        self._order(
            self.acme, 200, "sent", require_payment=True, prepayment_percent=0.3
        )

        self.assertEqual(self._get_open(), [("quotation", 60)])

    def test_what_need_not_be_paid_is_not_open(self):
        yesterday = fields.Date.today() - timedelta(days=1)
        self._order(self.acme, 200, "sent", require_payment=False)
        self._order(
            self.acme, 200, "sent", require_payment=True, validity_date=yesterday
        )
        self._order(self.acme, 200, "draft", require_payment=True)
        self._order(self.acme, 0)

        self.assertEqual(self._get_open(), [])

    def test_an_order_of_the_shop_that_waits_for_a_transfer_is_open(self):
        order = self._order(self.acme, 200, "sent", website_id=self.website.id)

        [item] = self._get_payments().items

        self.assertEqual((item.kind, item.amount), ("quotation", 200))
        self.assertIn(
            f"/my/orders/{order.id}?payment_amount=200",
            self.env["member.centre"]._get_payment_url(item),
        )

    def test_a_contact_reads_what_colleagues_have_not_paid(self):
        order = self._order(self.amy, 250)
        invoice = self._invoice(self._order(self.acme, 111), due_in=-3)

        for url in (OVERVIEW, URL):
            page = self._read(url, "ann")
            self.assertIn(order.name, page)
            self.assertIn(invoice.name, page)
            self.assertIn("One invoice is overdue.", page)
            self.assertIn(f'href="/my/invoices/{invoice.id}"', page)
            self.assertLess(page.index(invoice.name), page.index(order.name))

    def test_another_company_reads_nothing_of_it(self):
        order = self._order(self.acme, 250)
        invoice = self._invoice(self._order(self.acme, 111))

        for url in (OVERVIEW, URL):
            page = self._read(url, "bob")
            self.assertNotIn(order.name, page)
            self.assertNotIn(invoice.name, page)
            self.assertIn("Nothing is to pay", page)

    def test_another_seller_is_left_out(self):
        seller = self.env["res.company"].create({"name": "Other seller"})
        order = self._order(self.acme, 250)
        order_of_other = self.env["sale.order"].create(
            {"partner_id": self.acme.id, "company_id": seller.id, "name": "ELSEWHERE"}
        )
        order_of_other.write({"state": "sale", "amount_total": 90})

        page = self._read(URL)

        self.assertIn(order.name, page)
        self.assertNotIn("ELSEWHERE", page)

    def test_where_odoo_shows_nothing_there_is_nothing(self):
        """Who works here and may not read sales sees none of the own company."""
        order = self._order(self.acme, 250)
        user = self.env["res.users"].search([("login", "=", "ann")])
        user.group_ids = self.env.ref("base.group_user")

        self.assertNotIn(order.name, self._read(URL))

    def test_the_page_goes_on(self):
        orders = [self._order(self.acme, 100) for _number in range(12)]

        self.assertIn(orders[11].name, self._read(URL))
        self.assertIn(orders[0].name, self._read(f"{URL}/page/2"))

    def test_a_visitor_has_to_log_in(self):
        for url in (URL, "/my/membership/orders"):
            self.assertIn("/web/login", self.url_open(url).url)
