from odoo import api, models
from odoo.tools import format_date

from ..logic.open_payments import OpenItem, summarise
from ..queries import open_payments as queries
from .member_centre_base import Card, Tab

SHOWN = (
    *("name", "state", "date_order", "amount_total", "currency_id", "website_id"),
    *("validity_date", "invoice_status", "delivery_status"),
)
DELIVERED_BY = ("outgoing", "dropship")


class MemberCentreOrders(models.AbstractModel):
    """What a buyer ordered, where it is, and what is not paid yet."""

    _name = "member.centre.orders"
    _inherit = ["member.centre.base"]
    _description = "Orders in the Member Centre"

    @api.model
    def _get_tabs(self):
        """Override: the history of orders, and what is to pay."""
        url = "/my/membership"
        return [
            *super()._get_tabs(),
            Tab(
                "membership_orders",
                f"{url}/orders",
                self.env._("Order History"),
                "fa-shopping-bag",
            ),
            Tab(
                "membership_payments",
                f"{url}/payments",
                self.env._("Open Payments"),
                "fa-credit-card",
            ),
        ]

    @api.model
    def _get_cards(self):
        """Override: what is to pay, and the latest orders."""
        own = "member_loyalty_website"
        return [
            *super()._get_cards(),
            Card(10, "main", f"{own}.member_payments_card"),
            Card(70, "main", f"{own}.member_orders_card"),
        ]

    @api.model
    def _get_open_payments(self, orders, invoices, today):
        """Return what is not paid of what a buyer may see.

        :param Query orders: the quotations and orders that the buyer may see
        :param Query invoices: the invoices that are not paid
        :param date today: the seller's day
        :rtype: OpenPayments
        """
        statement = queries.open_payments(
            self.env,
            orders.subselect(),
            invoices.subselect(),
            today,
            str(self.env.tz),
        )
        rows = self.env.execute_query(statement)
        return summarise([OpenItem(*row) for row in rows], today)

    @api.model
    def _find_latest_orders(self, orders, limit):
        """Return the latest of what a buyer may see, as the overview shows it.

        :param Query orders: the quotations and orders that the buyer may see
        :return: with rights
        """
        return (
            self.env["sale.order"]
            .sudo()
            .search_fetch(
                [("id", "in", orders)],
                self._get_order_fields(),
                order="date_order desc, id desc",
                limit=limit,
            )
        )

    @api.model
    def _get_order_fields(self):
        """Return what is read of an order in a list; seam."""
        known = self.env["sale.order"]._fields
        return [name for name in SHOWN if name in known]

    @api.model
    def _get_payment_url(self, item):
        """Return the page of Odoo's portal where a buyer sees and pays a document."""
        if item.kind == "invoice":
            return f"/my/invoices/{item.id}"
        url = f"/my/orders/{item.id}"
        return f"{url}?payment_amount={item.amount}" if item.needs_amount else url

    @api.model
    def _say_payment(self, item, today):
        """Say since when an amount is open, or until when it is not late."""
        if item.kind == "invoice" and item.amount < 0:
            return self.env._("Credit note")
        if item.is_late(today):
            day = format_date(self.env, item.due_on)
            return self.env._("Overdue since %(day)s", day=day)
        if item.due_on:
            day = format_date(self.env, item.due_on)
            if item.kind == "quotation":
                return self.env._("Valid until %(day)s", day=day)
            return self.env._("Due on %(day)s", day=day)
        if not item.day:
            return ""
        return self.env._("Ordered on %(day)s", day=format_date(self.env, item.day))

    @api.model
    def _say_late(self, count):
        """Say how many invoices are overdue; nothing when none is."""
        if not count:
            return ""
        if count == 1:
            return self.env._("One invoice is overdue.")
        return self.env._("%(count)s invoices are overdue.", count=count)

    @api.model
    def _get_deliveries(self, orders):
        """Return the deliveries of orders with what carriers say, by order id.

        Empty where nothing is delivered from a stock: its fields are those of
        ``sale_stock``, and those of a carrier are of ``stock_delivery``.

        :param orders: orders of one page, with rights
        :return: lists of dicts (sentence, trackings) by order id
        :rtype: dict
        """
        if "picking_ids" not in orders._fields:
            return {}
        return {
            order.id: [
                self._get_delivery(picking)
                for picking in order.picking_ids.sorted("id")
                if picking.picking_type_id.code in DELIVERED_BY
                and picking.state != "cancel"
            ]
            for order in orders
        }

    @api.model
    def _get_delivery(self, picking):
        """Return what the buyer is told of one delivery."""
        if picking.state == "done":
            day = format_date(self.env, picking.date_done)
            sentence = self.env._("Shipped on %(day)s", day=day)
        else:
            day = format_date(self.env, picking.scheduled_date)
            sentence = self.env._("Planned for %(day)s", day=day)
        return {"sentence": sentence, "trackings": self._get_trackings(picking)}

    @api.model
    def _get_trackings(self, picking):
        """Return pairs (reference, address or None) of a delivery's parcels.

        Addresses that are no web pages are left out.
        """
        reference = (
            "carrier_tracking_ref" in picking._fields and picking.carrier_tracking_ref
        )
        if not reference:
            return []
        parcels = picking.get_multiple_carrier_tracking() or [
            (reference, picking.carrier_tracking_url)
        ]
        return [
            (name, url if (url or "").startswith(("https://", "http://")) else None)
            for name, url, *_rest in parcels
        ]
