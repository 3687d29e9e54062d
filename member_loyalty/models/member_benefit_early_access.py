from odoo import api, fields, models
from odoo.exceptions import ValidationError

LONGEST = 3650


class MemberBenefitEarlyAccess(models.AbstractModel):
    """How much earlier than everybody else members may buy new products."""

    _name = "member.benefit.early.access"
    _description = "Early Access by a Benefit"

    days_early = fields.Integer(
        string="Days Earlier",
        help="Members may buy a product so many days before its day “On Sale from”.",
    )

    @api.constrains("kind", "days_early")
    def _check_days_early(self):
        for benefit in self.filtered(lambda one: one.kind == "early_access"):
            if benefit.days_early < 1:
                raise ValidationError(
                    self.env._(
                        "With %(benefit)s nobody would buy earlier. Enter one day or"
                        " more.",
                        benefit=benefit.name,
                    )
                )
            if benefit.days_early > LONGEST:
                raise ValidationError(
                    self.env._(
                        "%(benefit)s would let members buy more than ten years"
                        " earlier. Enter %(longest)s days or fewer.",
                        benefit=benefit.name,
                        longest=LONGEST,
                    )
                )
