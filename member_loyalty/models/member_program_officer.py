from odoo import fields, models


class MemberProgramOfficer(models.AbstractModel):
    """How many points officers may move by hand; managers are not limited."""

    _name = "member.program.officer"
    _description = "Limits of Officers"

    points_officer_limit = fields.Float(
        string="Officers: Points per Action",
        digits=(16, 2),
        help="The most points that an officer may grant, deduct, transfer or extend at"
        " once, all members together. 0 means no limit; managers have none.",
    )
    points_officer_daily_limit = fields.Float(
        string="Officers: Points per Day",
        digits=(16, 2),
        help="The most points that each officer may move on a day. 0 means no limit;"
        " managers have none.",
    )

    _officer_limits_positive = models.Constraint(
        "CHECK (points_officer_limit >= 0 AND points_officer_daily_limit >= 0)",
        "Limits of officers cannot be negative. Enter 0 for no limit.",
    )
