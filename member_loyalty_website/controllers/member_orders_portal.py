from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..queries import contacts
from .member_portal import MemberPortal

URL = "/my/membership"
PER_PAGE = 10
LATEST_ORDERS = 3
MOST_URGENT = 3
UNPAID = ("not_paid", "partial")
BILLS = ("out_invoice", "out_refund")


class MemberOrdersPortal(MemberPortal):
    """Orders, and what is not paid yet: what Odoo's own pages let the buyer see.

    Searches keep to the buyer's record rules and to the domains of Odoo's pages, so
    that a shop that shows less there shows less here. What was found is read with
    rights, as Odoo does.
    """

    @route(
        [f"{URL}/orders", f"{URL}/orders/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_membership_orders(self, page=1, **_parameters):
        """Show quotations and orders, the newest first, and where they are."""
        seen = self._find_orders()
        domain = [("id", "in", seen)]
        Order = request.env["sale.order"].sudo()
        pager = portal_pager(
            url=f"{URL}/orders",
            total=Order.search_count(domain),
            page=self._get_page_number(page),
            step=PER_PAGE,
        )
        orders = Order.search(
            domain,
            order="date_order desc, id desc",
            limit=PER_PAGE,
            offset=pager["offset"],
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_orders",
            pager=pager,
            orders=orders,
            deliveries=request.env["member.centre"]._get_deliveries(orders),
            **self._prepare_order_history_values(),
        )
        return request.render("member_loyalty_website.portal_my_member_orders", values)

    @route(
        [f"{URL}/payments", f"{URL}/payments/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_membership_payments(self, page=1, **_parameters):
        """Show what is not paid, the most urgent first."""
        payments = self._find_open_payments(self._find_orders())
        pager = portal_pager(
            url=f"{URL}/payments",
            total=len(payments.items),
            page=self._get_page_number(page),
            step=PER_PAGE,
        )
        first = pager["offset"]
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_payments",
            pager=pager,
            payments=payments,
            payment_items=payments.items[first : first + PER_PAGE],
            **self._prepare_payment_words(payments),
        )
        return request.render(
            "member_loyalty_website.portal_my_member_payments", values
        )

    def _prepare_overview_values(self, memberships):
        """Override to show what is to pay, and the latest orders."""
        seen = self._find_orders()
        payments = self._find_open_payments(seen)
        return {
            **super()._prepare_overview_values(memberships),
            "payments": payments,
            "payment_items": payments.items[:MOST_URGENT],
            **self._prepare_payment_words(payments),
            "latest_orders": request.env["member.centre"]._find_latest_orders(
                seen, LATEST_ORDERS
            ),
        }

    def _prepare_payment_words(self, payments):
        """Return what the template needs to say what is to pay."""
        currency_ids = {total.currency_id for total in payments.totals}
        return {
            "payment_today": self._get_company()._member_today(),
            "payment_currencies": {
                currency.id: currency
                for currency in request.env["res.currency"].sudo().browse(currency_ids)
            },
            "member_centre": request.env["member.centre"],
        }

    def _find_open_payments(self, orders):
        """Return what the buyer has not paid.

        :param Query orders: the quotations and orders that the buyer may see
        :rtype: OpenPayments
        """
        return request.env["member.centre"]._get_open_payments(
            orders, self._find_open_invoices(), self._get_company()._member_today()
        )

    def _find_orders(self):
        """Return a query of the quotations and orders that the buyer may see."""
        partner = request.env.user.partner_id
        domain = Domain(self._prepare_orders_domain(partner)) | Domain(
            self._prepare_quotations_domain(partner)
        )
        return self._search_as_buyer("sale.order", domain)

    def _find_open_invoices(self):
        """Return a query of the invoices that the buyer may see and has not paid."""
        domain = (
            Domain(self._get_invoices_domain("out"))
            & Domain("move_type", "in", BILLS)
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", UNPAID)
            & Domain("partner_id", "child_of", self._get_customer().ids)
        )
        return self._search_as_buyer("account.move", domain)

    def _search_as_buyer(self, model, domain):
        """Return a query of what the buyer may read, of nothing without access.

        The record rules are those of the buyer. Who belongs to the buyer's company is
        looked up once, not for each rule and domain that asks for it.
        """
        records = request.env[model]
        if not records.has_access("read"):
            return records.sudo()._search(Domain.FALSE)
        allowed = request.env["ir.rule"]._compute_domain(model, "read")
        return records.sudo()._search(
            (domain & Domain(allowed)).map_conditions(self._name_family)
        )

    def _name_family(self, condition):
        """Return a condition with the contacts of the buyer's company by name."""
        whose = condition.value
        if condition.operator == "child_of" and whose == self._get_customer().ids:
            return Domain(condition.field_expr, "in", self._get_family())
        return condition

    def _get_customer(self):
        """Return the company that the buyer buys for."""
        return request.env.user.partner_id.commercial_partner_id

    def _get_family(self):
        """Return the ids of the buyer's company and of all below it.

        Remembered for the request.
        """
        family = getattr(request, "member_family_ids", None)
        if family is None:
            statement = contacts.family(request.env, self._get_customer().id)
            family = [
                contact_id for (contact_id,) in request.env.execute_query(statement)
            ]
            request.member_family_ids = family
        return family
