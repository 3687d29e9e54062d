from odoo import fields, models


class MemberPointDriftBooking(models.TransientModel):
    """The reason for which a difference of points is booked."""

    _name = "member.point.drift.booking"
    _description = "Booking of a Difference of Points"

    drift_id = fields.Many2one(
        comodel_name="member.point.drift",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    what = fields.Selection(related="drift_id.what")
    owner_id = fields.Many2one(related="drift_id.owner_id")
    expected = fields.Float(related="drift_id.expected")
    found = fields.Float(related="drift_id.found")
    difference = fields.Float(related="drift_id.difference")
    reason = fields.Char(
        required=True, help="It stays with the entry, and members can read it."
    )

    def action_book(self):
        """Book the difference.

        :raises AccessError: for anyone but managers
        :raises UserError: when there is no difference any more
        """
        self.ensure_one()
        self.drift_id._book_difference(self.reason)
        return True
