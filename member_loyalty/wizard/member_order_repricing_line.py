from odoo import fields, models


class MemberOrderRepricingLine(models.TransientModel):
    """A line of a quotation at its price, and at the one it would get."""

    _name = "member.order.repricing.line"
    _description = "Line to Re-price"

    wizard_id = fields.Many2one(
        comodel_name="member.order.repricing.wizard",
        required=True,
        index=True,
        ondelete="cascade",
    )
    order_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Line",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        related="order_line_id.order_id", string="Quotation", related_sudo=False
    )
    pricelist_id = fields.Many2one(
        related="order_id.member_due_pricelist_id",
        string="New Price List",
        related_sudo=False,
    )
    product_id = fields.Many2one(related="order_line_id.product_id", related_sudo=False)
    quantity = fields.Float(
        related="order_line_id.product_uom_qty", string="Quantity", related_sudo=False
    )
    old_price = fields.Monetary(
        string="Price Now", currency_field="old_currency_id", readonly=True
    )
    old_currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    new_price = fields.Monetary(readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    difference = fields.Monetary(
        readonly=True, help="For the whole quantity, in the new currency."
    )
    is_manual = fields.Boolean(
        string="By Hand",
        readonly=True,
        help="The price was entered by hand. It stays unless you tick the line.",
    )
    is_repriced = fields.Boolean(string="Re-price")
