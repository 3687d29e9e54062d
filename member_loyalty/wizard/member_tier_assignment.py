from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class MemberTierAssignment(models.TransientModel):
    """Gives members another tier by hand, with a reason."""

    _name = "member.tier.assignment"
    _description = "Change Tier"

    membership_ids = fields.Many2many(
        comodel_name="member.membership",
        required=True,
        default=lambda self: self._default_membership_ids(),
    )
    program_id = fields.Many2one(
        comodel_name="member.program", compute="_compute_program_id"
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        required=True,
        domain="[('program_id', '=', program_id)]",
    )
    until = fields.Date(
        help="The last day for which the tier is given. Until then the member does not"
        " fall below it, but can rise. Empty: until the end of a term.",
    )
    reason = fields.Char(required=True)

    def _default_membership_ids(self):
        if self.env.context.get("active_model") == "member.membership":
            return self.env.context.get("active_ids", [])
        return []

    @api.depends("membership_ids")
    def _compute_program_id(self):
        for wizard in self:
            wizard.program_id = wizard.membership_ids.program_id[:1]

    def action_assign(self):
        """Give the members the tier.

        :raises AccessError: for anyone but officers
        :raises UserError: when the members are of several programs
        """
        self.ensure_one()
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_officer"):
            raise AccessError(self.env._("Only membership officers may change tiers."))
        if len(self.membership_ids.program_id) > 1:
            raise UserError(
                self.env._(
                    "These members are of several programs. Choose members of one."
                )
            )
        today = self.program_id.company_id._member_today()
        if self.until and self.until < today:
            raise UserError(
                self.env._("That day is over. Choose today or a later one, or none.")
            )
        self.membership_ids._assign_tier(
            self.tier_id, self.reason, until=self.until or None
        )
        return True
