from odoo import fields, models


class MemberInquiryTrialLine(models.TransientModel):
    """A line that is read from a text that is tried."""

    _name = "member.inquiry.trial.line"
    _description = "Line of a Tried Text"

    trial_id = fields.Many2one(
        comodel_name="member.inquiry.trial", required=True, ondelete="cascade"
    )
    name = fields.Char(string="Description")
    product_id = fields.Many2one(comodel_name="product.product")
    quantity = fields.Float(digits="Product Unit")
    unit = fields.Char()
    uom_id = fields.Many2one(comodel_name="uom.uom", string="Unit of Measure")
    target_price = fields.Float(digits="Product Price")
    currency_id = fields.Many2one(comodel_name="res.currency")
    wanted_date = fields.Date(string="Wanted Until")
