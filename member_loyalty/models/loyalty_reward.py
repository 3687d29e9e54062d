from odoo import api, fields, models
from odoo.exceptions import ValidationError

MANAGED = "member_loyalty.member_loyalty_group_user"


class LoyaltyReward(models.Model):
    """What the members of a program can have for their points, and who of them.

    Odoo offers a reward to whoever has ``required_points``, in the shop, at the till
    and in its dialogs. That stays the lowest price; our own checks refuse whom it is
    too early for. So no native check has to know tiers, and none refuses a member
    whose tier pays less. ``member_points`` is what everybody else pays.
    """

    _name = "loyalty.reward"
    _inherit = ["member.number.guard", "loyalty.reward"]

    member_program_id = fields.Many2one(related="program_id.member_program_id")
    member_points = fields.Float(
        string="Price in Points",
        digits=(16, 2),
        compute="_compute_member_points",
        store=True,
        precompute=True,
        readonly=False,
        help="What members pay whose tier has no price of its own.",
    )
    member_price_ids = fields.One2many(
        comodel_name="member.reward.price",
        inverse_name="reward_id",
        string="Prices by Tier",
        copy=True,
        groups=MANAGED,
    )
    member_tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Only for Tiers",
        domain="[('program_id', '=', member_program_id)]",
        groups=MANAGED,
        help="Empty: every tier.",
    )
    member_tag_ids = fields.Many2many(
        comodel_name="member.tag",
        string="Only with Tags",
        groups=MANAGED,
        help="One of them is enough. Empty: with or without tags.",
    )
    member_minimum_amount = fields.Monetary(
        string="From Order Amount",
        help="What the products of an order have to come to, with taxes and before"
        " points pay, without delivery.",
    )
    member_maximum_share = fields.Float(
        string="At Most of the Order (%)",
        digits=(5, 2),
        help="How much of the products of an order points may pay. 0: all of it.",
    )
    reward_type = fields.Selection(
        selection_add=[("member_coupon", "Coupon for the Next Order")],
        ondelete={"member_coupon": "set default"},
    )
    member_coupon_program_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="Coupon",
        domain="[('program_type', 'in', ('coupons', 'next_order_coupons'))]",
        ondelete="restrict",
        index="btree_not_null",
        help="The coupon program that says what the coupon gives.",
    )
    member_coupon_days = fields.Integer(
        string="Valid for Days",
        default=90,
        help="From the day the order is confirmed. 0: without an end.",
    )

    _member_share_is_a_percentage = models.Constraint(
        "CHECK (member_maximum_share >= 0 AND member_maximum_share <= 100)",
        "The part of an order that points may pay is between 0 and 100 percent.",
    )
    _member_amounts_not_negative = models.Constraint(
        "CHECK (member_minimum_amount >= 0 AND member_coupon_days >= 0)",
        "The order amount and the days of a coupon are 0 or more.",
    )

    @api.depends()
    def _compute_member_points(self):
        """Start with Odoo's own price; from then on the two are kept apart."""
        for reward in self:
            reward.member_points = reward.required_points

    @api.depends("member_coupon_program_id")
    def _compute_description(self):
        """Override of `loyalty` to describe coupons for the next order."""
        coupons = self.filtered(lambda reward: reward.reward_type == "member_coupon")
        result = super(LoyaltyReward, self - coupons)._compute_description()
        for reward in coupons:
            reward.description = self.env._(
                "Coupon for the next order: %(coupon)s",
                coupon=reward.member_coupon_program_id.name or "",
            )
        return result

    @api.constrains("reward_type", "member_coupon_program_id", "program_id")
    def _check_coupon(self):
        for reward in self.filtered(lambda one: one.reward_type == "member_coupon"):
            coupon = reward.member_coupon_program_id
            if not reward._is_member_reward():
                raise ValidationError(
                    self.env._(
                        "Only the points of a membership buy coupons. Choose another"
                        " kind of reward for %(program)s.",
                        program=reward.program_id.name,
                    )
                )
            if coupon.program_type not in ("coupons", "next_order_coupons"):
                raise ValidationError(
                    self.env._(
                        "Choose the coupon program that the reward of %(program)s"
                        " gives a coupon of.",
                        program=reward.program_id.name,
                    )
                )
            if coupon.company_id and coupon.company_id != reward.company_id:
                raise ValidationError(
                    self.env._(
                        "The coupon program %(coupon)s belongs to another company.",
                        coupon=coupon.name,
                    )
                )

    @api.constrains("member_maximum_share", "clear_wallet")
    def _check_share_of_whole_wallet(self):
        for reward in self:
            if reward.member_maximum_share and reward.clear_wallet:
                raise ValidationError(
                    self.env._(
                        "A reward that takes all points cannot be limited to a part"
                        " of the order: members would lose what is above it."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Keep Odoo's own price the lowest one."""
        rewards = super().create(vals_list)
        rewards._keep_lowest_price()
        return rewards

    def write(self, vals):
        """Take Odoo's own price, written by anybody, as the price for everybody."""
        if "required_points" in vals and "member_points" not in vals:
            vals = {**vals, "member_points": vals["required_points"]}
        result = super().write(vals)
        if vals.keys() & {"required_points", "member_points", "member_price_ids"}:
            self._keep_lowest_price()
        return result

    def _keep_lowest_price(self):
        """Let Odoo's own price be the lowest that any tier pays."""
        for reward in self.sudo():
            prices = reward.member_price_ids.mapped("points")
            lowest = min([reward.member_points or reward.required_points, *prices])
            if lowest != reward.required_points:
                standard = reward.member_points or reward.required_points
                reward.write({"required_points": lowest, "member_points": standard})

    def _is_member_reward(self):
        """Tell whether the points of a membership pay this reward."""
        program = self.sudo().program_id
        return bool(program.member_program_id) and program.program_type == "loyalty"

    def _get_member_price(self, tier):
        """Return what the members of a tier pay for the reward, in points."""
        self.ensure_one()
        prices = self.sudo().member_price_ids
        own = prices.filtered(lambda price: price.tier_id == tier)
        return own.points or self.member_points or self.required_points
