from odoo import api, fields, models


class MemberPointPending(models.Model):
    """Points an order has earned that are not available yet."""

    _name = "member.point.pending"
    _description = "Pending Points"
    _inherit = "member.point.release"
    _order = "due_on, id"

    card_id = fields.Many2one(
        comodel_name="loyalty.card", required=True, readonly=True, ondelete="restrict"
    )
    owner_id = fields.Many2one(related="card_id.member_owner_id", string="Member")
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    points = fields.Float(digits=(16, 2), readonly=True)
    state = fields.Selection(
        selection=[
            ("waiting", "Waiting"),
            ("released", "Released"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    due_on = fields.Date(
        readonly=True,
        help="The day the points become available; empty while it is not known.",
    )
    released_at = fields.Datetime(readonly=True)

    _one_per_order = models.UniqueIndex("(order_id, card_id)")
    _card = models.Index("(card_id) WHERE state = 'waiting'")
    _due = models.Index("(program_id, due_on) WHERE state = 'waiting'")

    @api.model
    def _follow_order(self, order, promised, points):
        """Keep what an order has earned until it is available.

        :param promised: the ``member.order.points`` of the order
        :param Decimal points: what the order earns as it stands now
        :return: whether the points were released already
        """
        pending = self.sudo().search(
            [
                ("order_id", "=", order.id),
                ("program_id", "=", promised.program_id.id),
            ],
            limit=1,
        )
        if pending.state == "released" and order.state == "sale":
            return True
        if not pending and self._has_earned(order, promised):
            return True
        values = {
            "points": float(points),
            "state": "waiting" if points else "cancelled",
        }
        if pending:
            if points:
                values["card_id"] = promised.card_id._get_current().id
            pending.write(values)
        elif points:
            pending = self.sudo().create(
                {
                    **values,
                    "order_id": order.id,
                    "card_id": promised.card_id.id,
                    "program_id": promised.program_id.id,
                }
            )
            self.env["member.follow.up"]._queue_pending(pending)
        return False

    @api.model
    def _has_earned(self, order, promised):
        """Tell whether an order's points were available before the program waited."""
        entries = self.env["member.point.entry"].sudo()
        entries = entries.search(
            [
                ("source_model", "=", order._name),
                ("source_id", "=", order.id),
                ("program_id", "=", promised.program_id.id),
                ("rule_id", "!=", False),
            ]
        )
        return sum(entry.points - entry.debt for entry in entries) > 0
