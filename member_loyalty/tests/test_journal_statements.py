from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import tagged

from .journal_common import JournalCommon

AIM = 7


@tagged("post_install", "-at_install")
class TestJournalStatements(JournalCommon):
    """A confirmation costs at most seven statements of ours."""

    @contextmanager
    def _without_journal(self):
        """Let orders be confirmed as if the module were not there."""
        Order, Journal = type(self.env["sale.order"]), type(self.env["member.journal"])
        with (
            patch.object(Order, "_keep_member_tier", lambda _self: None),
            patch.object(Journal, "_settle", lambda *_args, **_values: None),
        ):
            yield

    @contextmanager
    def _collecting(self):
        """Collect the statements that are sent to the database."""
        statements = []
        execute = Cursor.execute

        def listen(cursor, query, *args, **values):
            statements.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **values)

        with patch.object(Cursor, "execute", listen):
            yield statements

    def _confirm_counting(self, customer, amount=100, orders=1):
        order = self.env["sale.order"].union(
            *(self._create_order(customer, amount) for _number in range(orders))
        )
        order = order.with_env(order.env(context={}))  # as the web client does it
        order.env.flush_all()
        order.env.invalidate_all()
        with self._collecting() as statements:
            order.action_confirm()
            order.env.flush_all()
        return statements

    def _count_ours(self, customer, **values):
        self._confirm_counting(customer)
        with self._without_journal():
            plain = self._confirm_counting(customer, **values)
        ours = self._confirm_counting(customer, **values)
        self.env["member.journal"]._settle(
            self.env["sale.order"].search([("partner_id", "=", customer.id)]).ids
        )
        added = list(ours)
        for statement in plain:
            if statement in added:
                added.remove(statement)
        return len(ours) - len(plain), "\n".join(added)

    def test_confirming_an_order_of_a_member_adds_seven_at_most(self):
        count, statements = self._count_ours(self.customer)

        self.assertLessEqual(count, AIM, statements)

    def test_the_contact_of_a_company_costs_no_more(self):
        factory = self._create_customer("Factory", is_company=True)
        buyer = self._create_customer("Buyer", parent_id=factory.id)
        count, statements = self._count_ours(buyer)

        self.assertLessEqual(count, AIM, statements)

    def test_a_member_who_rises_costs_no_more(self):
        count, statements = self._count_ours(self.customer, amount=1500)

        self.assertLessEqual(count, AIM, statements)

    def test_twenty_orders_at_once_cost_as_much_as_one(self):
        count, statements = self._count_ours(self.customer, orders=20)

        self.assertLessEqual(count, AIM, statements)

    def test_changing_a_quotation_asks_the_journal_nothing(self):
        order = self._create_order(self.customer, 100)
        self.env.flush_all()

        with self._collecting() as statements:
            order.order_line.price_unit = 90
            order.action_quotation_sent()
            self.env.flush_all()

        self.assertFalse([one for one in statements if "member_activity" in one])
