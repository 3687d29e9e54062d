from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MemberProgramSpending(models.AbstractModel):
    """Who may spend the points of a program, and at whose price."""

    _name = "member.program.spending"
    _description = "Spending of Points"

    points_reservation_minutes = fields.Integer(
        string="Time to Pay",
        default=60,
        help="So long points are kept for an online payment that was begun.",
    )

    @api.constrains("points_reservation_minutes")
    def _check_reservation_minutes(self):
        if any(program.points_reservation_minutes < 1 for program in self):
            raise ValidationError(
                self.env._("Give buyers at least one minute to pay with their points.")
            )

    def _get_spending_tier(self, partner):
        """Return the tier at whose price a customer has rewards.

        Whoever is no member yet pays what the lowest tier pays.
        """
        self.ensure_one()
        members = self._get_member_partners(partner.sudo())
        membership = members.member_membership_ids.filtered(
            lambda one: one.program_id == self
        )[:1]
        return membership.tier_id or self._get_tiers()[:1]

    def _may_spend(self, card, partner):
        """Tell whether a customer may spend from a card: the owner always may."""
        owner = card.sudo().member_owner_id
        return (
            self.purse_spenders == "everybody"
            or partner == owner
            or partner.sudo().member_may_spend
        )
