from decimal import Decimal

from odoo import api, fields, models

from ..queries import member_sales as queries

BATCH = 100


class MemberSaleTaking(models.Model):
    """What an order line has of a sale: kept while its buyer pays, then taken."""

    _name = "member.sale.taking"
    _description = "Taken in a Member Sale"
    _order = "id desc"
    _rec_name = "event_id"

    event_id = fields.Many2one(
        comodel_name="member.sale.event",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="event_id.company_id")
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    order_id = fields.Many2one(
        comodel_name="sale.order", readonly=True, index=True, ondelete="set null"
    )
    line_id = fields.Many2one(
        comodel_name="sale.order.line", readonly=True, index=True, ondelete="set null"
    )
    product_id = fields.Many2one(related="line_id.product_id")
    quantity = fields.Float(
        digits="Product Unit",
        required=True,
        readonly=True,
        help="In the product's own unit of measure.",
    )
    state = fields.Selection(
        selection=[
            ("reserved", "Reserved"),
            ("taken", "Sold"),
            ("late", "Sold too late"),
            ("released", "Given Back"),
        ],
        required=True,
        readonly=True,
        help="Sold too late: paid at the sale's price after the units were given back"
        " and sold to others. It does not count in the quantity of the sale.",
    )
    expires_at = fields.Datetime(
        string="Kept until",
        readonly=True,
        index="btree_not_null",
        help="Given back then, unless the buyer is paying.",
    )

    _one_per_line = models.UniqueIndex(
        "(line_id) WHERE state IN ('reserved', 'taken')",
        "An order line takes from one sale, and once.",
    )

    @api.model
    def _get_quantity(self, event, membership=None, order=None):
        """Return what a member, or an order, has of a sale."""
        domain = [("event_id", "=", event.id), ("state", "in", ("reserved", "taken"))]
        if membership:
            domain.append(("membership_id", "=", membership.id))
        if order:
            domain.append(("order_id", "=", order.id))
        [(total,)] = self._read_group(domain, aggregates=["quantity:sum"])
        return Decimal(str(total or 0))

    @api.model
    def _get_quantities(self, offered):
        """Return what members have of sales that are limited for each, in one answer.

        :param offered: list of (sale, membership)
        :return: {(sale id, membership id): Decimal}, of these only
        """
        limited = [one for one in offered if one[0].quantity_per_member]
        if not limited:
            return {}
        groups = self._read_group(
            [
                ("event_id", "in", [event.id for event, _one in limited]),
                ("membership_id", "in", [one.id for _event, one in limited]),
                ("state", "in", ("reserved", "taken")),
            ],
            ["event_id", "membership_id"],
            ["quantity:sum"],
        )
        found = {(event.id, one.id): Decimal(str(sum_)) for event, one, sum_ in groups}
        keys = [(event.id, one.id) for event, one in limited]
        return {key: found.get(key, Decimal(0)) for key in keys}

    @api.model
    def _take(self, line, event, membership, quantity, state):
        """Take units for an order line, if the sale has them; return what was taken.

        The row of the sale is changed first: whoever comes at the same moment is run
        again and sees this.

        :param float quantity: in the product's own unit of measure
        :param str state: "reserved" or "taken"
        """
        if not self._has_share(event, membership, quantity):
            return self.browse()  # without disturbing others
        rows = self.env.execute_query(queries.take(event.id, quantity))
        event.invalidate_recordset(["taken_quantity"])
        if not rows:
            return self.browse()
        if not self._has_share(event, membership, quantity):
            self._give_back_quantity(event, quantity)
            return self.browse()
        return self.sudo().create(
            {
                "event_id": event.id,
                "membership_id": membership.id,
                "order_id": line.order_id.id,
                "line_id": line.id,
                "quantity": quantity,
                "state": state,
            }
        )

    @api.model
    def _has_share(self, event, membership, quantity):
        """Tell whether a member may still have so many units of a sale."""
        if not event.quantity_per_member:
            return True
        had = float(self._get_quantity(event, membership))
        return had + quantity <= event.quantity_per_member

    @api.model
    def _give_back_quantity(self, event, quantity):
        self.env.execute_query(queries.give_back(event.id, quantity))
        event.invalidate_recordset(["taken_quantity"])

    def _release(self):
        """Give units back to their sales."""
        for taking in self.filtered(lambda one: one.state in ("reserved", "taken")):
            self._give_back_quantity(taking.event_id, taking.quantity)
            taking.write({"state": "released", "expires_at": False})

    @api.model
    def _cron_release(self):
        """Give back what is kept for buyers who did not go on paying."""
        due = [("state", "=", "reserved"), ("expires_at", "<=", fields.Datetime.now())]
        remaining = self.sudo().search_count(due)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        while batch := self.sudo().search(due, limit=BATCH, order="expires_at, id"):
            self.env["member.batch"]._run_batch(batch._release_lapsed)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return

    def _release_lapsed(self):
        """Give back what has lapsed; keep what is being paid."""
        self.env.invalidate_all()
        now = fields.Datetime.now()
        lapsed = self.exists().filtered(
            lambda one: (
                one.state == "reserved" and one.expires_at and one.expires_at <= now
            )
        )
        for order, takings in lapsed.grouped("order_id").items():
            if order and order._has_live_payment():
                order._prolong_reservation()
            else:
                takings._release()
