from odoo import fields, models


class MemberPointSurvival(models.Model):
    """What a program's own history says of points of one age, in months.

    Written anew by each measurement; see ``logic/breakage.py``.
    """

    _name = "member.point.survival"
    _description = "Use of Points by Age"
    _order = "program_id, age"
    _log_access = False

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    age = fields.Integer(
        string="Age in Months", required=True, readonly=True, aggregator=None
    )
    at_risk = fields.Float(
        string="Points of That Age", digits=(16, 2), readonly=True, aggregator=None
    )
    used = fields.Float(digits=(16, 2), readonly=True)
    expired = fields.Float(digits=(16, 2), readonly=True)
    left = fields.Float(
        digits=(7, 6),
        readonly=True,
        aggregator=None,
        help="The share of all points that is left when this month of age begins.",
    )
    share = fields.Float(
        string="Still to Be Used",
        digits=(7, 6),
        readonly=True,
        aggregator=None,
        help="Of the points that reach this age, the share expected to be used.",
    )

    _one_per_age = models.UniqueIndex("(program_id, age)")
