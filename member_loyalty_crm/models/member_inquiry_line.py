from odoo import fields, models


class MemberInquiryLine(models.Model):
    """One thing that an inquiry asks for."""

    _name = "member.inquiry.line"
    _description = "Line of an Inquiry"
    _order = "lead_id, sequence, id"

    lead_id = fields.Many2one(
        comodel_name="crm.lead", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(comodel_name="product.product")
    name = fields.Char()
    quantity = fields.Float()
    unit = fields.Char()
    uom_id = fields.Many2one(comodel_name="uom.uom")
    target_price = fields.Monetary()
    currency_id = fields.Many2one(comodel_name="res.currency")
    wanted_date = fields.Date()


class CrmLead(models.Model):
    _inherit = "crm.lead"

    member_inquiry_line_ids = fields.One2many(
        comodel_name="member.inquiry.line", inverse_name="lead_id"
    )
