from odoo import fields, models


class MemberCallSavingLine(models.TransientModel):
    """Calls of one kind, tier, month or person against those left alone."""

    _name = "member.call.saving.line"
    _description = "Line of Saved Customers"

    saving_id = fields.Many2one(
        comodel_name="member.call.saving", required=True, ondelete="cascade"
    )
    name = fields.Char(readonly=True)
    handed_out_count = fields.Integer(string="Handed Out", readonly=True)
    called_count = fields.Integer(string="Called", readonly=True)
    handed_out_share = fields.Float(string="Bought", readonly=True)
    alone_count = fields.Integer(string="Left Alone", readonly=True)
    alone_share = fields.Float(string="Bought Alone", readonly=True)
    difference = fields.Char(readonly=True)
    verdict = fields.Char(string="Conclusion", readonly=True)
