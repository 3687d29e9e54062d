from odoo import fields, models


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
