from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .point_common import PointsCommon
from .point_invariants import assert_points_are_sound

ORDERS = 3
STEP = st.tuples(
    st.sampled_from(
        [
            "confirm",
            "confirm",
            "claim",
            "claim",
            "cancel",
            "reopen",
            "change",
            "add",
            "invoice",
            "invoice",
            "credit",
            "credit",
            "credit_all",
            "forget_credit",
            "press",
        ]
    ),
    st.integers(0, ORDERS - 1),
    st.integers(1, 9),
)


class Play:
    """Does to orders what people do, whenever Odoo lets them."""

    def __init__(self, test):
        self.test = test
        self.customer = test._create_customer()
        self.orders = [
            test._create_order(self.customer, 130 + 70 * number, 45.5)
            for number in range(ORDERS)
        ]
        self.notes = test.env["account.move"]

    def do(self, act, number, size):
        getattr(self, f"_{act}")(self.orders[number], size)

    def _confirm(self, order, _size):
        if order.state == "draft":
            order.action_confirm()

    def _claim(self, order, _size):
        if order.state == "draft":
            order._update_programs_and_rewards()
            for card, rewards in order._get_claimable_rewards().items():
                order._apply_program_reward(rewards[:1], card)
            order._update_programs_and_rewards()

    def _cancel(self, order, _size):
        if order.state == "sale":
            order._action_cancel()

    def _reopen(self, order, _size):
        if order.state == "cancel":
            order.action_draft()
            order.action_confirm()

    def _change(self, order, size):
        if order.state in ("draft", "sale"):
            self.test._set_line(order, product_uom_qty=size)

    def _add(self, order, size):
        if order.state in ("draft", "sale"):
            order.order_line = [self.test._prepare_line(price_unit=10 * size)]

    def _invoice(self, order, _size):
        if order.invoice_status == "to invoice" and order._get_invoiceable_lines(True):
            self.test._invoice(order)

    def _get_bills(self, order):
        return order.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )

    def _credit(self, order, size):
        for bill in self._get_bills(order)[:1]:
            self.notes += self.test._credit(bill, 7.3 * size)

    def _credit_all(self, order, _size):
        for bill in self._get_bills(order)[:1]:
            self.notes += self.test._credit(bill)

    def _forget_credit(self, _order, _size):
        for note in self.notes.filtered(lambda move: move.state == "posted")[:1]:
            note.button_draft()
            note.button_cancel()

    def _press(self, order, _size):
        order._update_programs_and_rewards()

    def undo_everything(self):
        for note in self.notes.filtered(lambda move: move.state == "posted"):
            note.button_draft()
            note.button_cancel()
        for order in self.orders:
            self._cancel(order, 0)


@tagged("post_install", "-at_install")
class TestPointSequences(PointsCommon):
    """Whatever happens to orders, in any order: entries, lots and card agree."""

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=st.lists(STEP, min_size=4, max_size=10))
    def test_any_sequence_keeps_the_books_and_undoing_it_gives_zero(self, steps):
        savepoint = self.cr.savepoint()
        try:
            self.env.invalidate_all()
            play = Play(self)
            for step in steps:
                play.do(*step)
                self.env.flush_all()
                assert_points_are_sound(self.env)
            play.undo_everything()
            self.env.flush_all()
            assert_points_are_sound(self.env)
            card = self._get_card(play.customer)
            self.assertEqual((card.points, card.member_debt), (0, 0), steps)
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)
