from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .point_common import PointsCommon

RELEASE = "odoo.addons.member_loyalty.models.member_point_release"


@tagged("post_install", "-at_install")
class TestPointPending(PointsCommon):
    """Points wait until the program says, are then booked once, and are shown apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()

    def _order(self, *amounts, policy="paid", days=0, **values):
        self.program.write({"points_available": policy, "points_available_days": days})
        return self._confirm_order(self.customer, *(amounts or (100,)), **values)

    def _pay(self, *invoices, amount=None):
        for invoice in invoices:
            wizard = self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
            values = {"amount": amount} if amount else {}
            wizard.create(values)._create_payments()

    def _go(self, day):
        self._travel_to(f"{day} 08:00:00")
        self._run_cron("points")

    def _get_pending(self, order):
        return self.env["member.point.pending"].search([("order_id", "=", order.id)])

    def _assert_waits(self, order):
        self.assertEqual(self._get_pending(order).state, "waiting")
        self.assertEqual(self._get_points(self.customer), 0)

    def _assert_released(self, order, points=100):
        self.assertEqual(self._get_pending(order).state, "released")
        self.assertEqual(self._kinds(self.customer), [("earned", points)])

    def test_points_wait_apart_from_what_can_be_spent(self):
        order = self._order(250)

        self._assert_waits(order)
        self.assertEqual(self._get_pending(order).points, 250)
        self.assertFalse(self._get_pending(order).due_on)

    def test_payment_releases_at_once(self):
        order = self._order()
        invoice = self._invoice(order)
        self._assert_waits(order)

        self._pay(invoice)

        self._assert_released(order)
        self.assertEqual(self._get_pending(order).due_on, date(2026, 3, 15))
        self.assertTrue(self._get_pending(order).released_at)

    def test_a_part_payment_releases_nothing(self):
        order = self._order()
        invoice = self._invoice(order)

        self._pay(invoice, amount=99)
        self._run_cron("points")
        self._assert_waits(order)

        self._pay(invoice)
        self._assert_released(order)

    def test_an_order_is_paid_when_nothing_is_left_to_invoice(self):
        order = self._order(60, 40)
        first = self._invoice_line(order.order_line[0])
        self._pay(first)
        self._run_cron("points")
        self._assert_waits(order)

        second = self._invoice(order)
        self._assert_waits(order)
        self._pay(second)

        self._assert_released(order)

    def _invoice_line(self, line):
        """Post an invoice of one line only."""
        invoice = line.order_id._create_invoices(final=True)
        others = invoice.invoice_line_ids.filtered(
            lambda item: item.sale_line_ids != line
        )
        others.unlink()
        invoice.invoice_date = date(2026, 3, 15)
        invoice.action_post()
        return invoice

    def test_a_quantity_is_compared_in_the_unit_of_the_order(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order()
        order.order_line.write({"product_uom_qty": 2, "product_uom_id": dozen.id})
        invoice = order._create_invoices(final=True)
        item = invoice.invoice_line_ids
        item.write(
            {"product_uom_id": self.product.uom_id.id, "quantity": 23, "price_unit": 1}
        )
        invoice.invoice_date = date(2026, 3, 15)
        invoice.action_post()
        self._pay(invoice)
        self._assert_waits(order)

        invoice.button_draft()
        item.quantity = 24
        invoice.action_post()
        self._pay(invoice)

        self.assertEqual(self._get_pending(order).state, "released")

    def test_a_partly_credited_order_is_paid_with_the_rest(self):
        order = self._order()
        invoice = self._invoice(order)
        note = self._credit(invoice, 20)
        (invoice | note).line_ids.filtered(
            lambda item: item.account_type == "asset_receivable"
        ).reconcile()

        self._pay(invoice)

        self.assertEqual(self._get_pending(order).state, "released")
        self.assertEqual(self._get_points(self.customer), 80)

    def test_two_runs_book_once(self):
        order = self._order()
        with patch(f"{RELEASE}.MemberPointRelease._release_paid"):
            self._pay(self._invoice(order))
        self._assert_waits(order)

        self._run_cron("points")
        self._run_cron("points")

        self._assert_released(order)

    def test_points_wait_some_days_after_the_invoice(self):
        order = self._order(policy="invoiced", days=14)
        self._run_cron("points")
        self.assertFalse(self._get_pending(order).due_on)
        self._invoice(order, on=date(2026, 3, 15))

        self._go("2026-03-28")
        self._assert_waits(order)
        self.assertEqual(self._get_pending(order).due_on, date(2026, 3, 29))

        self._go("2026-03-29")
        self._assert_released(order)

    def test_the_invoice_that_completes_the_order_counts(self):
        order = self._order(60, 40, policy="invoiced", days=14)
        self._invoice_line(order.order_line[0])
        self._go("2026-04-15")
        self._assert_waits(order)

        self._invoice(order, on=date(2026, 4, 15))
        self._go("2026-04-28")
        self._assert_waits(order)
        self._go("2026-04-30")

        self._assert_released(order)

    def test_points_wait_some_days_after_the_delivery_was_seen(self):
        order = self._order(60, 40, policy="delivered", days=7)
        order.order_line[0].qty_delivered = 1
        self._go("2026-03-16")
        self.assertFalse(self._get_pending(order).due_on)

        order.order_line[1].qty_delivered = 1
        self._go("2026-03-17")
        self.assertEqual(self._get_pending(order).due_on, date(2026, 3, 24))
        self._go("2026-03-23")
        self._assert_waits(order)
        self._go("2026-03-24")

        self._assert_released(order)

    def test_what_comes_back_before_the_day_waits_again(self):
        order = self._order(policy="delivered", days=7)
        order.order_line.qty_delivered = 1
        self._go("2026-03-17")

        order.order_line.qty_delivered = 0
        self._go("2026-03-30")

        self._assert_waits(order)
        self.assertFalse(self._get_pending(order).due_on)

    def test_a_program_that_waits_no_more_releases_everything(self):
        order = self._order()

        self.program.points_available = "confirmed"
        self._run_cron("points")

        self._assert_released(order)

    def test_points_that_were_available_stay_so_when_the_program_begins_to_wait(self):
        order = self._order(policy="confirmed")

        self.program.points_available = "paid"
        self._set_line(order, price_unit=150)

        self.assertFalse(self._get_pending(order))
        self.assertEqual(self._get_points(self.customer), 150)

    def test_an_order_cancelled_after_the_program_stopped_waiting_is_not_released(self):
        order = self._order()
        self.program.points_available = "confirmed"
        order._action_cancel()

        self._run_cron("points")

        self.assertEqual(self._get_pending(order).state, "cancelled")
        self.assertEqual(self._get_points(self.customer), 0)

    def test_a_cancelled_order_releases_nothing(self):
        order = self._order()
        order._action_cancel()
        self.program.points_available = "confirmed"

        self._run_cron("points")

        self.assertEqual(self._get_pending(order).state, "cancelled")
        self.assertFalse(self._kinds(self.customer))

    def test_points_are_released_in_slices(self):
        orders = [self._order(policy="delivered") for _number in range(5)]
        for order in orders:
            order.order_line.qty_delivered = 1

        with patch(f"{RELEASE}.SLICE", 2):
            self._run_cron("points")

        self.assertEqual(self._get_points(self.customer), 500)

    def test_an_order_that_fails_does_not_keep_others_waiting(self):
        broken = self._order(policy="delivered")
        whole = self._order(policy="delivered")
        (broken | whole).order_line.qty_delivered = 1
        native = type(broken)._settle_points

        def fail(orders):
            if broken in orders:
                raise ValueError("broken")
            return native(orders)

        with patch.object(type(broken), "_settle_points", fail), mute_logger(RELEASE):
            self._run_cron("points")

        self.assertEqual(self._get_pending(broken).state, "waiting")
        self.assertEqual(self._get_pending(whole).state, "released")
        self._run_cron("points")
        self.assertEqual(self._get_points(self.customer), 200)

    def test_programs_of_companies_wait_by_themselves(self):
        other = self._create_company()
        program = self._create_program(
            company=other, points_available="delivered", points_available_days=0
        )
        program._start_points()
        order = self._order()
        abroad = self._confirm_order(self.customer, 100, company_id=other.id)
        (order | abroad).order_line.qty_delivered = 1

        self._run_cron("points")

        self._assert_waits(order)
        self.assertEqual(self._get_pending(abroad).state, "released")
        self.assertEqual(self._get_pending(abroad).company_id, other)

    def test_the_accountant_s_payment_releases(self):
        order = self._order()
        invoice = self._invoice(order)
        accountant = self._create_user("accountant", "account.group_account_invoice")

        self._pay(invoice.with_user(accountant))

        self._assert_released(order)

    def test_nobody_writes_pending_points(self):
        order = self._order()
        for login in ("officer", "manager"):
            user = self._create_user(login, login)
            pending = self._get_pending(order).with_user(user)
            with self.subTest(user=login):
                self.assertEqual(pending.points, 100)
                with self.assertRaises(AccessError):
                    pending.state = "released"
                with self.assertRaises(AccessError):
                    pending.unlink()
