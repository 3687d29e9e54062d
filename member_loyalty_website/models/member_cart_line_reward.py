from odoo import fields, models


class MemberCartLineReward(models.AbstractModel):
    """A free product for points: how often a buyer has claimed it."""

    _name = "member.cart.line.reward"
    _description = "Reward on a Line of a Cart"

    member_reward_pieces = fields.Integer(
        string="Times Claimed",
        readonly=True,
        copy=False,
        help="How often the reward was claimed in the points shop. 0: as often as there"
        " were points for it.",
    )
