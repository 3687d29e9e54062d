from odoo import fields, models


class MemberBenefitAllowance(models.Model):
    """How often a member has used a benefit in a period.

    Its row changes with each use, so that two at the same moment cannot both pass.
    """

    _name = "member.benefit.allowance"
    _description = "Uses of a Benefit in a Period"
    _log_access = False
    _order = "period_start desc, id desc"
    _rec_name = "benefit_id"

    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="restrict"
    )
    period_start = fields.Date(required=True, readonly=True)
    used = fields.Integer(required=True, readonly=True)
    last_used_on = fields.Date(readonly=True)
    movement = fields.Integer(required=True, readonly=True, aggregator=None)

    _one_per_period = models.UniqueIndex("(membership_id, benefit_id, period_start)")
