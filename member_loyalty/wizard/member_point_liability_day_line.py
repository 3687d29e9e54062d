from odoo import fields, models

from ..report.member_point_liability import KINDS


class MemberPointLiabilityDayLine(models.TransientModel):
    """What was owed in points that expire in one month."""

    _name = "member.point.liability.day.line"
    _description = "Points Owed on a Day, by Month of Expiry"
    _order = "program_id, kind desc, expiry_month"
    _rec_name = "program_id"

    day_id = fields.Many2one(
        comodel_name="member.point.liability.day",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    day = fields.Date(related="day_id.day")
    program_id = fields.Many2one(
        comodel_name="member.program", readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    kind = fields.Selection(selection=KINDS, readonly=True)
    expiry_month = fields.Date(readonly=True)
    lot_count = fields.Integer(string="Lots", readonly=True)
    points = fields.Float(string="Open Points", digits=(16, 2), readonly=True)
    value_per_point = fields.Float(
        string="Value of a Point", digits=(16, 6), readonly=True, aggregator=None
    )
    nominal_value = fields.Monetary(readonly=True)
    expected_points = fields.Float(digits=(16, 2), readonly=True)
    expected_value = fields.Monetary(readonly=True)
