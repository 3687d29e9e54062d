from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..queries import portrait as queries

ORDERS = 10
INVOICES = 8
MONTHS = 12
UNPAID = ("not_paid", "partial")


class MemberPortraitSales(models.AbstractModel):
    """What the customer ordered, owes, and buys from month to month."""

    _name = "member.portrait.sales"
    _description = "Sales in a Portrait"

    @api.model
    def _get_customer_domain(self, subject):
        """Return the domain of the customer's documents in the current company."""
        return Domain("partner_id", "in", subject.contacts.ids) & Domain(
            "company_id", "=", self.env.company.id
        )

    @api.model
    def _get_orders_seen(self, subject):
        """Return the ids of the orders that the reader may see, as a subselect."""
        orders = self.env["sale.order"]._search(self._get_customer_domain(subject))
        return orders.subselect()

    @api.model
    def _portray_orders(self, subject):
        """Return the last orders, and what all of them come to."""
        if not self._may_read("sale.order"):
            return {}
        orders = self.env["sale.order"].search(
            self._get_customer_domain(subject),
            order="date_order desc, id desc",
            limit=ORDERS,
        )
        if not orders:
            return {}
        [totals] = self.env.execute_query(
            queries.order_totals(self.env, self._get_orders_seen(subject))
        )
        quoted, quoted_sum, count, ordered_sum, to_invoice = totals
        return {
            "orders": [self._get_order(order) for order in orders],
            "quotations": quoted,
            "quoted": self._format_amount(quoted_sum),
            "count": count,
            "ordered": self._format_amount(ordered_sum),
            "to_invoice": to_invoice,
        }

    @api.model
    def _get_order(self, order):
        """Return what a line of the list says about an order."""
        is_sold = order.state == "sale"
        has_delivery = is_sold and "delivery_status" in order._fields
        return {
            **self._link(order),
            "day": self._format_day(order.date_order),
            "state": order.state,
            "state_name": self._get_label(order, "state"),
            "invoice_status": is_sold and order.invoice_status,
            "invoice_name": is_sold and self._get_label(order, "invoice_status"),
            "delivery_status": has_delivery and order.delivery_status,
            "delivery_name": has_delivery and self._get_label(order, "delivery_status"),
            "amount": self._format_amount(order.amount_total, order.currency_id),
        }

    @api.model
    def _portray_invoices(self, subject):
        """Return the invoices that are not paid, the longest due first."""
        if not self._may_read("account.move"):
            return {}
        domain = self._get_customer_domain(subject) & Domain(
            [
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "=", "posted"),
                ("payment_state", "in", UNPAID),
            ]
        )
        Move = self.env["account.move"]
        invoices = Move.search(domain, order="invoice_date_due, id", limit=INVOICES)
        if not invoices:
            return {}
        [(count, due)] = Move._read_group(
            domain, [], ["__count", "amount_residual_signed:sum"]
        )
        late = domain & Domain("invoice_date_due", "<", subject.today)
        [(late_count, overdue)] = Move._read_group(
            late, [], ["__count", "amount_residual_signed:sum"]
        )
        return {
            "invoices": [self._get_invoice(one, subject.today) for one in invoices],
            "count": count,
            "due": self._format_amount(due),
            "late_count": late_count,
            "overdue": late_count and self._format_amount(overdue),
        }

    @api.model
    def _get_invoice(self, invoice, today):
        """Return what a line of the list says about an invoice."""
        due_on = invoice.invoice_date_due
        sign = -1 if invoice.move_type == "out_refund" else 1
        return {
            **self._link(invoice),
            "name": invoice.name or "",
            "due_on": self._format_day(due_on),
            "late_days": max((today - due_on).days, 0) if due_on else 0,
            "is_credit": sign < 0,
            "amount": self._format_amount(
                sign * invoice.amount_residual, invoice.currency_id
            ),
        }

    @api.model
    def _portray_rhythm(self, subject):
        """Return purchases of the last twelve months, and of all years.

        They come from the journal that tiers are computed from: without taxes, with
        imported histories, less what was given back.
        """
        if not self._may_read("member.activity"):
            return {}
        first = subject.today.replace(day=1) - relativedelta(months=MONTHS - 1)
        whose = (self.env, *self._get_journal_key(subject))
        [(amount, count, since, last)] = self.env.execute_query(
            queries.purchases_in_all(*whose)
        )
        if not last:
            return {}
        months = {
            month: (sold, orders)
            for month, sold, orders in self.env.execute_query(
                queries.purchases_by_month(*whose, first)
            )
        }
        days = [first + relativedelta(months=number) for number in range(MONTHS)]
        return {
            "amount": self._format_amount(amount),
            "count": count,
            "average": self._format_amount(amount / count) if count > 0 else "",
            "first_on": self._format_day(since),
            "last_on": self._format_day(last),
            "days_since": (subject.today - last).days,
            "year": self._format_amount(sum(one[0] for one in months.values())),
            "months": [self._get_month(day, months.get(day)) for day in days],
        }

    @api.model
    def _get_month(self, day, bought):
        """Return a bar of the chart."""
        amount, count = bought or (0, 0)
        return {
            "key": day.isoformat(),
            "month": format_date(self.env, day, date_format="LLL"),
            "name": format_date(self.env, day, date_format="LLLL y"),
            "value": max(amount, 0),
            "amount": self._format_amount(amount),
            "count": count,
        }

    @api.model
    def _get_journal_key(self, subject):
        """Return the company, and by which column the journal knows the customer."""
        column = "commercial_partner_id"
        if subject.program:
            column = subject.program._get_partner_column()
        elif subject.customer != subject.customer.commercial_partner_id:
            column = "partner_id"
        return self.env.company.id, column, subject.customer.id
