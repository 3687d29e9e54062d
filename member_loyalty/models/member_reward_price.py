from odoo import api, fields, models


class MemberRewardPrice(models.Model):
    """What a reward costs the members of one tier, in points."""

    _name = "member.reward.price"
    _description = "Price of a Reward"
    _inherit = "member.number.guard"
    _order = "reward_id, tier_sequence, id"

    reward_id = fields.Many2one(
        comodel_name="loyalty.reward", required=True, index=True, ondelete="cascade"
    )
    member_program_id = fields.Many2one(related="reward_id.member_program_id")
    company_id = fields.Many2one(
        related="tier_id.program_id.company_id", store=True, precompute=True
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('program_id', '=', member_program_id)]",
    )
    tier_sequence = fields.Integer(related="tier_id.sequence", store=True)
    points = fields.Float(digits=(16, 2), required=True)

    _one_per_tier = models.UniqueIndex(
        "(reward_id, tier_id)", "The reward already has a price for this tier."
    )
    _costs_something = models.Constraint(
        "CHECK (points > 0)", "A reward costs at least a fraction of a point."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Keep Odoo's own price the lowest one."""
        prices = super().create(vals_list)
        prices.reward_id._keep_lowest_price()
        return prices

    def write(self, vals):
        """Keep Odoo's own price the lowest one."""
        rewards = self.reward_id
        result = super().write(vals)
        (rewards | self.reward_id)._keep_lowest_price()
        return result

    def unlink(self):
        """Keep Odoo's own price the lowest one."""
        rewards = self.reward_id
        result = super().unlink()
        rewards._keep_lowest_price()
        return result
