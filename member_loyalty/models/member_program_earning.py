from odoo import Command, api, models
from odoo.exceptions import ValidationError


class MemberProgramEarning(models.AbstractModel):
    """The earning rules of a program, and how long what they give has to wait."""

    _name = "member.program.earning"
    _description = "Earning in a Program"

    @api.constrains("points_available_days")
    def _check_points_available_days(self):
        for program in self:
            if program.points_available_days < 0:
                raise ValidationError(
                    self.env._(
                        "Points cannot become available before the order is made."
                        " Enter 0 or more days."
                    )
                )

    def copy(self, default=None):
        """Copy the earning rules, for the tiers of the copy."""
        copies = super().copy(default)
        for program, copied in zip(self, copies, strict=True):
            tiers = dict(
                zip(program._get_tiers().ids, copied._get_tiers().ids, strict=True)
            )
            for rule in program.earning_rule_ids:
                rule.copy(
                    {
                        "program_id": copied.id,
                        "tier_ids": [
                            Command.set([tiers[tier.id] for tier in rule.tier_ids])
                        ],
                    }
                )
        return copies
